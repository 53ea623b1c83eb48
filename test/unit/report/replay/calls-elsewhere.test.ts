import { expect, test } from 'vitest';
import { withLinkModes } from '../../../../bin/link-modes.ts';
import type { Observation } from '../../../../utils/model/observation.ts';
import { mergeReports } from '../../../../utils/report/merge/merge-reports.ts';
import {
  api,
  APP,
  exchange,
  firstLogin,
  HOUR,
  me,
  observe,
  repeatLogin,
  SITE,
  T0,
  token,
} from '../../fixtures.ts';
import {
  callWith,
  fromHar,
  harFirstLogin,
  harMe,
  onPage,
  withOwnToken,
  type HarRequest,
} from '../../verdict/known-cases/har-requests.ts';
import { mode } from '../../verdict/known-cases/known-case.ts';
import { sessionFile } from '../samples.ts';

const END = T0 + 60 * HOUR;
const OTHER = { cookieStore: 'ff', tab: 'f:1' };
const mobile = { ...OTHER, site: 'https://m.shop.test' };

/** A file of one browser, which recorded until it was written. */
const file = (id: string, observations: Observation[], at = END) =>
  sessionFile(id, observations, { at, endedAt: at });

const first = [...firstLogin(T0), exchange(T0 + 4000)];
const repeat = (at: number, place: typeof OTHER = OTHER) => [
  ...repeatLogin(at, place),
  exchange(at + 2000, place),
];
const ofApi = (path: string, status: number, at: number) =>
  observe(api(path, status, { method: path.startsWith('/v1') ? 'POST' : 'GET' }), at, OTHER);

const elsewhere: Record<string, { linkMode: 'auto' | 'manual'; others: Observation[] }> = {
  'listed call': { linkMode: 'auto', others: [...repeat(T0 + HOUR), me(T0 + HOUR + 3000, OTHER)] },
  'sign-up': {
    linkMode: 'manual',
    others: [...repeat(T0 + HOUR), ofApi('/v1/user/signup', 200, T0 + HOUR + 3000)],
  },
  'call without an answer': {
    linkMode: 'auto',
    others: [...repeat(T0 + HOUR), ofApi('/v2/user/me', 0, T0 + HOUR + 3000)],
  },
  'call for another site of the app': {
    linkMode: 'auto',
    others: [
      ...repeatLogin(T0 + HOUR, { ...mobile, fact: { redirectUri: `${mobile.site}/cb` } }),
      exchange(T0 + HOUR + 2000, mobile),
      me(T0 + HOUR + 3000, mobile),
    ],
  },
  'call after the window': {
    linkMode: 'auto',
    others: [...repeat(T0 + 25 * HOUR), me(T0 + 25 * HOUR + 3000, OTHER)],
  },
  unlink: {
    linkMode: 'auto',
    others: [...repeat(T0 + HOUR), ofApi('/v1/user/unlink', 200, T0 + HOUR + 3000)],
  },
  'token handed to the site’s server': {
    linkMode: 'auto',
    others: [...repeat(T0 + HOUR), observe({ type: 'token-handed' }, T0 + HOUR + 3000, OTHER)],
  },
  'server’s report that could not be read': {
    linkMode: 'auto',
    others: [
      ...repeat(T0 + HOUR),
      observe({ type: 'bad-report', reason: 'path' }, T0 + HOUR + 3000, {
        ...OTHER,
        source: 'server',
      }),
    ],
  },
  'call by a clock that is behind': {
    linkMode: 'auto',
    others: [...repeat(T0 - 60_000), me(T0 - 57_000, OTHER)],
  },
  'login on a server, by a clock that is behind': {
    linkMode: 'auto',
    others: repeatLogin(T0 - 60_000, OTHER),
  },
  'call of no login, that names no site': {
    linkMode: 'auto',
    others: [me(T0 + HOUR, { ...OTHER, site: null })],
  },
  'call that tells of this link by a clock five minutes behind': {
    linkMode: 'auto',
    others: [
      ...repeat(T0 + HOUR),
      me(T0 + HOUR + 3000, OTHER, { connectedAt: T0 + 3000 - 300_000 }),
    ],
  },
  'sign-up, which moves when the link is told to be made': {
    linkMode: 'manual',
    others: [
      ...repeat(T0 + HOUR),
      ofApi('/v1/user/signup', 200, T0 + HOUR + 3000),
      me(T0 + HOUR + 4000, OTHER, { connectedAt: T0 + HOUR + 3000 }),
    ],
  },
  'call of a repeat there or of another account’s first login': {
    linkMode: 'auto',
    others: [
      ...repeat(T0 + HOUR, { ...OTHER, tab: 'f:2' }),
      ...firstLogin(T0 + 2 * HOUR, OTHER),
      exchange(T0 + 2 * HOUR + 4000, OTHER),
      me(T0 + 3 * HOUR, { ...OTHER, tab: 'f:3' }),
    ],
  },
  'call after a first login there, with a token that was not seen to be issued': {
    linkMode: 'auto',
    others: [
      ...firstLogin(T0 + HOUR, OTHER),
      exchange(T0 + HOUR + 4000, OTHER),
      me(T0 + HOUR + 60_000, OTHER, { tokenUnseen: true }),
    ],
  },
};

