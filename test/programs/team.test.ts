import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFindingLocalizer } from '../../utils/guidance/localize-findings.ts';
import { translateIn } from '../../utils/i18n/translate-in.ts';
import type { Report } from '../../utils/report/document.ts';
import { writeNdjson } from '../../utils/report/formats/ndjson.ts';
import { writeOtlp } from '../../utils/report/formats/otlp.ts';
import { reevaluate } from '../../utils/report/import/reevaluate.ts';
import {
  QUERIES,
  queryText,
  startClickHouse,
  TEAM,
  whyNoClickHouse,
} from '../recipes/clickhouse.ts';
import type { ClickHouse } from '../recipes/clickhouse.ts';
import { importCase } from '../unit/report/samples.ts';

const t = translateIn('en');
const CASES = ['v2-me', 'v2-no-call', 'server-dark-me'] as const;
const TESTERS = 50;

/** What a tester's browser reports: one of three recorded logins, on one of two sites, of one of five builds. */
async function reportOf(tester: number): Promise<Report> {
  const imported = await importCase(CASES[tester % CASES.length] ?? 'v2-me');
  const at = Date.parse(imported.report.evaluatedAt);
  const advise = createFindingLocalizer(t);
  const { report } = reevaluate(imported, at, { nothingFollowed: true, advise });
  return {
    ...report,
    session: {
      ...report.session,
      id: `s${tester}`,
      tester: `kim ${tester}`,
      build: `b${tester % 5}`,
    },
    logins: report.logins.map((login) => ({
      ...login,
      id: `${login.id}-${tester}`,
      site: `https://shop-${tester % 2}.test`,
    })),
  };
}

