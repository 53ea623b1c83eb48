import { describe, expect, test } from 'vitest';
import { translateIn } from '../../../utils/i18n/translate-in.ts';
import { POLICY } from '../../../utils/kakao/policy.ts';
import type { Observation } from '../../../utils/model/observation.ts';
import { buildReport, type ReportInput } from '../../../utils/report/build-report.ts';
import type { Report } from '../../../utils/report/document.ts';
import { FORMATS, type FormatId } from '../../../utils/report/formats/format-list.ts';
import { writeJson } from '../../../utils/report/formats/json.ts';
import { WRITERS } from '../../../utils/report/formats/writers.ts';
import { importReport } from '../../../utils/report/import/import-report.ts';
import { createClientIdMask } from '../../../utils/report/mask-client-ids.ts';
import { mergeReports } from '../../../utils/report/merge/merge-reports.ts';
import { replay } from '../../../utils/verdict/reduce.ts';
import { api, authorize, firstLogin, HOUR, observe, SITE, T0, token } from '../fixtures.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const FORMAT_IDS = Object.keys(FORMATS) as FormatId[];
const fact = { clientId: KEY };
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function sample(): ReportInput {
  const steps = firstLogin(T0, { fact: { ...fact, params: ['scope'] } });
  const login = steps[2]?.id ?? '';
  const observations: Observation[] = [
    observe({ type: 'watch', watched: true }, T0 - 1000),
    ...steps,
    observe(token(200, fact), T0 + 4000),
    observe(api('/v2/user/me', 403, { code: -402 }), T0 + 5000),
    observe(api('/v2/user/scopes'), T0 + 6000),
    observe(api('/v2/user/me', 200, { method: 'POST' }), T0 + 7000),
    observe({ type: 'label', login, label: 'kim' }, T0 + 8000, { source: 'tester' }),
    observe({ type: 'app', clientId: KEY, fixedUserId: 'on' }, T0 + 9000, { source: 'tester' }),
    observe({ type: 'poll', clientId: KEY, watched: true }, T0 + 9500),
  ];
  const attributedTypes = new Set(['token', 'api', 'label']);
  return {
    loginState: replay(observations),
    observations: observations.map((o) =>
      attributedTypes.has(o.type) || o.id === login ? { ...o, loginId: login } : o,
    ),
    session: {
      id: 's1',
      name: '2026-11-22',
      startedAt: T0,
      endedAt: null,
      tester: 't',
      build: 'b',
      notes: 'n',
    },
    generator: { name: 'Linkwatch', version: '0.1.0', browser: 'chrome' },
    generatedAt: T0 + HOUR + 1,
    evaluatedAt: T0 + HOUR,
    dropped: 3,
  };
}