test.each(Object.entries(elsewhere))(
  '%s in another browser’s file: no sure miss',
  (_what, { linkMode, others }) => {
    const files = [file('a', [mode(linkMode), ...first]), file('b', others)];
    const [login] = mergeReports(files).report.logins;
    expect(login).toMatchObject({ verdict: 'missed', verdictCertainty: 'likely' });
  },
);

test.each([
  [
    'that tells of a link made later',
    [...repeat(T0 + HOUR), me(T0 + HOUR + 3000, OTHER, { connectedAt: T0 + HOUR / 2 })],
  ],
  [
    'of either of two first logins there',
    [
      ...['f:1', 'f:2'].flatMap((tab, i) => [
        ...firstLogin(T0 + (i + 1) * HOUR, { ...OTHER, tab }),
        exchange(T0 + (i + 1) * HOUR + 4000, { ...OTHER, tab }),
      ]),
      me(T0 + 3 * HOUR, { ...OTHER, tab: 'f:3' }),
    ],
  ],
])('call %s, in another browser’s file: a sure miss', (_of, others) => {
  const files = [file('a', [mode('auto'), ...first]), file('b', others)];
  const [login] = mergeReports(files).report.logins;
  expect(login).toMatchObject({ verdict: 'missed', verdictCertainty: 'certain' });
});

const TOKEN = 'kQ3vZp9xYb7Lr2TnWc5Hs8Jd1Fg4Mq6AAAAAQo9dRsAAAGT1';
const sent: Record<string, Partial<HarRequest>> = {
  'in a form': { form: `accessToken=${TOKEN}` },
  'as JSON': { form: JSON.stringify({ access_token: TOKEN }) },
  'in a header': { headers: { Authorization: `Bearer ${TOKEN}` } },
};

/** What a page sends to its own server, in a HAR that shows no login. */
const sentToServer = ({ headers = {}, ...more }: Partial<HarRequest>) =>
  fromHar(
    onPage([
      { at: T0 + 60_000, url: `${SITE}/`, document: true },
      {
        at: T0 + 61_000,
        method: 'POST',
        url: `${SITE}/api/session`,
        document: false,
        headers: { Origin: SITE, Referer: `${SITE}/`, ...headers },
        ...more,
      },
    ]),
  );

test.each(Object.entries(sent))(
  'token sent to the site’s server %s, in a file that begins after the login: no sure miss',
  async (_how, more) => {
    const files = [file('a', [mode('auto'), ...first]), file('b', await sentToServer(more))];
    const [login] = mergeReports(files).report.logins;
    expect(login).toMatchObject({ verdict: 'missed', verdictCertainty: 'likely' });
  },
);

