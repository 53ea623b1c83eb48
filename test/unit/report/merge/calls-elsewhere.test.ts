import { expect, test } from 'vitest';
import type { Observation } from '../../../../utils/model/observation.ts';
import { reevaluate, type ImportedFile } from '../../../../utils/report/import/reevaluate.ts';
import { mergeReports } from '../../../../utils/report/merge/merge-reports.ts';
import { withLinkModes } from '../../../../bin/link-modes.ts';
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

const END = T0 + 60 * HOUR;
const OTHER = { cookieStore: 'ff', tab: 'f:1' };
const mobile = { ...OTHER, site: 'https://m.shop.test' };
const inMode = (linkMode: 'auto' | 'manual') =>
  observe({ type: 'app', clientId: APP, linkMode }, T0 - HOUR, {
    source: 'tester',
    tab: null,
    site: null,
  });

/** A file of one browser. */
function file(id: string, observations: Observation[], at = END): ImportedFile {
  const iso = (instant: number) => new Date(instant).toISOString();
  return reevaluate(
    {
      about: null,
      observations,
      takenAt: at,
      endedAt: at,
      report: {
        session: {
          id,
          name: id,
          startedAt: iso(T0),
          endedAt: null,
          tester: id,
          build: '',
          notes: '',
        },
        generator: { name: 'Linkwatch', version: '0', browser: 'chrome' },
        generatedAt: iso(at),
        counts: { dropped: 0 },
      },
    },
    at,
    { wholeClientIds: true },
  );
}

const first = [...firstLogin(T0), exchange(T0 + 4000)];
const repeat = (at: number, place: typeof OTHER = OTHER) => [
  ...repeatLogin(at, place),
  exchange(at + 2000, place),
];
const ofApi = (path: string, status: number, at: number) =>
  observe(api(path, status, { method: path.startsWith('/v1') ? 'POST' : 'GET' }), at, OTHER);

const elsewhere: Record<string, { mode: 'auto' | 'manual'; others: Observation[] }> = {
  'listed call': { mode: 'auto', others: [...repeat(T0 + HOUR), me(T0 + HOUR + 3000, OTHER)] },
  'sign-up': {
    mode: 'manual',
    others: [...repeat(T0 + HOUR), ofApi('/v1/user/signup', 200, T0 + HOUR + 3000)],
  },
  'call without an answer': {
    mode: 'auto',
    others: [...repeat(T0 + HOUR), ofApi('/v2/user/me', 0, T0 + HOUR + 3000)],
  },
  'call for another site of the app': {
    mode: 'auto',
    others: [
      ...repeatLogin(T0 + HOUR, { ...mobile, fact: { redirectUri: `${mobile.site}/cb` } }),
      exchange(T0 + HOUR + 2000, mobile),
      me(T0 + HOUR + 3000, mobile),
    ],
  },
  unlink: {
    mode: 'auto',
    others: [...repeat(T0 + HOUR), ofApi('/v1/user/unlink', 200, T0 + HOUR + 3000)],
  },
};

test.each(Object.entries(elsewhere))(
  '%s in another browser’s file: no sure miss',
  (_what, { mode, others }) => {
    const files = [file('a', [inMode(mode), ...first]), file('b', others)];
    const [login] = mergeReports(files).report.logins;
    expect(login).toMatchObject({ verdict: 'missed', verdictCertainty: 'likely' });
  },
);

test('nothing in another browser’s file: the miss stays sure', () => {
  const files = [
    file('a', [inMode('auto'), ...first]),
    file('b', repeat(T0 + 70 * HOUR), T0 + 80 * HOUR),
  ];
  const [login] = mergeReports(files).report.logins;
  expect(login).toMatchObject({ verdict: 'missed', verdictCertainty: 'certain' });
});

test('late call in another browser’s file: that the link survived proves nothing', () => {
  const later = T0 + 25 * HOUR;
  const files = [
    file('a', [inMode('auto'), ...first, ...repeatLogin(T0 + 50 * HOUR)]),
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