describe('buildReport', () => {
  test('report has its documented head, policy, session and apps', () => {
    const report = buildReport(sample());
    expect(Object.keys(report)).toEqual([
      'format',
      'version',
      'generatedAt',
      'evaluatedAt',
      'generator',
      'policy',
      'session',
      'apps',
      'logins',
      'findings',
      'observations',
      'counts',
      'testPlan',
    ]);
    expect(report).toMatchObject({
      format: 'linkwatch-report',
      version: 1,
      generatedAt: '2026-11-22T04:00:00.001Z',
      evaluatedAt: '2026-11-22T04:00:00.000Z',
      generator: { name: 'Linkwatch', version: '0.1.0', browser: 'chrome' },
      policy: {
        id: POLICY.id,
        windowHours: 24,
        qualifying: POLICY.qualifying,
        overridden: false,
      },
      session: {
        id: 's1',
        name: '2026-11-22',
        startedAt: '2026-11-22T03:00:00.000Z',
        endedAt: null,
        tester: 't',
        build: 'b',
        notes: 'n',
      },
      apps: [
        {
          clientId: '0123…ef',
          linkMode: 'unknown',
          linkModeBecause: 'no-evidence',
          fixedUserId: 'on',
        },
      ],
      findings: [],
    });
  });

  test('login has its documented fields', () => {
    const [login] = buildReport(sample()).logins;
    const call = {
      at: '2026-11-22T03:00:07.000Z',
      source: 'browser',
      method: 'POST',
      path: '/v2/user/me',
      status: 200,
    };
    const got = (path: string, status: number, at: string, code: number | null = null) => ({
      ...call,
      method: 'GET',
      path,
      status,
      code,
      at: `2026-11-22T03:00:${at}.000Z`,
    });
    expect(login).toEqual({
      id: login?.id,
      clientId: '0123…ef',
      site: SITE,
      redirectUri: `${SITE}/cb`,
      startedAt: '2026-11-22T03:00:00.000Z',
      loggedInAt: '2026-11-22T03:00:03.000Z',
      deadline: '2026-11-23T03:00:03.000Z',
      kind: 'first',
      kindBecause: 'consent-with-scope',
      certainty: 'likely',
      verdict: 'complete',
      verdictBecause: 'listed-call',
      verdictCertainty: 'likely',
      verdictDoubt: 'link-mode-unknown',
      rehearsal: false,
      visibility: 'browser',
      visibilityBecause: 'token-seen',
      completedAt: '2026-11-22T03:00:07.000Z',
      completedBy: call,
      account: 'kim',
      calls: [
        { ...got('/v2/user/me', 403, '05', -402), counts: false, why: 'not-200' },
        { ...got('/v2/user/scopes', 200, '06'), counts: false, why: 'never-counts' },
        { ...call, code: null, counts: true, why: 'listed' },
      ],
      findings: [],
    });
  });

  test('login without completion has null for it', () => {
    const loginState = replay(firstLogin(T0, { fact }));
    const [login] = buildReport({ ...sample(), loginState, observations: [] }).logins;
    expect(login).toMatchObject({ completedAt: null, completedBy: null, account: null, calls: [] });
  });

  test('link mode set by the tester and rehearsal are reported', () => {
    const set = observe({ type: 'app', clientId: KEY, linkMode: 'manual', windowMs: 60_000 }, T0);
    const observations = [...firstLogin(T0, { fact }), set];
    const report = buildReport({ ...sample(), loginState: replay(observations), observations });
    expect(report.policy.overridden).toBe(true);
    expect(report.apps).toEqual([
      expect.objectContaining({
        linkMode: 'manual',
        linkModeBecause: 'tester',
        fixedUserId: 'unknown',
        windowMs: 60_000,
      }),
    ]);
    expect(report.logins[0]).toMatchObject({ verdict: 'unseen', rehearsal: true });
  });

  test('counts add up, and only the chosen logins are reported', () => {
    const input = sample();
    const other = firstLogin(T0 + HOUR, { site: 'https://two.test', tab: 'r:7' });
    const observations = [...input.observations, ...other];
    const loginState = replay(observations);
    const count = (report: Report) => {
      const { counts } = report;
      expect(counts.observations).toBe(report.observations.length);
      expect(counts.logins).toBe(report.logins.length);
      expect(counts.dropped).toBe(3);
      const sum = Object.values(counts.byVerdict).reduce((a, b) => a + b, 0);
      expect(sum).toBe(counts.logins);
      for (const [name, n] of Object.entries(counts.byVerdict))
        expect(report.logins.filter((l) => l.verdict === name)).toHaveLength(n);
      return counts.logins;
    };
    const at30 = { ...input, loginState, observations, evaluatedAt: T0 + 30 * HOUR };
    expect(count(buildReport(at30))).toBe(2);
    const logins = new Set([other[2]?.id ?? '']);
    const one = buildReport({ ...at30, logins });
    expect(count(one)).toBe(1);
    expect(one.counts.byVerdict).toMatchObject({ unseen: 1, complete: 0 });
    expect(one.counts.observations).toBe(observations.length);
  });

  test('each `at` is ISO with milliseconds; no stored field leaks', () => {
    const report = buildReport(sample());
    const walk = (value: unknown): unknown[] =>
      typeof value !== 'object' || value === null
        ? []
        : Object.entries(value).flatMap(([k, v]) => (k === 'at' ? [v] : walk(v)));
    const ats = walk(report);
    expect(ats.length).toBeGreaterThan(12);
    for (const at of ats) expect(at).toMatch(ISO);
    const given = new Map(sample().observations.map((o) => [o.type, o]));
    for (const o of report.observations) {
      expect(o).not.toHaveProperty('loginId');
      const { loginId: _loginId, ...own } = given.get(o.type) ?? expect.unreachable();
      expect(Object.keys(o)).toEqual(Object.keys(own));
    }
  });
});

