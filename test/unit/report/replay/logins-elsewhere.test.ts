import { expect, test } from 'vitest';
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
  T0,
  token,
} from '../../fixtures.ts';
import { consentAgain, mode } from '../../verdict/known-cases/known-case.ts';
import { sessionFile } from '../samples.ts';

const END = T0 + 72 * HOUR;
const OTHER = { cookieStore: 'ff', tab: 'f:1' };

/** A file of one browser, which recorded until it was written. */
const file = (id: string, observations: Observation[]) =>
  sessionFile(id, observations, { at: END, endedAt: END });

const first = [mode('auto'), ...firstLogin(T0), exchange(T0 + 4000)];

/** What is said of each browser's first login. */
const said = (...browsers: Observation[][]) =>
  mergeReports(
    browsers.map((observations, i) => file(`file-${i}`, observations)),
  ).report.logins.map(
    ({ kind, certainty, verdict, verdictCertainty }) =>
      `${kind} ${certainty}, ${verdict} ${verdictCertainty}`,
  );

test('repeat in another browser whose server has the token: no sure miss', () =>
  expect(said(first, repeatLogin(T0 + HOUR, OTHER))[0]).toBe('first certain, missed likely'));

test('first login in another browser whose server has the token: its link is another, so the miss is sure', () =>
  expect(said(first, firstLogin(T0 + HOUR, OTHER))[0]).toBe('first certain, missed certain'));

test('the same, and Kakao told of an older link: another account, so the miss is sure', () => {
  const older = me(T0 + HOUR + 1000, OTHER, { connectedAt: T0 - 90 * HOUR });
  const others = [...repeatLogin(T0 + HOUR, OTHER), older];
  expect(said(first, others)[0]).toBe('first certain, missed certain');
});

test('repeat of hours before in another browser, which pauses in the window: its link is older, so the miss is sure', () => {
  const paused = observe({ type: 'pause', paused: true }, T0 + HOUR, {
    ...OTHER,
    source: 'tester',
  });
  const before = T0 - 10 * HOUR;
  const others = [...repeatLogin(before, OTHER), exchange(before + 2000, OTHER), paused];
  expect(said(first, others)[0]).toBe('first certain, missed certain');
});

test('link that a login in another browser still finds after three days: no sure miss', () => {
  const at = T0 + 60 * HOUR;
  const found = me(at + 5000, OTHER, { connectedAt: T0 + 3000 });
  const others = [...repeatLogin(at, OTHER), exchange(at + 2000, OTHER), found];
  expect(said(first, others)[0]).toBe('first certain, missed likely');
});

test('consent screen answered after another browser made a link: not surely a first login', () => {
  const slow = consentAgain(T0 + 2500);
  const others = [...firstLogin(T0, OTHER), exchange(T0 + 3500, OTHER), me(T0 + 4000, OTHER)];
  const own = [mode('auto'), ...slow, exchange(T0 + 6500)];
  expect(said(own, others)[0]).toBe('first likely, missed likely');
});

test('the same, each told when its link was made: two accounts', () => {
  const own = [
    mode('auto'),
    ...consentAgain(T0 + 2500),
    exchange(T0 + 6500),
    me(T0 + 7000, {}, { connectedAt: T0 + 5000 }),
  ];
  const others = [
    ...firstLogin(T0, OTHER),
    exchange(T0 + 3500, OTHER),
    me(T0 + 4000, OTHER, { connectedAt: T0 + 3000 }),
  ];
  expect(said(own, others)).toEqual([
    'first certain, complete certain',
    'first certain, complete certain',
  ]);
});

test('consent after another key’s login on another host: not surely a first', () => {
  const place = { ...OTHER, site: 'https://m.shop.test' };
  const fact = { clientId: 'other-key', redirectUri: `${place.site}/cb` };
  const own = [mode('auto'), ...consentAgain(T0 + 2500), exchange(T0 + 6500)];
  const others = [
    ...firstLogin(T0, { ...place, fact }),
    observe(token(200, { clientId: 'other-key' }), T0 + 3500, place),
    observe(api('/v1/api/talk/profile', 200), T0 + 4000, place),
  ];
  expect(said(own, others)[0]).toBe('first likely, missed likely');
});

test('link that another tab made meanwhile, cut by a call in another file: no sure repeat', () => {
  const [screen, agreed] = consentAgain(T0);
  const own = [
    mode('auto'),
    screen,
    ...consentAgain(T0 + 1000, { tab: 'r:2' }),
    exchange(T0 + 5000, { tab: 'r:2' }),
    { ...agreed, at: T0 + 60_000 },
    exchange(T0 + 61_000),
  ] as Observation[];
  const second = (cutAt: number, status: number) =>
    said(own, [observe(api('/v1/user/unlink', status, { method: 'POST' }), cutAt, OTHER)])[1];
  expect(second(T0 + HOUR, 200)).toBe('repeat certain, not-applicable certain');
  for (const status of [200, 0])
    expect(second(T0 + 30_000, status)).toBe('repeat likely, not-applicable likely');
});

test.each([
  { told: 'nothing', connectedAt: null, certainty: 'likely' },
  { told: 'the link of the first login', connectedAt: T0 + 3000, certainty: 'certain' },
])(
  'repeat told $told, another browser made a link meanwhile: $certainty',
  ({ connectedAt, certainty }) => {
    const at = T0 + 60 * HOUR;
    const named = (from: number, told = {}) =>
      observe(api('/v1/user/access_token_info', 200, { account: 'hash-1', ...told }), from + 5000);
    const again = [...repeatLogin(at), exchange(at + 4000), named(at, { connectedAt })];
    const own = [...first, named(T0), ...again];
    const others = [...firstLogin(T0 + 40 * HOUR, OTHER), exchange(T0 + 40 * HOUR + 4000, OTHER)];
    expect(said(own)[0]).toBe('first certain, complete certain');
    expect(said(own, others)[0]).toBe(`first certain, complete ${certainty}`);
  },
);

test('same login in a file that begins with its token: no second first, no sure miss', () => {
  const har = { source: 'har' as const };
  const taken = observe(token(200, { grant: 'authorization_code', clientId: APP }), T0 + 4000, {
    ...OTHER,
    ...har,
  });
  const call = me(T0 + 5000, { ...OTHER, ...har }, { connectedAt: T0 + 3000 });
  expect(said(first, [taken, call])).toEqual([
    'first certain, missed likely',
    'first likely, complete certain',
  ]);
});
