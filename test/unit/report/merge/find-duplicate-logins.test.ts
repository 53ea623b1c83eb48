import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withLinkModes } from '../../../../bin/link-modes.ts';
import type { Observation } from '../../../../utils/model/observation.ts';
import { writeJson } from '../../../../utils/report/formats/json.ts';
import type { ImportedFile } from '../../../../utils/report/import/file-contents.ts';
import { importReport } from '../../../../utils/report/import/import-report.ts';
import { reevaluate } from '../../../../utils/report/import/reevaluate.ts';
import { mergeReports } from '../../../../utils/report/merge/merge-reports.ts';
import { liveObservations, replayed } from '../../capture/har-as-live-traffic.ts';
import { exchange, firstLogin, HOUR, me, observe, repeatLogin, T0 } from '../../fixtures.ts';
import { mode } from '../../verdict/known-cases/known-case.ts';
import { caseNames, CASES, importCase } from '../samples.ts';

const AT = T0 + 30 * HOUR;

function importedFile(
  id: string,
  observations: Observation[],
  at = AT,
  whole = true,
): ImportedFile {
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

describe('HAR and own recording of the same traffic', () => {
  const both = async (name: string, whole = true) => {
    const har = await importCase(name);
    const file = JSON.parse(readFileSync(join(CASES, `${name}.har`), 'utf8')) as object;
    const live = liveObservations(replayed(file, 'chrome'));
    const at = Date.parse(har.report.evaluatedAt);
    const own = importedFile('live', live, at, whole);
    return { har, own: importReport(writeJson(own.report)), at };
  };
  const shown = ({ report }: ImportedFile) => report.logins.map((l) => [l.site, l.verdict]);
  const said = ({ report }: ImportedFile) =>
    report.logins.map((l) => [l.kind, l.certainty, l.verdict, l.verdictCertainty]);

  // Of the end of a popup login the browser shows less than a HAR, which holds the text of the page.
  const alike = caseNames.filter((name) => name !== 'v1-me');

  test.each(alike)('%s: each login is shown once', async (name) => {
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

  test.each(alike)('%s: as sure as the HAR alone', async (name) => {
    const { har, own } = await both(name);
    expect(said(mergeReports([har, own]))).toEqual(said(har));
    expect(said(mergeReports([own, har]))).toEqual(said(har));
  });

  test('link mode that the user says of both: shown once', async () => {
    const { har, own, at } = await both('v2-me');
    const modes = [{ clientId: har.report.logins[0]?.clientId ?? '', linkMode: 'auto' as const }];
    const files = [har, own].map((file) => withLinkModes(file, modes, at).contents);
    expect(shown(mergeReports(files as ImportedFile[]))).toEqual(shown(har));
  });

  test('masked app key in the browser’s report: shown once', async () => {
    const { har, own } = await both('v2-me', false);
    expect(shown(mergeReports([own, har]))).toEqual(shown(har));
  });

  test('logins that differ are both shown', async () => {
    const { har, own } = await both('v1-me');
    expect(mergeReports([own, har]).report.logins).toHaveLength(2);
  });
});

describe('similar logins', () => {
  const asHar = (observations: Observation[]): Observation[] =>
    observations.map((o) => ({ ...o, id: `har-${o.id}`, cookieStore: 'har', source: 'har' }));
  const login = (at = T0) => [...firstLogin(at), exchange(at + 4000)];
  const count = (...files: ImportedFile[]) => mergeReports(files).report.logins.length;

  test('same requests within half a second: shown once', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 5, maxLength: 5 }),
        fc.boolean(),
        (off, called) => {
          const own = [...login(), ...(called ? [me(T0 + 6000)] : [])];
          const steps = own.map((o, i) => ({ ...o, at: o.at + (off[i] ?? 0) }));
          expect(count(importedFile('own', own), importedFile('har', asHar(steps)))).toBe(1);
        },
      ),
    ));

  test('one request or answer that differs: both shown', () =>
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
          // A HAR may end before the last of them.
          fc.pre(!(inHar && which === own.length - 1 && b.length < own.length));
          const separate = importedFile('own', a as Observation[]).report.counts.logins;
          const other = importedFile('har', asHar(b as Observation[])).report.counts.logins;
          expect(
            count(
              importedFile('own', a as Observation[]),
              importedFile('har', asHar(b as Observation[])),
            ),
          ).toBe(separate + other);
        },
      ),
    ));

  test('HAR that ends before a call: shown once, with the call', () => {
    const own = importedFile('own', [...login(), me(T0 + 6000)]);
    const har = importedFile('har', asHar(login()));
    const { logins } = mergeReports([own, har]).report;
    expect(logins.map((l) => [l.kind, l.certainty, l.verdict])).toEqual([
      ['first', 'certain', 'complete'],
    ]);
    expect(
      count(
        importedFile('own', login()),
        importedFile('har', asHar(own.observations as Observation[])),
      ),
    ).toBe(2);
  });

  test('HAR that ends before a call, its server’s record later: shown once, with the call', () => {
    const own = importedFile('own', [...login(), me(T0 + 6000)]);
    const served = me(T0 + HOUR, { source: 'server', cookieStore: 'har' }, { target: 'other' });
    const joined = { ...served, id: `egress-1-${T0 + HOUR}-api-3` };
    const har = importedFile('har', [...asHar(login()), joined]);
    expect(mergeReports([own, har]).report.logins.map((l) => l.verdict)).toEqual(['complete']);
  });

  test.each([
    ['sign-up', 'manual', me(T0 + 6000, {}, { hasSignedUp: true }), 'missed likely'],
    [
      'token that was handed over',
      'auto',
      observe({ type: 'token-handed' }, T0 + 6000),
      'missed likely',
    ],
  ] as const)('%s that only the HAR’s bodies tell: no sure miss', (_, linkMode, told, expected) => {
    const seen = told.type === 'api' ? [{ ...told, id: 'me', hasSignedUp: null }] : [];
    const own = importedFile('own', [mode(linkMode), ...login(), ...seen]);
    const har = importedFile('har', asHar([...login(), told]));
    const { logins } = mergeReports([own, har]).report;
    expect(logins.map((l) => `${l.verdict} ${l.verdictCertainty}`)).toEqual([expected]);
  });

  test('link whose beginning only the HAR tells: its kind is as sure as the HAR alone is', () => {
    const scoped = firstLogin(T0, { fact: { params: ['client_id', 'scope'] } });
    const called = me(T0 + 6000, {}, { connectedAt: T0 + 3000 });
    const own = [
      mode('auto'),
      ...scoped,
      exchange(T0 + 4000),
      { ...called, id: 'me', connectedAt: null },
    ];
    const har = asHar([...scoped, exchange(T0 + 4000), called] as Observation[]);
    const kinds = (...files: ImportedFile[]) =>
      mergeReports(files).report.logins.map((l) => `${l.kind} ${l.certainty}`);
    expect(kinds(importedFile('own', own as Observation[]))).toEqual(['first likely']);
    expect(kinds(importedFile('own', own as Observation[]), importedFile('har', har))).toEqual([
      'first certain',
    ]);
  });

  test('call that may be of a HAR’s login, after that ended: no sure miss', () => {
    const first = [
      mode('auto'),
      ...firstLogin(T0, { tab: 'r:2' }),
      exchange(T0 + 4000, { tab: 'r:2' }),
    ];
    const again = [...repeatLogin(T0 + HOUR), exchange(T0 + HOUR + 2000)];
    const har = importedFile('har', asHar([...first, ...again]));
    const own = importedFile('own', [...again, me(T0 + 2 * HOUR)]);
    const missed = mergeReports([har, own]).report.logins.find((l) => l.kind === 'first');
    expect([missed?.verdict, missed?.verdictCertainty]).toEqual(['missed', 'likely']);
  });

  test('third login close enough to be meant: all shown', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -1500, max: 1500 }),
        fc.integer({ min: -500, max: 500 }),
        fc.constantFrom('own', 'lee', 'har'),
        (by, shift, where) => {
          const third = firstLogin(T0 + by, { tab: 'r:2', cookieStore: 'other' });
          const own = importedFile('own', [...login(), ...(where === 'own' ? third : [])]);
          const har = importedFile('har', asHar(login(T0 + shift)));
          const files = [own, har];
          if (where === 'lee') files.push(importedFile('lee', third));
          if (where === 'har')
            files.push(importedFile('har2', asHar(third.map((o) => ({ ...o, id: `2${o.id}` })))));
          const alone = files.reduce((n, f) => n + f.report.counts.logins, 0);
          expect(alone).toBe(3);
          expect(count(...files)).toBe(Math.abs(by) > 500 && Math.abs(by - shift) > 500 ? 2 : 3);
        },
      ),
    ));

  test('two browsers or two HARs: both shown', () => {
    const lee = login().map((o) => ({ ...o, id: `lee-${o.id}` }));
    expect(count(importedFile('kim', login()), importedFile('lee', lee))).toBe(2);
    expect(count(importedFile('a', asHar(login())), importedFile('b', asHar(lee)))).toBe(2);
  });

  test('another app, site or redirect URI: both shown', () => {
    for (const fact of [
      { clientId: 'other-app' },
      { redirectUri: 'https://page.shop.test/other' },
    ]) {
      const other = [...firstLogin(T0, { fact }), exchange(T0 + 4000)];
      expect(count(importedFile('own', login()), importedFile('har', asHar(other)))).toBe(2);
    }
    const site = 'https://page2.shop.test';
    const other = [...firstLogin(T0, { site }), exchange(T0 + 4000, { site })];
    expect(count(importedFile('own', login()), importedFile('har', asHar(other)))).toBe(2);
  });
});
