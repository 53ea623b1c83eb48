import { beforeEach, describe, expect, test } from 'vitest';
import type { Observation } from '../../../utils/model/observation.ts';
import type { Report } from '../../../utils/report/document.ts';
import { replay } from '../../../utils/verdict/reduce.ts';
import {
  api,
  APP,
  authorize,
  exchange,
  firstLogin,
  HOUR,
  me,
  observe,
  repeatLogin,
  SITE,
  T0,
} from '../fixtures.ts';
import { freshProfile, onStore, startWorker } from '../store/database.ts';
import { verdictIn } from '../verdict/judge-history.ts';
import { readLatestReport } from './read-latest-report.ts';

// Sessions are local days, and the unit tests are in Seoul, where T0 is noon.
beforeEach(freshProfile);

const GENERATOR = { name: 'Linkwatch', version: '0', browser: 'chrome' };
const TWO = 'https://two.test';
const OTHER_KEY = 'ffff0000ffff0000';

/** Records a history and reads the report of its latest session. */
async function recordAndReport(history: Observation[], now: number): Promise<Report> {
  await startWorker().record(history);
  const report = await onStore((db) => readLatestReport(db, GENERATOR, now));
  return report ?? expect.unreachable();
}

/** Judges a report's own observations again, as an import does. */
function judgeAgain(report: Report) {
  const observations = report.observations.map(
    (o) => ({ ...o, at: Date.parse(o.at) }) as Observation,
  );
  const loginState = replay(observations);
  return report.logins.map(({ id }) => {
    const login = loginState.logins.get(id);
    if (!login) return { id };
    const v = verdictIn(loginState, login, Date.parse(report.evaluatedAt));
    return {
      id,
      clientId: login.clientId,
      site: login.site,
      startedAt: new Date(login.startedAt).toISOString(),
      deadline: new Date(v.deadline).toISOString(),
      kind: login.kind,
      kindBecause: login.kindBecause,
      certainty: login.certainty,
      verdict: v.verdict,
      verdictBecause: v.because,
      verdictCertainty: v.certainty,
      verdictDoubt: v.doubt,
      rehearsal: v.rehearsal,
      visibility: v.visibility,
      visibilityBecause: v.visibilityBecause,
      account: login.label,
    };
  });
}

const tester = { source: 'tester' as const };
const DAY = 24 * HOUR;
const loginOnTwo = (at: number) =>
  firstLogin(at, {
    site: TWO,
    tab: 'r:9',
    fact: { clientId: OTHER_KEY, redirectUri: `${TWO}/cb` },
  });

const first = firstLogin(T0);
const login = first[2]?.id ?? '';
const extraConsent = (at: number) => [
  observe(authorize({ params: ['scope'], outcome: 'screen' }), at),
  observe(authorize({ clientId: null, method: 'POST', fromKakao: true }), at + 1000, {
    site: null,
  }),
];

const HISTORIES: Record<string, [Observation[], number]> = {
  'steps before the code and calls, all in a day': [
    [...first, exchange(T0 + 4000), me(T0 + 5000)],
    HOUR,
  ],
  'first login of an earlier day makes today’s extra consent a repeat': [
    [...first, exchange(T0 + 4000), me(T0 + 5000), ...extraConsent(T0 + 3 * DAY)],
    4 * DAY,
  ],
  'repeat login of today shows that an earlier link survived': [
    [...first, exchange(T0 + 4000), ...repeatLogin(T0 + 3 * DAY), me(T0 + 3 * DAY + 9000)],
    4 * DAY,
  ],
  'link mode set by the tester on an earlier day': [
    [
      observe({ type: 'app', clientId: APP, linkMode: 'manual' }, T0 - 5 * DAY, tester),
      observe({ type: 'app', clientId: APP, windowMs: 60_000 }, T0 - 4 * DAY, tester),
      ...first,
      exchange(T0 + 4000),
      me(T0 + 5000),
    ],
    DAY,
  ],
  'link mode inferred on another site of the same app': [
    [
      ...firstLogin(T0 - 5 * DAY, { site: TWO, tab: 'r:9' }),
      observe(api('/v2/user/me', 200, { hasSignedUp: false }), T0 - 5 * DAY + 9000, {
        site: TWO,
        tab: 'r:9',
      }),
      ...first,
      exchange(T0 + 4000),
      me(T0 + 5000),
    ],
    2 * DAY,
  ],
  'pause, lost access and a restart inside the window': [
    [
      ...first,
      exchange(T0 + 4000),
      observe({ type: 'start' }, T0 + HOUR, { site: null }),
      observe({ type: 'pause', paused: true }, T0 + 20 * HOUR, { ...tester, site: null }),
      observe({ type: 'pause', paused: false }, T0 + 21 * HOUR, { ...tester, site: null }),
      observe({ type: 'watch', watched: false }, T0 + 22 * HOUR),
    ],
    2 * DAY,
  ],
  'label of an earlier day and mark of today': [
    [
      ...first,
      observe({ type: 'label', login, label: 'kim' }, T0 + 4000, tester),
      observe({ type: 'mark', login, mark: 'complete', note: '' }, T0 + 2 * DAY, tester),
    ],
    3 * DAY,
  ],
  'kapi frame opened on an earlier day': [
    [
      observe({ type: 'frame' }, T0 - HOUR),
      ...first,
      observe(api('/v2/user/me', 200, { inFrame: true }), T0 + 23 * HOUR, { site: null }),
    ],
    2 * DAY,
  ],
  'login form of another site changed the Kakao account in between': [
    [
      ...first,
      exchange(T0 + 4000),
      ...loginOnTwo(T0 + HOUR),
      ...repeatLogin(T0 + 3 * DAY),
      me(T0 + 3 * DAY + 5000),
    ],
    4 * DAY,
  ],
  'first login of yesterday whose window ran out today': [
    [...first, exchange(T0 + 4000), observe({ type: 'start' }, T0 + 20 * HOUR, { site: null })],
    30 * HOUR,
  ],
  'unknown app': [
    [observe(authorize({ clientId: null, params: [], fromKakao: true }), T0), me(T0 + 5000)],
    HOUR,
  ],
};

