import { describe, expect, test } from 'vitest';
import { createFindingLocalizer } from '../../../utils/guidance/localize-findings.ts';
import { translateIn } from '../../../utils/i18n/translate-in.ts';
import { buildReport, type ReportInput } from '../../../utils/report/build-report.ts';
import { writeJson } from '../../../utils/report/formats/json.ts';
import { importReport } from '../../../utils/report/import/import-report.ts';
import { reevaluate } from '../../../utils/report/import/reevaluate.ts';
import { APP, authorize, HOUR, observe, T0 } from '../fixtures.ts';
import { call, guidanceInputOf, visibleLogin } from './rule-cases.ts';

const bare = observe(
  authorize({ params: ['client_id', 'response_type'], outcome: 'error', error: 'access_denied' }),
  T0 - HOUR,
);
const history = [bare, ...visibleLogin(), ...call('/v2/user/scopes')];

function input(more: Partial<ReportInput> = {}): ReportInput {
  return {
    ...guidanceInputOf(history),
    session: {
      id: 's',
      name: 's',
      tester: '',
      build: '',
      notes: '',
      startedAt: T0 - 2 * HOUR,
      endedAt: null,
    },
    generator: { name: 'Linkwatch', version: '0', browser: 'chrome' },
    generatedAt: T0 + 30 * HOUR,
    evaluatedAt: T0 + 30 * HOUR,
    dropped: 0,
    ...more,
  };
}

describe('findings in a report', () => {
  const report = buildReport(input({ advise: createFindingLocalizer(translateIn('en')) }));
  const [login] = report.logins;

  test('findings of a login stand in it, worst first, in words', () => {
    expect(login?.findings.map((f) => f.rule).slice(0, 2)).toEqual([
      'uncounted-only',
      'window-passed',
    ]);
    expect(login?.findings[0]).toMatchObject({
      severity: 'error',
      title: 'Only calls that do not count were seen: GET /v2/user/scopes',
    });
    expect(login?.findings[0]?.fix.length).toBeGreaterThan(1);
  });

  test.each(['en', 'ko'] as const)('%s: Kakao is cited in the reader’s language', (language) => {
    const { findings } = buildReport(
      input({ advise: createFindingLocalizer(translateIn(language)) }),
    );
    const pages = new Set(findings.map(({ docs = '' }) => docs.replace(/[\w-]+$/, '')));
    expect([...pages]).toEqual([
      `https://developers.kakao.com/docs/latest/${language}/kakaologin/`,
    ]);
  });

  test('findings of an app stand in the report, with a masked key', () => {
    const rules = report.findings.map((f) => f.rule).sort();
    expect(rules).toEqual(['consent-cancelled', 'no-state']);
    for (const f of report.findings) expect(f.clientId).toBe(report.apps[0]?.clientId);
    expect(JSON.stringify(report)).not.toContain(APP);
  });

  test('evidence is in the report', () => {
    const ids = new Set(report.observations.map((o) => o.id));
    for (const f of [...report.findings, ...report.logins.flatMap((l) => l.findings)])
      for (const id of f.evidence) expect(ids).toContain(id);
  });

  test('imported report gives the same findings in another language', () => {
    const again = reevaluate(importReport(writeJson(report)), T0 + 30 * HOUR, {
      advise: createFindingLocalizer(translateIn('ko')),
    }).report;
    const rules = (r: typeof report) => [
      ...r.findings.map((f) => [f.rule, f.evidence]),
      ...r.logins.flatMap((l) => l.findings.map((f) => [f.rule, f.evidence])),
    ];
    expect(rules(again)).toEqual(rules(report));
    expect(again.logins[0]?.findings[0]?.title).toMatch(/호출만 있었습니다: GET/);
  });

  test('no findings without a language, and never silenced ones', () => {
    expect(buildReport(input()).logins[0]?.findings).toEqual([]);
    const silence = observe(
      { type: 'silence', clientId: APP, rule: 'no-state', silenced: true },
      T0 + 9000,
      { source: 'tester' },
    );
    const silenced = buildReport(
      input({
        ...guidanceInputOf([...history, silence]),
        advise: createFindingLocalizer(translateIn('en')),
      }),
    );
    expect(silenced.findings.map((f) => f.rule)).toEqual(['consent-cancelled']);
  });
});
