import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Observation } from '../../../../utils/model/observation.ts';
import { reevaluate, type ImportedFile } from '../../../../utils/report/import/reevaluate.ts';
import { importReport } from '../../../../utils/report/import/import-report.ts';
import { writeJson } from '../../../../utils/report/formats/json.ts';
import { mergeReports } from '../../../../utils/report/merge/merge-reports.ts';
import { exchange, firstLogin, HOUR, me, T0 } from '../../fixtures.ts';
import { liveObservations, replayed } from '../../capture/har-as-live-traffic.ts';
import { caseNames, CASES, importCase } from '../samples.ts';

vi.setConfig({ testTimeout: 60_000 });

const AT = T0 + 30 * HOUR;

function told(id: string, observations: Observation[], at = AT, whole = true): ImportedFile {
  const session = {
    id,
    name: id,
    startedAt: null,
    endedAt: null,
    tester: '',
    build: '',
    notes: '',
  };
  return reevaluate(
    {
      about: null,
      observations,
      takenAt: at,
      report: {
        session,
        generator: { name: 'Linkwatch', version: '0', browser: 'chrome' },
        generatedAt: new Date(at).toISOString(),
        counts: { dropped: 0 },
      },
    },
    at,
    { wholeClientIds: whole },
  );
}

describe('the browser’s own recording and a HAR of the same traffic', () => {
  const both = async (name: string, whole = true) => {
    const har = await importCase(name);
    const file = JSON.parse(readFileSync(join(CASES, `${name}.har`), 'utf8')) as object;
    const live = liveObservations(replayed(file, 'chrome'));
    const at = Date.parse(har.report.evaluatedAt);
    const own = told('live', live, at, whole);
    return { har, own: importReport(writeJson(own.report)), at };
  };
  const shown = ({ report }: ImportedFile) => report.logins.map((l) => [l.site, l.verdict]);

  // Of a popup's end the browser tells less than a HAR, in which the page's text says how it went.
  const alike = caseNames.filter((name) => name !== 'v1-me');

  test.each(alike)('%s: every login shows once', async (name) => {
    const { har, own } = await both(name);
    for (const files of [
      [har, own],
      [own, har],
      [own, har, own],
    ]) {
      const merged = mergeReports(files);
      expect(shown(merged)).toEqual(shown(har));
      expect(merged.report.counts.logins).toBe(har.report.counts.logins);
      expect(merged.report.sources).toHaveLength(2);
      const again = importReport(writeJson(merged.report));
      expect(shown(mergeReports([again, har]))).toEqual(shown(har));
    }
  });

  test('also where the browser’s report masks the app key', async () => {
    const { har, own } = await both('v2-me', false);
    expect(shown(mergeReports([own, har]))).toEqual(shown(har));
  });

  test('what differs shows twice', async () => {
    const { har, own } = await both('v1-me');
    expect(mergeReports([own, har]).report.logins).toHaveLength(2);
  });
});

describe('logins that may be two', () => {
  const asHar = (observations: Observation[]): Observation[] =>
    observations.map((o) => ({ ...o, id: `har-${o.id}`, cookieStore: 'har', source: 'har' }));
  const login = (at = T0) => [...firstLogin(at), exchange(at + 4000)];
  const count = (...files: ImportedFile[]) => mergeReports(files).report.logins.length;

  test('the same in all that was seen, a little apart: shown once, with what came later shown', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 5, maxLength: 5 }),
        fc.boolean(),
        (off, called) => {
          const own = [...login(), ...(called ? [me(T0 + 6000)] : [])];
          const steps = own.map((o, i) => ({ ...o, at: o.at + (off[i] ?? 0) }));
          expect(count(told('own', own), told('har', asHar(steps)))).toBe(1);
        },
      ),
    ));

  test('one step, one answer or one call that differs: shown twice', () =>
    fc.assert(
      fc.property(
        fc.nat({ max: 4 }),
        fc.oneof(
          fc.integer({ min: 501, max: 60_000 }).map((by) => (o: Observation) => ({
            ...o,
            at: o.at + by,
          })),
          fc.constant((o: Observation) => ({ ...o, status: 'status' in o ? o.status + 1 : 0 })),
          fc.constant(() => null),
        ),
        fc.boolean(),
        (which, change, inHar) => {
          const own = [...login(), me(T0 + 6000)];
          const changed = own.flatMap((o, i) => (i === which ? (change(o) ?? []) : o));
          const [a, b] = inHar ? [own, changed] : [changed, own];
          const separate = told('own', a as Observation[]).report.counts.logins;
          const other = told('har', asHar(b as Observation[])).report.counts.logins;
          expect(
            count(told('own', a as Observation[]), told('har', asHar(b as Observation[]))),
          ).toBe(separate + other);
        },
      ),
    ));

  test('a third login of the app and site so close that it may be meant: all are shown', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -1500, max: 1500 }),
        fc.integer({ min: -500, max: 500 }),
        fc.constantFrom('own', 'lee', 'har'),
        (by, shift, where) => {
          const third = firstLogin(T0 + by, { tab: 'r:2', cookieStore: 'other' });
          const own = told('own', [...login(), ...(where === 'own' ? third : [])]);
          const har = told('har', asHar(login(T0 + shift)));
          const files = [own, har];
          if (where === 'lee') files.push(told('lee', third));
          if (where === 'har')
            files.push(told('har2', asHar(third.map((o) => ({ ...o, id: `2${o.id}` })))));
          const alone = files.reduce((n, f) => n + f.report.counts.logins, 0);
          expect(alone).toBe(3);
          expect(count(...files)).toBe(Math.abs(by) > 500 && Math.abs(by - shift) > 500 ? 2 : 3);
        },
      ),
    ));

  test('two browsers, two HARs: never taken for each other', () => {
    const lee = login().map((o) => ({ ...o, id: `lee-${o.id}` }));
    expect(count(told('kim', login()), told('lee', lee))).toBe(2);
    expect(count(told('a', asHar(login())), told('b', asHar(lee)))).toBe(2);
  });

  test('another app, site or redirect URI: both are shown', () => {
    for (const fact of [
      { clientId: 'other-app' },
      { redirectUri: 'https://page.shop.test/other' },
    ]) {
      const other = [...firstLogin(T0, { fact }), exchange(T0 + 4000)];
      expect(count(told('own', login()), told('har', asHar(other)))).toBe(2);
    }
    const site = 'https://page2.shop.test';
    const other = [...firstLogin(T0, { site }), exchange(T0 + 4000, { site })];
    expect(count(told('own', login()), told('har', asHar(other)))).toBe(2);
  });
});