describe('masked app keys', () => {
  test('app keys are masked everywhere unless asked for whole', () => {
    const masked = writeJson(buildReport(sample()));
    expect(masked).not.toContain(KEY);
    expect(masked.match(/"clientId": "0123…ef"/g)?.length).toBeGreaterThan(5);
    const whole = writeJson(buildReport({ ...sample(), wholeClientIds: true }));
    expect(whole).toContain(KEY);
    expect(whole).not.toContain('…');
  });

  test('app keys are masked in every text of every format: notes, addresses, names', () => {
    const other = 'feedfeedfeedfeedfeedfeedfeedfeed';
    const input = sample();
    const uri = `kakao${KEY}://oauth`;
    input.observations = input.observations.map((o) =>
      o.type === 'authorize' ? { ...o, redirectUri: uri } : o,
    );
    const [login] = input.loginState.logins.values();
    if (!login) expect.unreachable('the sample has a login');
    login.redirectUri = uri;
    input.observations = [
      ...input.observations,
      observe({ type: 'poll', clientId: other, watched: true }, T0 + 9600),
    ];
    input.session = {
      ...input.session,
      name: KEY.toUpperCase(),
      tester: `t ${KEY}`,
      build: other,
      notes: `Key ${KEY}/${other}`,
    };
    const report = buildReport(input);
    for (const id of FORMAT_IDS) {
      const text = WRITERS[id](report, translateIn('en')).toLowerCase();
      expect(text, id).not.toContain(KEY);
      expect(text, id).not.toContain(other);
    }
    expect(report.logins[0]?.redirectUri).toBe('kakao0123…ef://oauth');
    expect(report.session.notes).toBe('Key 0123…ef/feed…ed');
    const whole = buildReport({ ...input, wholeClientIds: true });
    expect(whole.session.notes).toBe(`Key ${KEY}/${other}`);
  });

  test('keys with the same masked form stay apart everywhere', () => {
    const twin = `0123${'f'.repeat(26)}ef`;
    const observations = [
      ...firstLogin(T0, { fact }),
      ...firstLogin(T0 + HOUR, { fact: { clientId: twin } }),
      observe(authorize({ clientId: twin, outcome: 'error-page' }), T0 + 2 * HOUR),
    ];
    const report = buildReport({ ...sample(), loginState: replay(observations), observations });
    expect(report.apps.map((a) => a.clientId)).toEqual(['0123…ef', '0123…ef~2']);
    expect(report.logins.map((l) => l.clientId)).toEqual(['0123…ef', '0123…ef~2']);
    const named = (o: object) => ('clientId' in o ? o.clientId : undefined);
    expect(report.observations.map(named)).toEqual(
      observations.map(named).map((id) => id && (id === KEY ? '0123…ef' : '0123…ef~2')),
    );
  });

  test('hash of an app key: the same masked or whole, another for a key that looks alike', () => {
    const twin = `0123${'f'.repeat(26)}ef`;
    const observations = [
      ...firstLogin(T0, { fact }),
      ...firstLogin(T0 + HOUR, { fact: { clientId: twin } }),
      ...firstLogin(T0 + 2 * HOUR, { fact: { clientId: 'guessable' } }),
    ];
    const input = { ...sample(), loginState: replay(observations), observations };
    const hashes = (report: Report) => report.apps.map((app) => app.keyHash);
    const masked = buildReport(input);
    const [first, second, third] = hashes(masked);
    expect(first).toMatch(/^[0-9a-f]{10}$/);
    expect(second).toMatch(/^[0-9a-f]{10}$/);
    expect(second).not.toBe(first);
    expect(third).toBeUndefined();
    expect(hashes(buildReport({ ...input, wholeClientIds: true }))).toEqual(hashes(masked));
    const again = importReport(writeJson(masked)).report;
    expect(hashes(again)).toEqual(hashes(masked));
    const lines = WRITERS.ndjson(masked, translateIn('en')).trim().split('\n');
    const ofLines = lines.map(
      (line) => (JSON.parse(line) as { app_key_hash: unknown }).app_key_hash,
    );
    expect(ofLines).toEqual([first, second, null]);
    for (const id of ['csv', 'otlp'] as const)
      expect(WRITERS[id](masked, translateIn('en'))).toContain(second);
  });

  test('report without hashes of its keys is read and gets none', () => {
    const report = buildReport(sample());
    const apps = report.apps.map(({ keyHash: _keyHash, ...app }) => app);
    const old = importReport(JSON.stringify({ ...report, apps })).report;
    expect(old.apps.map((app) => app.keyHash)).toEqual([undefined]);
    expect(old.logins).toHaveLength(report.logins.length);
  });

  test('merged: masked keys that look alike and are not one app stay two, with their hashes', () => {
    const twin = `0123${'f'.repeat(26)}ef`;
    const fileOf = (clientId: string, at: number) => {
      const observations = firstLogin(at, { fact: { clientId } });
      const input = { ...sample(), loginState: replay(observations), observations };
      return importReport(writeJson(buildReport(input)));
    };
    const [one, same, other] = [fileOf(KEY, T0), fileOf(KEY, T0 + HOUR), fileOf(twin, T0 + HOUR)];
    const hashes = (report: Report) => report.apps.map((app) => app.keyHash);
    expect(hashes(mergeReports([one, same]).report)).toEqual(hashes(one.report));
    const merged = mergeReports([one, other]).report;
    expect(hashes(merged)).toEqual([...hashes(one.report), ...hashes(other.report)]);
  });

  test('mask gives each key one form of its own and keeps `unknown`', () => {
    const mask = createClientIdMask();
    const keys = ['app-1', 'app-2', 'app-3', KEY, 'ap', 'unknown', 'un'];
    const masked = keys.map(mask);
    expect(new Set(masked).size).toBe(keys.length);
    expect(keys.map(mask)).toEqual(masked);
    expect(mask('unknown')).toBe('unknown');
  });
});

test('same input gives the same bytes', () => {
  const input = sample();
  const text = writeJson(buildReport(input));
  expect(writeJson(buildReport(structuredClone(input)))).toBe(text);
  expect(text.endsWith('}\n')).toBe(true);
  expect(JSON.parse(text)).toEqual(buildReport(input));
});