test.each([
  { form: 'name=x' },
  { form: `csrf_token=${TOKEN}` },
  { headers: { Authorization: `Bearer ${TOKEN}.${TOKEN}.${TOKEN}` } },
])('%j sent to the site’s server in another file: the miss stays sure', async (more) => {
  const files = [file('a', [mode('auto'), ...first]), file('b', await sentToServer(more))];
  const [login] = mergeReports(files).report.logins;
  expect(login).toMatchObject({ verdict: 'missed', verdictCertainty: 'certain' });
});

test('token of a first login there, handed to the site’s server: the miss stays sure', () => {
  const others = [
    ...firstLogin(T0 + HOUR, OTHER),
    exchange(T0 + HOUR + 4000, OTHER),
    observe({ type: 'token-handed' }, T0 + HOUR + 5000, OTHER),
  ];
  const files = [file('a', [mode('auto'), ...first]), file('b', others)];
  const [login] = mergeReports(files).report.logins;
  expect(login).toMatchObject({ verdict: 'missed', verdictCertainty: 'certain' });
});

test.each([12, -9 * 60])(
  'call in a file of its own, where Kakao’s clock is %i minutes ahead: no sure miss',
  async (minutes) => {
    const ahead = minutes * 60_000;
    const connectedAt = new Date(T0 + 2000 + ahead);
    const call = harMe(T0 + 60_000, { body: JSON.stringify({ id: 7, connected_at: connectedAt }) });
    const date = new Date(call.at + ahead).toUTCString();
    const told = { ...call, response: { headers: [{ name: 'Date', value: date }] } };
    const files = [file('a', [mode('auto'), ...first]), file('b', await fromHar(onPage([told])))];
    const [login] = mergeReports(files).report.logins;
    expect(login).toMatchObject({ verdict: 'missed', verdictCertainty: 'likely' });
  },
);

test.each([20, 1500, 6000])(
  'call that took %i ms, in another file of a recorder whose clock is off: no sure lateness',
  async (took) => {
    const ahead = 12 * 60_000;
    const own = 'kX7pL2mQ9vR4tW8zB3nC';
    const body = JSON.stringify({ id: 7, connected_at: new Date(T0 + 2000 + ahead) });
    const recorded = (time: number, requests: HarRequest[]) => {
      const dated = requests.map((r): HarRequest => {
        const value = new Date(r.at + ahead).toUTCString();
        return { ...r, more: { time }, response: { headers: [{ name: 'Date', value }] } };
      });
      return fromHar(onPage(dated));
    };
    const late = callWith(T0 + 30 * HOUR, own, { body });
    const login = await recorded(20, [...withOwnToken(harFirstLogin(T0), own), late]);
    const call = await recorded(took, [callWith(T0 + HOUR, own, { body })]);
    const [said] = mergeReports([file('a', [mode('auto'), ...login]), file('b', call)]).report
      .logins;
    expect(said).toMatchObject({ verdict: 'late', verdictCertainty: 'likely' });
  },
);

/** A repeat by another key on another site, whose call tells when its link was made, epoch ms. */
const byAnotherKey = (connectedAt: number): Observation[] => {
  const place = { ...OTHER, site: 'https://mall.test' };
  const fact = { clientId: 'other-key', redirectUri: `${place.site}/cb` };
  return [
    ...repeatLogin(T0 + HOUR, { ...place, fact }),
    observe(token(200, { clientId: 'other-key' }), T0 + HOUR + 2000, place),
    me(T0 + HOUR + 3000, place, { connectedAt }),
  ];
};