describe('replaying the observations of a report gives its verdicts', () => {
  test.each(Object.entries(HISTORIES))('%s', async (_name, [history, after]) => {
    const report = await recordAndReport(history, T0 + after);
    expect(report.logins.length).toBeGreaterThan(0);
    const again = judgeAgain(report);
    expect(again).toEqual(report.logins.map((l, i) => pick(l, Object.keys(again[i] ?? {}))));
    expect(again.every((l) => 'verdict' in l)).toBe(true);
    const ids = report.observations.map((o) => o.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  const pick = (o: object, keys: string[]) =>
    Object.fromEntries(Object.entries(o).filter(([k]) => keys.includes(k)));
});

describe('contents of a session’s report', () => {
  test('nothing recorded: no report', async () => {
    expect(await onStore((db) => readLatestReport(db, GENERATOR, T0))).toBeNull();
  });

  test('open login of yesterday is reported, an old complete one is not', async () => {
    const report = await recordAndReport(
      [
        ...firstLogin(T0 - 9 * DAY),
        ...loginOnTwo(T0 - 5 * DAY),
        ...repeatLogin(T0 - HOUR),
        ...first,
        observe({ type: 'start' }, T0 + 20 * HOUR, { site: null }),
      ],
      T0 + 25 * HOUR,
    );
    expect(report.session.name).toBe('2026-11-23');
    expect(report.logins.map((l) => l.id)).toEqual([login]);
    expect(report.logins[0]?.verdict).toBe('unseen');
  });

  test('report names nothing of another site’s traffic', async () => {
    const bystander = loginOnTwo(T0 + HOUR);
    const report = await recordAndReport(
      [
        ...first,
        ...bystander,
        exchange(T0 + HOUR + 9000, { site: TWO, tab: 'r:9' }),
        observe({ type: 'watch', watched: true }, T0 + HOUR, { site: TWO }),
        observe({ type: 'app', clientId: OTHER_KEY, linkMode: 'manual' }, T0 + HOUR, tester),
        // The session in which the bystander was decided.
        observe({ type: 'start' }, T0 + 2 * DAY, { site: null }),
        ...repeatLogin(T0 + 3 * DAY),
      ],
      T0 + 4 * DAY,
    );
    const text = JSON.stringify(report);
    expect(text).not.toContain('two.test');
    expect(text).not.toContain(OTHER_KEY.slice(0, 4));
    expect(text).not.toContain('r:9');
    expect(report.observations.filter((o) => o.id.endsWith('-bare')).length).toBeGreaterThan(0);
    expect(report.observations.map((o) => o.id)).toEqual(
      expect.arrayContaining(first.map((o) => o.id)),
    );
  });

  test('unreadable observation is counted and does not stop an import', async () => {
    const poison = { ...observe(authorize(), T0 + 9000), params: null } as never;
    const { error } = console;
    console.error = () => {};
    const report = await recordAndReport([...first, poison], T0 + HOUR);
    console.error = error;
    expect(report.counts).toMatchObject({ observations: 3, dropped: 1 });
    expect(judgeAgain(report)).toHaveLength(1);
  });

  test('session is that of the latest observation', async () => {
    const report = await recordAndReport([...first, me(T0 + 2 * DAY)], T0 + 3 * DAY);
    expect(report.session).toMatchObject({
      startedAt: new Date(T0 + 2 * DAY).toISOString(),
      endedAt: null,
    });
    expect(report.logins.map((l) => l.site)).toEqual([SITE]);
  });
});
