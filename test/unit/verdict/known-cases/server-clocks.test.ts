import { describe, expect, test } from 'vitest';
import { readEgress } from '../../../../utils/capture/back-end/egress-har.ts';
import { joinBackEndCalls } from '../../../../utils/capture/back-end/join-calls.ts';
import { captureHar } from '../../../../utils/capture/har/capture-har.ts';
import { createRequestMarks } from '../../../../utils/capture/har/token/request-marks.ts';
import { APP, HOUR, SITE, T0 } from '../../fixtures.ts';
import { judge } from '../judge-history.ts';
import {
  harEntries,
  harFirstLogin,
  harRepeat,
  KAPI,
  onPage,
  TOKEN,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { mode } from './known-case.ts';

const exchange: HarRequest = {
  at: T0 + 2300,
  method: 'POST',
  url: 'https://kauth.kakao.com/oauth/token',
  form: `grant_type=authorization_code&client_id=${APP}&code=hK3tQ9vX_c${T0}`,
  body: JSON.stringify({ token_type: 'bearer', access_token: TOKEN, expires_in: 21599 }),
};
const me = (hours: number): HarRequest => ({
  at: T0 + hours * HOUR,
  url: `${KAPI}/v2/user/me`,
  headers: { Authorization: `Bearer ${TOKEN}` },
});

/** What a browser records of a login up to its code. */
async function recordLogin() {
  const marks = createRequestMarks();
  const pages = withOwnToken(harFirstLogin(T0), TOKEN).slice(0, 3);
  const recorded = await captureHar(harEntries(onPage(pages)), async (id) => `h${id}`, marks);
  return { recorded, marks };
}

/** What is said of a login that a browser recorded up to its code and a back end, by its own clock, from there on. */
async function said(served: readonly HarRequest[], ahead = 0): Promise<string[]> {
  const { recorded, marks } = await recordLogin();
  const entries = harEntries(served.map((r) => ({ ...r, at: r.at + ahead })));
  const calls = await readEgress(entries, async (id) => `h${id}`);
  const { observations } = joinBackEndCalls(recorded, marks, { kind: 'egress', name: 'e', calls });
  return judge([mode('auto'), observations], 90).map((l) => `${l.verdict} ${l.certainty}`);
}

test.each([-9, -5.5, 0, 9])(
  'recorder without a time zone, %d hours ahead: its calls are at the browser’s time',
  async (hours) => {
    expect(await said([exchange, me(22)], hours * HOUR)).toEqual(['complete certain']);
    expect(await said([exchange, me(30)], hours * HOUR)).toEqual(['late certain']);
  },
);

test.each([-3, -10, -50])(
  'back end’s clock that is %d minutes behind: its calls are at the browser’s time',
  async (minutes) => {
    expect(await said([exchange, me(23.9)], minutes * 60_000)).toEqual(['complete certain']);
    expect(await said([exchange, me(24.2)], minutes * 60_000)).toEqual(['late certain']);
    expect(await said([exchange], minutes * 60_000)).toEqual(['missed certain']);
  },
);

test.each([12, -9 * 60])(
  'Kakao’s clock %i minutes ahead: the link that browser and back end tell of is one',
  async (minutes) => {
    const ahead = minutes * 60_000;
    const dated = (r: HarRequest): HarRequest => ({
      ...r,
      response: { headers: [{ name: 'Date', value: new Date(r.at + ahead).toUTCString() }] },
    });
    const body = JSON.stringify({ id: 7, connected_at: new Date(T0 + 2000 + ahead) });
    const again = T0 + 6 * HOUR;
    const pages = [
      ...withOwnToken(harFirstLogin(T0), TOKEN),
      { ...me(0.1), document: false, body },
      ...harRepeat(again).filter(({ url }) => !url.endsWith('/oauth/token')),
    ];
    const marks = createRequestMarks();
    const entries = harEntries(onPage(pages.map(dated)));
    const recorded = await captureHar(entries, async (id) => `h${id}`, marks);
    const code = new URL(pages.findLast(({ to }) => to?.includes('code='))?.to ?? '').searchParams;
    const served = [
      {
        ...exchange,
        at: again + 2300,
        form: `${exchange.form}`.replace(/code=.*/, `code=${code.get('code')}`),
      },
      { ...me(6.1), body },
    ];
    const calls = await readEgress(harEntries(served), async (id) => `h${id}`);
    const record = { kind: 'egress' as const, name: 'e', calls };
    const { observations } = joinBackEndCalls(recorded, marks, record);
    const [first] = judge([mode('auto'), observations], 90);
    expect(`${first?.verdict} ${first?.certainty}`).toBe('complete certain');
  },
);

test('page with a code whose redirect is not in the file: its calls are of its own login', async () => {
  const code = 'hK3tQ9vX_other1795316400';
  const again = T0 + 6 * HOUR;
  const pages = [
    ...withOwnToken(harFirstLogin(T0), TOKEN).slice(0, 3),
    {
      at: again,
      url: `${SITE}/cb?code=${code}`,
      document: true,
      headers: { Referer: 'https://kauth.kakao.com/' },
    },
  ];
  const other = TOKEN.replace('AAAA', 'BBBB');
  const served = [
    exchange,
    {
      ...exchange,
      at: again + 5,
      form: `grant_type=authorization_code&client_id=${APP}&code=${code}`,
      body: JSON.stringify({ token_type: 'bearer', access_token: other, expires_in: 21599 }),
    },
    { ...me(6), at: again + 10, headers: { Authorization: `Bearer ${other}` } },
  ].map((r) => ({ ...r, more: { time: 1 } }));
  const marks = createRequestMarks();
  const recorded = await captureHar(harEntries(onPage(pages)), async (id) => `h${id}`, marks);
  const calls = await readEgress(harEntries(served), async (id) => `h${id}`);
  const record = { kind: 'egress' as const, name: 'e', calls };
  const { observations } = joinBackEndCalls(recorded, marks, record);
  const logins = judge([mode('auto'), observations], 90).map((l) => `${l.verdict} ${l.certainty}`);
  expect(logins).toEqual(['missed likely', 'complete certain']);
});

/** What a back end exchanged for a login on another device, and the profile that it asked for then. */
function loginElsewhere(body: object): HarRequest[] {
  const other = TOKEN.replace('AAAA', 'BBBB');
  return [
    {
      ...exchange,
      at: T0 + HOUR,
      form: `grant_type=authorization_code&client_id=${APP}&code=hK3tQ9vX_elsewhere`,
      body: JSON.stringify({ token_type: 'bearer', access_token: other, expires_in: 21599 }),
    },
    { ...me(1.1), headers: { Authorization: `Bearer ${other}` }, body: JSON.stringify(body) },
  ];
}

test.each([
  { id: 7, said: 'complete likely' },
  { id: 8, said: 'missed certain' },
])(
  'call of a login on another device that names user $id, and user 7 logged in here: $said',
  async ({ id, said: verdict }) => {
    const info = { ...me(0.1), url: `${KAPI}/v1/user/access_token_info`, body: '{"id":7}' };
    expect(await said([exchange, info, ...loginElsewhere({ id })])).toEqual([verdict]);
  },
);

test('call on another device, its token a recorded user’s by another call: no sure miss', async () => {
  const info = { ...me(0.1), url: `${KAPI}/v1/user/access_token_info`, body: '{"id":7}' };
  const [asked, call] = loginElsewhere({ id: 7 });
  if (!asked || !call) throw new Error('no call');
  const named = { ...call, url: info.url };
  const listed = { ...call, at: call.at + 1000, url: `${KAPI}/v1/api/talk/profile`, body: '{}' };
  expect(await said([exchange, info, asked, named, listed])).toEqual(['complete likely']);
});

describe('code that was exchanged for a login on another device', () => {
  const info = { ...me(0.1), url: `${KAPI}/v1/user/access_token_info`, body: '{"id":7}' };
  const again = T0 + 60 * HOUR;

  /** What is said of the first login and of what came later in its browser, while user `id` logged in elsewhere at an instant. */
  async function logins(id: number, at: number, later: readonly HarRequest[]) {
    const marks = createRequestMarks();
    const pages = [...withOwnToken(harFirstLogin(T0), TOKEN).slice(0, 3), ...later];
    const recorded = await captureHar(harEntries(onPage(pages)), async (u) => `h${u}`, marks);
    const [asked, call] = loginElsewhere({ id });
    if (!asked || !call) throw new Error('no call');
    const named = { ...call, at: at + 100, url: info.url };
    const next = TOKEN.replace('AAAA', 'CCCC');
    const own = [
      {
        ...asked,
        at: again + 2300,
        form: `grant_type=authorization_code&client_id=${APP}&code=hK3tQ9vX_c${again}`,
        body: JSON.stringify({ token_type: 'bearer', access_token: next, expires_in: 21599 }),
      },
      { ...info, at: again + 2400, headers: { Authorization: `Bearer ${next}` } },
    ];
    const served = [exchange, info, { ...asked, at }, named, ...own];
    const calls = await readEgress(harEntries(served), async (u) => `h${u}`);
    const record = { kind: 'egress' as const, name: 'e', calls };
    const { observations } = joinBackEndCalls(recorded, marks, record);
    return judge([mode('auto'), observations], 90);
  }

  test.each([
    { id: 7, hours: 59, certainty: 'likely' },
    { id: 7, hours: 61, certainty: 'certain' },
    { id: 8, hours: 59, certainty: 'certain' },
  ])(
    'user $id after $hours h: that the link of user 7 survived 60 h is $certainty',
    async ({ id, hours, certainty }) => {
      const repeat = withOwnToken(harRepeat(again), 'x').slice(0, 2);
      const [first] = await logins(id, T0 + hours * HOUR, repeat);
      expect(first).toMatchObject({ verdict: 'complete', because: 'link-survived', certainty });
    },
  );

  test.each([
    { id: 7, certainty: 'likely' },
    { id: 8, certainty: 'certain' },
  ])(
    'user $id, while a consent screen is shown: that the login made the link is $certainty',
    async ({ id, certainty }) => {
      const shown = withOwnToken(harFirstLogin(again), 'x').slice(0, 3);
      const judged = await logins(id, again + 500, shown);
      expect(judged.at(-1)?.login).toMatchObject({ kind: 'first', certainty });
    },
  );
});

test('sign-up on another device, another account’s login came here since: no sure miss', async () => {
  const again = T0 + HOUR / 2;
  const [own, next] = [TOKEN, TOKEN.replace('AAAA', 'CCCC')];
  const [asked, ...came] = withOwnToken(harRepeat(again), next).slice(0, 2);
  if (!asked) throw new Error('no login');
  const pages = [
    ...withOwnToken(harFirstLogin(T0), own).slice(0, 3),
    { ...asked, url: `${asked.url}&prompt=login` },
    ...came,
  ];
  const exchanged = (at: number, token: string): HarRequest => ({
    ...exchange,
    at,
    form: `grant_type=authorization_code&client_id=${APP}&code=hK3tQ9vX_c${token === own ? T0 : again}`,
    body: JSON.stringify({ token_type: 'bearer', access_token: token, expires_in: 21599 }),
  });
  const asks = (at: number, token: string, body: object): HarRequest => ({
    ...me(0),
    at,
    headers: { Authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  const [elsewhere, profile] = loginElsewhere({ id: 7, has_signed_up: false });
  if (!elsewhere || !profile) throw new Error('no call');
  const signup = {
    ...profile,
    at: profile.at + 1000,
    method: 'POST',
    url: `${KAPI}/v1/user/signup`,
    body: '{"id":7}',
  };
  const served = [
    exchanged(T0 + 2300, own),
    asks(T0 + 2400, own, { id: 7, has_signed_up: false }),
    exchanged(again + 200, next),
    asks(again + 300, next, { id: 8, has_signed_up: true }),
    elsewhere,
    profile,
  ];
  const verdictsOf = async (more: readonly HarRequest[]) => {
    const marks = createRequestMarks();
    const recorded = await captureHar(harEntries(onPage(pages)), async (id) => `h${id}`, marks);
    const calls = await readEgress(harEntries([...served, ...more]), async (id) => `h${id}`);
    const record = { kind: 'egress' as const, name: 'e', calls };
    const { observations } = joinBackEndCalls(recorded, marks, record);
    return judge([mode('manual'), observations], 90).map((l) => `${l.verdict} ${l.certainty}`);
  };
  expect(await verdictsOf([])).toEqual(['missed certain', 'not-applicable certain']);
  expect(await verdictsOf([signup])).toEqual(['missed likely', 'not-applicable certain']);
});

test('calls of a recorded user on another device: each is looked at, however many there are', async () => {
  const { recorded, marks } = await recordLogin();
  const info = { ...me(0.1), url: `${KAPI}/v1/user/access_token_info`, body: '{"id":7}' };
  const served = harEntries([exchange, info, ...loginElsewhere({ id: 7 })]);
  const calls = await readEgress(served, async (id) => `h${id}`);
  const many = calls.slice(-1).flatMap((call) => Array.from({ length: 130_000 }, () => call));
  const record = { kind: 'egress' as const, name: 'e', calls: [...calls, ...many] };
  const { observations } = joinBackEndCalls(recorded, marks, record);
  expect(observations.length).toBeGreaterThan(many.length);
});

test.each([
  { what: 'of this login', at: T0 + 2000, said: 'complete likely' },
  { what: 'from before', at: T0 - 90 * HOUR, said: 'missed certain' },
])(
  'call of a login on another device that tells of the link $what: $said',
  async ({ at, said: verdict }) => {
    const body = { id: 9, connected_at: new Date(at) };
    expect(await said([exchange, ...loginElsewhere(body)])).toEqual([verdict]);
  },
);

test('call for many users by the admin key, in a back end’s record: may be of this one', async () => {
  const many = {
    at: T0 + HOUR,
    url: `${KAPI}/v2/app/users?target_ids=[1]`,
    headers: { Authorization: 'KakaoAK key' },
  };
  expect(await said([exchange])).toEqual(['missed certain']);
  expect(await said([exchange, many])).toEqual(['missed likely']);
});

test.each([-80, -60, -10])(
  'link cut by the admin key %d seconds from a login whose site reports calls: an earlier one',
  async (seconds) => {
    const value = 'kakao;desc="GET /v1/user/access_token_info 200"';
    const report = { name: 'Server-Timing', value };
    const pages = withOwnToken(harFirstLogin(T0), TOKEN).slice(0, 3);
    const page = { at: T0 + 20_000, url: `${SITE}/my`, document: true };
    const reported = [...pages, { ...page, response: { headers: [report] } }];
    const marks = createRequestMarks();
    const recorded = await captureHar(harEntries(onPage(reported)), async (id) => `h${id}`, marks);
    const unlink: HarRequest = {
      at: T0 + seconds * 1000,
      method: 'POST',
      url: `${KAPI}/v1/user/unlink`,
      headers: { Authorization: 'KakaoAK key' },
      form: 'target_id_type=user_id&target_id=7',
      body: '{"id":7}',
    };
    const served = harEntries([unlink, exchange, { ...me(0), at: T0 + 2400, body: '{"id":7}' }]);
    const calls = await readEgress(served, async (id) => `h${id}`);
    const record = { kind: 'egress' as const, name: 'e', calls };
    const { observations } = joinBackEndCalls(recorded, marks, record);
    const [login] = judge([mode('auto'), observations], 90);
    expect(login).toMatchObject({ verdict: 'complete', certainty: 'certain' });
  },
);

test('token that a back end hands to another server of its own: that may call', async () => {
  const url = 'http://users.internal/import';
  const handed: HarRequest[] = [
    { at: T0 + 2500, method: 'POST', url, form: `kakaoToken=${TOKEN}` },
    { at: T0 + 2500, url, headers: { Authorization: `Bearer ${TOKEN}` } },
  ];
  const json = JSON.stringify({ kakao: TOKEN });
  const hidden: HarRequest[] = [
    { at: T0 + 2500, url: `${url}/${TOKEN}` },
    { at: T0 + 2500, url: `${url}?session=${encodeURIComponent(json)}` },
    { at: T0 + 2500, url, headers: { 'X-Session': btoa(json) } },
  ];
  for (const request of [...handed, ...hidden])
    expect(await said([exchange, request]), request.url).toEqual(['missed likely']);
  const other = TOKEN.replace('AAAA', 'BBBB');
  const others = { at: T0 + 2500, method: 'POST', url, form: `kakaoToken=${other}` };
  expect(await said([exchange, others])).toEqual(['missed certain']);
  expect(await said([exchange, ...handed, me(1)])).toEqual(['complete certain']);
});

test.each([
  { name: 'access_token', sent: TOKEN, said: 'complete certain' },
  { name: 'kakaoToken', sent: TOKEN, said: 'complete certain' },
  { name: 'session', sent: TOKEN, said: 'missed likely' },
  { name: 'access_token', sent: TOKEN.replace('AAAA', 'BBBB'), said: 'missed likely' },
])(
  'token that a file without bodies shows only as a page sends it, as $name: $said',
  async ({ name, sent, said: verdict }) => {
    const pages = withOwnToken(harFirstLogin(T0), TOKEN).map((r) => ({ ...r, body: '' }));
    const handing = {
      at: T0 + 2500,
      method: 'POST',
      url: `${SITE}/api/login`,
      document: false,
      headers: { Origin: SITE, Referer: `${SITE}/cb` },
      form: JSON.stringify({ [name]: sent }),
    };
    const marks = createRequestMarks();
    const entries = harEntries(onPage([...pages, handing]));
    const recorded = await captureHar(entries, async (id) => `h${id}`, marks);
    const calls = await readEgress(harEntries([me(0.1)]), async (id) => `h${id}`);
    const record = { kind: 'egress' as const, name: 'e', calls };
    const { observations } = joinBackEndCalls(recorded, marks, record);
    const [login] = judge([mode('auto'), observations], 90);
    expect(`${login?.verdict} ${login?.certainty}`).toBe(verdict);
  },
);

test('answer that a stub or a gateway may have given a back end in Kakao’s place: is not surely Kakao’s', async () => {
  const told = (r: HarRequest): HarRequest => ({
    ...r,
    response: { headers: [{ name: 'Date', value: new Date(r.at).toUTCString() }] },
  });
  const page = { ...me(1), response: { content: { mimeType: 'text/html', text: '<html>' } } };
  expect(await said([told(exchange), me(1)])).toEqual(['complete likely']);
  expect(await said([exchange, page])).toEqual(['complete likely']);
  expect(await said([told(exchange), told(me(1))])).toEqual(['complete certain']);
});