test.each([
  { what: 'the same link', connectedAt: T0 + 2500, verdictCertainty: 'likely' },
  { what: 'another', connectedAt: T0 + 60_000, verdictCertainty: 'certain' },
])(
  'call by another key, on another site, that tells of $what: the miss is $verdictCertainty',
  ({ connectedAt, verdictCertainty }) => {
    const files = [file('a', [mode('auto'), ...first]), file('b', byAnotherKey(connectedAt))];
    const [login] = mergeReports(files).report.logins;
    expect(login).toMatchObject({ verdict: 'missed', verdictCertainty });
  },
);

test.each([
  { what: 'site of the app', clientId: APP, verdictCertainty: 'likely' },
  {
    what: 'origin that logins of the app lead to',
    clientId: APP,
    from: 'https://other.test',
    verdictCertainty: 'likely',
  },
  { what: 'host, where logins use another key', clientId: 'other-key', verdictCertainty: 'likely' },
  {
    what: 'domain, where logins use another key',
    clientId: 'other-key',
    site: 'https://mall.test',
    verdictCertainty: 'certain',
  },
])(
  'call of no login in its file, from another $what: the miss is $verdictCertainty',
  ({ clientId, site = mobile.site, from = site, verdictCertainty }) => {
    const fact = { clientId, redirectUri: `${site}/cb` };
    const place = { tab: 'r:5', site: from };
    const other = [
      ...repeatLogin(T0 - HOUR, { ...place, fact }),
      observe(token(200, { clientId }), T0 - HOUR + 2000, place),
    ];
    const call = me(T0 + 2 * HOUR, { ...OTHER, site });
    const files = [file('a', [mode('auto'), ...other, ...first]), file('b', [call])];
    const login = mergeReports(files).report.logins.find(({ kind }) => kind === 'first');
    expect(login).toMatchObject({ verdict: 'missed', verdictCertainty });
  },
);

test.each([
  { site: 'https://m.shop.test', verdictCertainty: 'likely' },
  { site: 'https://mall.test', verdictCertainty: 'certain' },
])(
  'call by another key, on $site, that tells nothing of its link: the miss is $verdictCertainty',
  ({ site, verdictCertainty }) => {
    const place = { ...OTHER, site };
    const fact = { clientId: 'other-key', redirectUri: `${site}/cb` };
    const others = [
      ...repeatLogin(T0 + HOUR, { ...place, fact }),
      observe(token(200, { clientId: 'other-key' }), T0 + HOUR + 2000, place),
      me(T0 + HOUR + 3000, place),
    ];
    const files = [file('a', [mode('auto'), ...first]), file('b', others)];
    const [login] = mergeReports(files).report.logins;
    expect(login).toMatchObject({ verdict: 'missed', verdictCertainty });
  },
);

test('call of no login, on a site where only a popup’s request shows the app: no sure miss', () => {
  const place = { ...OTHER, site: 'https://mall.test' };
  const [screen] = firstLogin(T0 + HOUR, { ...place, tab: 'f:2' });
  const files = [
    file('a', [mode('auto'), ...first]),
    file('b', [me(T0 + 2 * HOUR, place)]),
    file('c', [screen as Observation]),
  ];
  const [login] = mergeReports(files).report.logins;
  expect(login).toMatchObject({ verdict: 'missed', verdictCertainty: 'likely' });
});

test('call that may have the token of a first login or of a repeat by another key: no sure miss', () => {
  const fact = { clientId: 'other-key' };
  const others = [
    ...repeat(T0 + HOUR),
    ...firstLogin(T0 + 2 * HOUR, { ...OTHER, fact }),
    observe(token(200, fact), T0 + 2 * HOUR + 4000, OTHER),
    me(T0 + 2 * HOUR + 9000, OTHER),
  ];
  const files = [file('a', [mode('auto'), ...first]), file('b', others)];
  const [login] = mergeReports(files).report.logins;
  expect(login).toMatchObject({ verdict: 'missed', verdictCertainty: 'likely' });
});