/** What otlp-rows.mjs makes of reports, for one of its tables. */
function rowsOf(table: 'calls' | 'findings', reports: readonly Report[]): string {
  const input = reports.map((report) => writeOtlp(report, t)).join('');
  const script = join(TEAM, 'otlp-rows.mjs');
  const ran = spawnSync(process.execPath, [script, table], { input, encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return ran.stdout;
}

const ndjson = (reports: readonly Report[]) => reports.map((r) => writeNdjson(r, t)).join('');

test('dashboard: asks the queries as they stand in their files', () => {
  const text = readFileSync(join(TEAM, 'dashboard.json'), 'utf8');
  const { panels } = JSON.parse(text) as { panels: { targets: { rawSql: string }[] }[] };
  expect(panels.map(({ targets }) => targets[0]?.rawSql)).toEqual(QUERIES.map(queryText));
});

const missing = whyNoClickHouse();

describe.skipIf(missing)(`a team’s database${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let database: ClickHouse;
  let reports: Report[];
  beforeAll(async () => {
    reports = await Promise.all(Array.from({ length: TESTERS }, (_, i) => reportOf(i)));
    database = await startClickHouse();
    await database.load('logins', ndjson(reports));
    for (const table of ['calls', 'findings'] as const)
      await database.load(table, rowsOf(table, reports));
  });
  afterAll(() => database.close());
  const logins = () =>
    reports.flatMap((r) => r.logins.map((login) => ({ ...login, of: r.session })));
  const verdicts = (wanted: string) => logins().filter((login) => login.verdict === wanted);

  test('every login, call and finding is in its table, once, with instants and tester', async () => {
    const [login] = await database.ask(
      "SELECT count() AS n, uniqExact(tester) AS testers, countIf(logged_in > toDateTime('2026-01-01 00:00:00')) AS dated FROM logins FINAL",
    );
    expect(login).toEqual({ n: '50', testers: '50', dated: '50' });
    const calls = logins().flatMap((l) => l.calls);
    const [call] = await database.ask(
      'SELECT count() AS n, sum(counts) AS counted FROM calls FINAL',
    );
    expect(call).toEqual({
      n: String(calls.length),
      counted: String(calls.filter((c) => c.counts).length),
    });
    const findings = logins().flatMap((l) => l.findings);
    const [finding] = await database.ask('SELECT count() AS n FROM findings FINAL');
    expect(finding).toEqual({ n: String(findings.length) });
    expect(findings.length).toBeGreaterThan(0);
  });

  test('misses: by build, site, app and week', async () => {
    const rows = await database.ask(queryText('misses'));
    const missed = verdicts('missed');
    expect(missed.length).toBeGreaterThan(0);
    expect(rows.reduce((sum, row) => sum + Number(row['misses']), 0)).toBe(missed.length);
    for (const row of rows) {
      const same = missed.filter(
        ({ of, site, clientId }) =>
          of.build === row['build'] && site === row['on_site'] && clientId === row['app_key'],
      );
      expect(Number(row['misses'])).toBe(same.length);
      expect(row['week']).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  test('time to the completing call: in milliseconds', async () => {
    const rows = await database.ask(queryText('time-to-call'));
    const complete = verdicts('complete');
    expect(rows.reduce((sum, row) => sum + Number(row['completed']), 0)).toBe(complete.length);
    const [one] = complete;
    const took = Date.parse(one?.completedAt ?? '') - Date.parse(one?.loggedInAt ?? '');
    expect(took).toBeGreaterThan(0);
    expect(rows.map((row) => Number(row['median']))).toEqual(rows.map(() => took));
  });

  test('unseen share: by site, with the reason', async () => {
    const rows = await database.ask(queryText('unseen'));
    const unseen = verdicts('unseen');
    expect(unseen.length).toBeGreaterThan(0);
    expect(rows.reduce((sum, row) => sum + Number(row['unseen']), 0)).toBe(unseen.length);
    expect(rows[0]?.['because']).toBe(unseen[0]?.visibilityBecause);
  });

  test('flaky sites: those where a build is completed and missed', async () => {
    const rows = await database.ask(queryText('flaky'));
    const key = (l: { site: string | null; of: { build: string } }) => `${l.site} ${l.of.build}`;
    const both = new Set(verdicts('complete').map(key)).intersection(
      new Set(verdicts('missed').map(key)),
    );
    expect(new Set(rows.map((row) => `${String(row['on_site'])} ${String(row['build'])}`))).toEqual(
      both,
    );
    expect(both.size).toBeGreaterThan(0);
  });

  test('findings: how many logins each rule is found in', async () => {
    const rows = await database.ask(queryText('findings'));
    const rules = Map.groupBy(
      logins().flatMap((l) => l.findings.map((f) => f.rule)),
      (rule) => rule,
    );
    expect(new Map(rows.map((row) => [row['rule'], Number(row['logins'])]))).toEqual(
      new Map([...rules].map(([rule, all]) => [rule, all.length])),
    );
  });

  test('two apps whose masked keys look alike stay two, and one of many browsers stays one', async () => {
    const [first] = reports;
    const [app] = first?.apps ?? [];
    if (!first || !app) throw new Error('no report');
    const seenIn = (browser: string, keyHash: string): Report => ({
      ...first,
      apps: [{ ...app, keyHash }],
      logins: first.logins.map((login) => ({ ...login, id: `alike-${browser}` })),
    });
    const alike = [seenIn('1', '00000000aa'), seenIn('2', '00000000aa'), seenIn('3', '00000000bb')];
    await database.load('logins', ndjson(alike));
    await database.load('calls', rowsOf('calls', alike));
    const ofTable = (table: string, id: string) =>
      `SELECT app, uniqExact(${id}) AS n FROM ${table} FINAL WHERE ${id} LIKE 'alike-%' GROUP BY app ORDER BY app`;
    const twoApps = [
      { app: '00000000aa', n: '2' },
      { app: '00000000bb', n: '1' },
    ];
    expect(await database.ask(ofTable('logins', 'id'))).toEqual(twoApps);
    expect(await database.ask(ofTable('calls', 'login_id'))).toEqual(twoApps);
    const misses = await database.ask(queryText('misses'));
    expect(misses.map((row) => row['app'])).toEqual(
      expect.arrayContaining(['00000000aa', '00000000bb']),
    );
  });

  test('login judged again: replaces itself, whichever was loaded last', async () => {
    const [first] = reports;
    if (!first) throw new Error('no report');
    const later = new Date(Date.parse(first.evaluatedAt) + 86_400_000).toISOString();
    const again: Report = {
      ...first,
      evaluatedAt: later,
      logins: first.logins.map((login) => ({ ...login, verdict: 'unlinked', findings: [] })),
    };
    await database.load('logins', ndjson([again]));
    await database.load('logins', ndjson([first]));
    const id = first.logins[0]?.id ?? '';
    expect(await database.ask(`SELECT verdict FROM logins FINAL WHERE id = '${id}'`)).toEqual([
      { verdict: 'unlinked' },
    ]);
    expect(
      await database.ask("SELECT count() AS n FROM logins FINAL WHERE id NOT LIKE 'alike-%'"),
    ).toEqual([{ n: '50' }]);
  });
});
