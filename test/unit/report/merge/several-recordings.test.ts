import { expect, test } from 'vitest';
import type { Observation } from '../../../../utils/model/observation.ts';
import { writeJson } from '../../../../utils/report/formats/json.ts';
import type { ImportedFile } from '../../../../utils/report/import/file-contents.ts';
import { importFile } from '../../../../utils/report/import/import-file.ts';
import { importReport } from '../../../../utils/report/import/import-report.ts';
import { reevaluate } from '../../../../utils/report/import/reevaluate.ts';
import { mergeReports } from '../../../../utils/report/merge/merge-reports.ts';
import { APP, exchange, firstLogin, HOUR, me, observe, repeatLogin, T0 } from '../../fixtures.ts';
import {
  harEntries,
  harFirstLogin,
  harMe,
  harRepeat,
  inTab,
  type HarRequest,
} from '../../verdict/known-cases/har-requests.ts';
import { agree, mode } from '../../verdict/known-cases/known-case.ts';

/** What a tester's extension exported at an instant, written and read again. */
function exported(tester: string, at: number, observations: Observation[]): ImportedFile {
  const file = reevaluate(
    {
      about: null,
      observations: observations.map((o) => ({ ...o, id: `${tester}-${o.id}` })),
      takenAt: at,
      report: {
        session: {
          id: tester,
          name: tester,
          startedAt: new Date(T0).toISOString(),
          endedAt: new Date(at).toISOString(),
          tester,
          build: '',
          notes: '',
        },
        generator: { name: 'Linkwatch', version: '0', browser: 'chrome' },
        generatedAt: new Date(at).toISOString(),
        counts: { dropped: 0 },
      },
    },
    at,
    { wholeClientIds: true },
  );
  const text = writeJson(file.report);
  return importReport(text);
}

/** What developer tools saved. */
async function har(name: string, requests: readonly HarRequest[]): Promise<ImportedFile> {
  const entries = harEntries(inTab('page_1', requests));
  const text = JSON.stringify({ log: { entries } });
  return importFile([new TextEncoder().encode(text)], {
    name,
    generator: { name: 'Linkwatch', version: '0' },
    generatedAt: T0 + 50 * HOUR,
  });
}

/** As the page and the command line judge it by default: now. */
function verdictsNow(files: ImportedFile[], nothingFollowed = false) {
  const { report } = reevaluate(mergeReports(files), T0 + 50 * HOUR, { nothingFollowed });
  return report.logins.map((l) => `${l.verdict} ${l.verdictCertainty}`);
}

const kim = () =>
  exported('kim', T0 + 2 * HOUR, [mode('auto'), ...firstLogin(T0), exchange(T0 + 60_000)].flat());

test('report that ends two hours after its login, judged two days later: no miss by itself', () => {
  expect(verdictsNow([kim()])[0]).not.toBe('missed certain');
});

test('the same merged with the report of a tester who went on for longer: no miss by itself', () => {
  const lee = exported(
    'lee',
    T0 + 40 * HOUR,
    [
      mode('auto'),
      ...firstLogin(T0 + HOUR),
      exchange(T0 + HOUR + 60_000),
      me(T0 + HOUR + 120_000),
    ].flat(),
  );
  expect(verdictsNow([kim(), lee])[0]).not.toBe('missed certain');
});

test('the same merged with a HAR, whose end is told: no miss by itself', async () => {
  const file = await har('lee', [...harFirstLogin(T0 + 26 * HOUR), harMe(T0 + 26 * HOUR + 4000)]);
  expect(verdictsNow([kim(), file])[0]).not.toBe('missed certain');
});

test('another browser’s report of a repeat and its call in the window: a miss is not certain', () => {
  const inChrome = exported(
    'chrome',
    T0 + 30 * HOUR,
    [mode('auto'), ...firstLogin(T0), exchange(T0 + 60_000)].flat(),
  );
  const inFirefox = exported(
    'firefox',
    T0 + 31 * HOUR,
    [
      mode('auto'),
      ...repeatLogin(T0 + HOUR),
      exchange(T0 + HOUR + 60_000),
      me(T0 + HOUR + 120_000),
    ].flat(),
  );
  expect(verdictsNow([inChrome, inFirefox], true)[0]).not.toBe('missed certain');
});

const AUTO = observe({ type: 'app', clientId: APP, linkMode: 'auto' }, T0 - 1000, {
  source: 'tester',
  tab: null,
});

test.each([
  ['the call with the same token', [harMe(T0 + 2 * HOUR)]],
  ['a repeat and its call', [...harRepeat(T0 + 2 * HOUR), harMe(T0 + 2 * HOUR + 60_000)]],
])('two files of one tab, the second with %s: a miss is not certain', async (_, second) => {
  const files = [await har('first', harFirstLogin(T0)), await har('second', second)];
  const withMode = files.map((f, i) => ({
    ...f,
    observations: [{ ...AUTO, id: `auto-${i}` }, ...f.observations],
  }));
  expect(verdictsNow(withMode, true)[0]).not.toBe('missed certain');
});

test('unknown apps in two testers’ files: one’s link mode says nothing of the other', () => {
  const ofUnknownApp = (tester: string, site: string, wholeBody: boolean) =>
    exported(tester, T0 + 50 * HOUR, [
      agree(T0, { site }),
      me(T0 + 1000, { source: 'server', site }, { wholeBody }),
    ]);
  const auto = ofUnknownApp('kim', 'https://one.test', true);
  const untold = ofUnknownApp('lee', 'https://two.test', false);
  for (const files of [
    [auto, untold],
    [untold, auto],
  ])
    expect(verdictsNow(files)).toEqual(['complete likely', 'complete likely']);
});