test('unlink without an answer in another browser’s file, after the window: the miss stays sure', () => {
  const others = [...repeat(T0 + HOUR), ofApi('/v1/user/unlink', 0, T0 + 30 * HOUR)];
  const files = [file('a', [mode('auto'), ...first]), file('b', others)];
  const [login] = mergeReports(files).report.logins;
  expect(login).toMatchObject({ verdict: 'missed', verdictCertainty: 'certain' });
});

const listed = (at: number) => observe(api('/v1/api/talk/profile', 200), at);

test.each([
  { what: 'before the call', status: 200, cutAt: T0 + HOUR, verdictCertainty: 'likely' },
  { what: 'after the call', status: 200, cutAt: T0 + 3 * HOUR, verdictCertainty: 'certain' },
  { what: 'before the call', status: 0, cutAt: T0 + HOUR, verdictCertainty: 'likely' },
])(
  'unlink in another file, answered $status, $what that completes the login: $verdictCertainty',
  ({ status, cutAt, verdictCertainty }) => {
    const own = [...first, ...repeatLogin(T0 + 2 * HOUR), exchange(T0 + 2 * HOUR + 2000)];
    const others = [...repeat(cutAt - 5000), ofApi('/v1/user/unlink', status, cutAt)];
    const files = [
      file('a', [mode('auto'), ...own, listed(T0 + 2 * HOUR + 3000)]),
      file('b', others),
    ];
    const [login] = mergeReports(files).report.logins;
    expect(login).toMatchObject({ verdict: 'complete', verdictCertainty });
  },
);

test('nothing in another browser’s file: the miss stays sure', () => {
  const files = [
    file('a', [mode('auto'), ...first]),
    file('b', repeat(T0 + 70 * HOUR), T0 + 80 * HOUR),
  ];
  const [login] = mergeReports(files).report.logins;
  expect(login).toMatchObject({ verdict: 'missed', verdictCertainty: 'certain' });
});

test('listed call of an older link in another browser’s file: the miss stays sure', () => {
  const older = me(T0 + HOUR + 3000, OTHER, { connectedAt: T0 - 90 * HOUR });
  const files = [file('a', [mode('auto'), ...first]), file('b', [...repeat(T0 + HOUR), older])];
  const [login] = mergeReports(files).report.logins;
  expect(login).toMatchObject({ verdict: 'missed', verdictCertainty: 'certain' });
});

test('late call in another browser’s file: that the link survived proves nothing', () => {
  const later = T0 + 25 * HOUR;
  const files = [
    file('a', [mode('auto'), ...first, ...repeatLogin(T0 + 50 * HOUR)]),
    file('b', [...repeat(later), me(later + 3000, OTHER)]),
  ];
  const [login] = mergeReports(files).report.logins;
  expect([login?.verdict, login?.verdictCertainty]).not.toEqual(['complete', 'certain']);
});

test('link mode given for two browsers’ files of one session id: they stay two browsers', () => {
  const start = observe({ type: 'start' }, T0 - HOUR, { tab: null, site: null });
  const until = T0 + 72 * HOUR;
  const history = [...first, observe(token(200, { grant: 'refresh_token' }), T0 + 70 * HOUR)];
  const others = [
    start,
    me(T0 + 2 * HOUR, { tab: 'r:7' }),
    me(T0 + 71 * HOUR, { tab: 'r:7' }),
    ...firstLogin(T0 + 71.5 * HOUR, { tab: 'r:8' }),
  ];
  const modes = [{ clientId: APP, linkMode: 'auto' as const }];
  const at = T0 + 40 * HOUR;
  const withModes = [history, others].map(
    (own) => withLinkModes(file('all', own, until), modes, at).contents,
  );
  const { report } = mergeReports(withModes, at);
  expect(new Set(report.sources?.map(({ browser }) => browser)).size).toBe(2);
  expect(report.logins[0]).not.toMatchObject({ verdictCertainty: 'certain' });
});
