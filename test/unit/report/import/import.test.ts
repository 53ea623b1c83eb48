import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createFindingLocalizer } from '../../../../utils/guidance/localize-findings.ts';
import { translateIn } from '../../../../utils/i18n/translate-in.ts';
import { writeJson } from '../../../../utils/report/formats/json.ts';
import { writeOtlp } from '../../../../utils/report/formats/otlp.ts';
import { WRITERS } from '../../../../utils/report/formats/writers.ts';
import { importErrorText } from '../../../../utils/report/import/import-error-text.ts';
import { ImportError } from '../../../../utils/report/import/import-error.ts';
import { importReport } from '../../../../utils/report/import/import-report.ts';
import { reevaluate } from '../../../../utils/report/import/reevaluate.ts';
import {
  api,
  APP,
  firstLogin,
  HOUR,
  observe,
  repeatLogin,
  SITE,
  T0,
  token,
} from '../../fixtures.ts';
import { freshProfile, onStore, startWorker } from '../../store/database.ts';
import { history } from '../../verdict/random-histories.ts';
import { readLatestReport } from '../read-latest-report.ts';
import { caseNames, importBytes, importCase } from '../samples.ts';

beforeEach(freshProfile);

const GENERATOR = { name: 'Linkwatch', version: '0', browser: 'chrome' };
type Json = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any

describe('import of an exported report', () => {
  test.each(caseNames)('%s: same bytes, and same verdicts at every instant', async (name) => {
    const original = await importCase(name);
    const text = writeJson(original.report);
    const again = importReport(text);
    expect(writeJson(again.report)).toBe(text);
    for (const hours of [0, 1, 30, 100]) {
      const at = Date.parse(original.report.evaluatedAt) + (hours - 30) * HOUR;
      const judged = [again, original].map((file) =>
        reevaluate(file, at, { nothingFollowed: true }),
      );
      expect(judged[0]?.report.logins).toEqual(judged[1]?.report.logins);
    }
  });

  test('recorded session: same verdicts before and after the import', async () => {
    const login = firstLogin(T0);
    const observed = [
      observe({ type: 'app', clientId: APP, linkMode: 'auto' }, T0 - HOUR, { source: 'tester' }),
      ...login,
      observe(token(), T0 + 4000),
      observe(api('/v2/user/me', 403, { code: -402, requiredScopes: ['friends'] }), T0 + 5000),
      observe({ type: 'label', login: login[2]?.id ?? '', label: '김' }, T0 + 6000),
      observe({ type: 'pause', paused: true }, T0 + 7000, { site: null }),
      observe({ type: 'pause', paused: false }, T0 + 8000, { site: null }),
      observe({ type: 'start' }, T0 + 9000, { site: null }),
      observe({ type: 'watch', watched: false }, T0 + 9500),
      ...repeatLogin(T0 + 10_000),
      observe({ type: 'frame' }, T0 + 11_000),
      observe({ type: 'poll', clientId: null, watched: true }, T0 + 12_000),
      observe({ type: 'bad-report', reason: 'path' }, T0 + 13_000, { source: 'server' }),
      observe({ type: 'leak', what: 'admin-key', clientId: null }, T0 + 14_000),
      observe({ type: 'silence', clientId: APP, rule: 'r', silenced: true }, T0 + 15_000),
      observe(
        { type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'error', error: null },
        T0 + 16_000,
      ),
    ];
    await startWorker().record(observed);
    const report = await onStore((db) => readLatestReport(db, GENERATOR, T0 + 30 * HOUR));
    const text = writeJson(report ?? expect.unreachable());
    const imported = importReport(text);
    expect(writeJson(imported.report)).toBe(text);
    expect(imported.report.logins.map((l) => l.verdict)).toEqual(
      report?.logins.map((l) => l.verdict),
    );
    expect(imported.report.logins.length).toBe(2);
  });

  test('random histories: same bytes after the import', async () => {
    await fc.assert(
      fc.asyncProperty(history(), fc.integer({ min: -2, max: 60 }), async (observations, hours) => {
        const first = reevaluate(
          {
            about: null,
            observations,
            takenAt: 0,
            report: {
              session: {
                id: 's',
                name: '',
                startedAt: null,
                endedAt: null,
                tester: '',
                build: '',
                notes: '',
              },
              generator: GENERATOR,
              generatedAt: new Date(T0).toISOString(),
              counts: { dropped: 0 },
            },
          },
          T0 + hours * HOUR,
        );
        const text = writeJson(first.report);
        expect(writeJson(importReport(text).report)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  test('findings keep their language at the report’s own instant', async () => {
    const imported = await importCase('v2-friends-403');
    const at = Date.parse(imported.report.evaluatedAt);
    const advise = createFindingLocalizer(translateIn('ko'));
    const text = writeJson(reevaluate(imported, at, { advise }).report);
    expect(text).toMatch(/"fix": \[\n +"[^"]*[가-힣]/);
    expect(writeJson(importReport(text).report)).toBe(text);
    expect(writeJson(reevaluate(importReport(text), at, { advise }).report)).toBe(text);
  });

  test('whole app keys stay whole and masked keys masked', async () => {
    const imported = await importCase('v2-me');
    const whole = reevaluate(imported, Date.parse(imported.report.evaluatedAt), {
      wholeClientIds: true,
    });
    expect(whole.report.apps[0]?.clientId).toBe('js-key-0001');
    const text = writeJson(whole.report);
    expect(writeJson(importReport(text).report)).toBe(text);
    const masked = reevaluate(importReport(text), 0).report;
    expect(JSON.stringify(masked)).not.toContain('js-key-0001');
  });

  test('fields of a newer version are left out', async () => {
    const report: Json = (await importCase('v2-me')).report;
    report['more'] = 1;
    report['observations'][0].more = { deep: [] };
    report['logins'][0].more = 'x';
    const again = importReport(JSON.stringify(report));
    expect(JSON.stringify(again.report)).not.toContain('"more"');
  });
});

const problemOf = (text: string): ImportError => {
  try {
    importReport(text);
  } catch (error) {
    if (error instanceof ImportError) return error;
    throw error;
  }
  return expect.unreachable(`imported: ${text.slice(0, 80)}`);
};

describe('import of a bad file names the problem', () => {
  const broken = async (change: (r: Json) => void) => {
    const report = structuredClone((await importCase('v2-me')).report);
    change(report);
    return problemOf(JSON.stringify(report));
  };

  test.each<[string, (r: Json) => void, Partial<ImportError>]>([
    ['another format', (r) => (r['format'] = 'x'), { problem: 'not-ours' }],
    ['a newer version', (r) => (r['version'] = 2), { problem: 'version', field: '2' }],
    [
      'an object for the version',
      (r) => (r['version'] = { toString: 1 }),
      { problem: 'version', field: 'version' },
    ],
    [
      'a day that its month does not have',
      (r) => (r['evaluatedAt'] = '2026-02-30T04:00:00.000Z'),
      { problem: 'field', field: 'evaluatedAt' },
    ],
    ['no session', (r) => delete r['session'], { problem: 'field', field: 'session' }],
    ['a number for a name', (r) => (r['session'].name = 1), { field: 'session.name' }],
    ['a long name', (r) => (r['session'].name = 'x'.repeat(501)), { field: 'session.name' }],
    [
      'an impossible date',
      (r) => (r['evaluatedAt'] = '2026-02-31T99:00:00.000Z'),
      { field: 'evaluatedAt' },
    ],
    [
      'local time',
      (r) => (r['logins'][0].loggedInAt = '2026-11-22T01:02:03'),
      { field: 'logins.0.loggedInAt' },
    ],
    ['an unknown verdict', (r) => (r['logins'][0].verdict = 'fine'), { field: 'logins.0.verdict' }],
    [
      'an unknown observation',
      (r) => (r['observations'][3].type = 'x'),
      { field: 'observations.3.type' },
    ],
    [
      'a status of text',
      (r) => (r['observations'].find((o: Json) => o['type'] === 'api').status = '200'),
      { problem: 'field' },
    ],
    ['an object for the observations', (r) => (r['observations'] = {}), { field: 'observations' }],
    [
      'a reserved tab',
      (r) => (r['observations'][0].tab = '__proto__'),
      { field: 'observations.0.tab' },
    ],
    [
      'a reserved store',
      (r) => (r['observations'][0].cookieStore = 'constructor'),
      { field: 'observations.0.cookieStore' },
    ],
    ['a reserved app', (r) => (r['apps'][0].clientId = 'toString'), { field: 'apps.0.clientId' }],
    [
      'markup as a site',
      (r) => (r['logins'][0].site = 'https://x"><script>'),
      { field: 'logins.0.site' },
    ],
    [
      'too few observations',
      (r) => r['observations'].pop(),
      { problem: 'counts', field: 'counts.observations' },
    ],
    [
      'one login too many in the counts',
      (r) => (r['counts'].logins += 1),
      { problem: 'counts', field: 'counts.logins' },
    ],
    [
      'verdict counts that do not add up',
      (r) => (r['counts'].byVerdict.late = 3),
      { problem: 'counts', field: 'counts.byVerdict.late' },
    ],
    [
      'one observation twice',
      (r) => (r['observations'][1] = r['observations'][0]),
      { problem: 'twice' },
    ],
    [
      'a login without observations',
      (r) => (r['logins'][0].id = 'nobody'),
      { problem: 'no-login', field: 'logins.0.id' },
    ],
    ['a negative count', (r) => (r['counts'].dropped = -1), { field: 'counts.dropped' }],
  ])('report with %s', async (_name, change, expected) => {
    const error = await broken(change);
    expect(error).toMatchObject(expected);
    for (const t of [translateIn('en'), translateIn('ko')]) {
      const text = importErrorText(error, t);
      expect(text).not.toMatch(/\$\d|\n|undefined/);
      expect(text).toContain(error.field);
    }
  });

  test.each<[string, (r: Json) => void, string]>([
    [
      'text of another form',
      (r) => (r['logins'][0].site = 'SECRET"<'),
      'logins.0.site: expected an origin such as https://shop.example, found text of length 8',
    ],
    [
      'another word',
      (r) => (r['logins'][0].kind = 'SECRET'),
      'logins.0.kind: expected one of first, repeat, unknown, found text of length 6',
    ],
    [
      'text that is too long',
      (r) => (r['session'].name = 'SECRET'.repeat(100)),
      'session.name: expected text of at most 500 characters, found text of length 600',
    ],
    [
      'an object for text',
      (r) => (r['session'].name = { SECRET: 1 }),
      'session.name: expected text, found an object with 1 fields',
    ],
    [
      'a status that there is not',
      (r) => (r['observations'].find((o: Json) => o['type'] === 'api').status = 1000),
      'status: expected an HTTP status from 0 to 999, found a number',
    ],
    [
      'a field that is missing',
      (r) => delete r['session'].notes,
      'session.notes: expected a value, found nothing',
    ],
    [
      'text for the version',
      (r) => (r['version'] = 'SECRET'),
      'version: expected one of 1, found text of length 6',
    ],
  ])('%s: the line names type and length, and what to do', async (_name, change, words) => {
    const line = importErrorText(await broken(change), translateIn('en'));
    expect(line).toContain(words);
    expect(line).toMatch(
      /^The report is not valid at [\w.]+: .+\. Export it from Linkwatch again\.$/,
    );
    expect(line).not.toContain('SECRET');
    expect(importErrorText(await broken(change), translateIn('ko'))).not.toContain('SECRET');
  });

  test('text that is not JSON: the line tells the position and quotes nothing', () => {
    const line = importErrorText(problemOf('{"a": SECRET}'), translateIn('en'));
    expect(line).toBe(
      'The file is not JSON: the fault is at position 6. Record it again, or export it as .json.',
    );
  });

  test.each<[string, string, ImportError['problem']]>([
    ['nothing', '', 'empty'],
    ['space', ' \n', 'empty'],
    ['text', 'hello', 'not-json'],
    ['half a report', '{"format":"linkwatch-report","ver', 'truncated'],
    ['one bracket', '[', 'truncated'],
    ['a list', '[]', 'not-ours'],
    ['null', 'null', 'not-ours'],
    ['a text', '"linkwatch-report"', 'not-ours'],
    ['only the format', '{"format":"linkwatch-report"}', 'version'],
    ['deep nesting', '['.repeat(200_000), 'truncated'],
  ])('file with %s', (_name, text, problem) => {
    expect(problemOf(text).problem).toBe(problem);
  });

  test('reading that fails in the middle of a HAR: its own failure is told, not bad JSON', async () => {
    const { importFile } = await import('../../../../utils/report/import/import-file.ts');
    const failure = Object.assign(new Error('EIO'), { code: 'EIO' });
    const chunks = (function* () {
      yield Buffer.from('{"log":{"entries":['.padEnd(8192));
      throw failure;
    })();
    const options = { name: '', generator: GENERATOR, generatedAt: 0 };
    await expect(importFile(chunks, options)).rejects.toBe(failure);
  });

  test('spans: those that a report was written as are told from those of a server', async () => {
    const { report } = await importCase('v2-me');
    const own = Buffer.from(writeOtlp(report, translateIn('en')));
    await expect(importBytes(own)).rejects.toMatchObject({ problem: 'own-spans' });
    const others = Buffer.from(own.toString().replaceAll('"linkwatch"', '"shop"'));
    await expect(importBytes(others)).rejects.toMatchObject({ problem: 'server-alone' });
  });

  const webhook = { app_id: '1', user_id: '4000000001', referrer_type: 'UNLINK_FROM_APPS' };
  test.each([
    ['lines', 'INFO app_id=1&user_id=4000000001&referrer_type=UNLINK_FROM_APPS\n'],
    ['a JSON list', JSON.stringify([webhook], null, 2)],
    ['JSON in each line', `${JSON.stringify(webhook)}\n`.repeat(2)],
  ])('log of unlink webhooks, %s: the line leads to where it is read', async (_, text) => {
    const error = await importBytes(Buffer.from(text)).catch((e: unknown) => e);
    expect(error).toMatchObject({ problem: 'webhook-log' });
    const line = importErrorText(error as ImportError, translateIn('en'));
    expect(line).toBe(
      'This is a log of unlink webhooks. Choose it under “Unlink webhooks” on this page.',
    );
  });

  test.each(['html', 'md', 'csv', 'junit', 'ndjson'] as const)(
    'report exported as %s: the line leads to its .json',
    async (format) => {
      const { report } = await importCase('v2-me');
      for (const language of ['en', 'ko'] as const) {
        const t = translateIn(language);
        const written = WRITERS[format](report, t);
        // One record a line: there may be one line, or more.
        const texts = format === 'ndjson' ? [written, written + written] : [written];
        for (const text of texts) {
          const error = await importBytes(Buffer.from(text)).catch((e: unknown) => e);
          expect(importErrorText(error as ImportError, t)).toContain('.json');
        }
      }
    },
  );

  test('byte order mark is accepted', async () => {
    const text = writeJson((await importCase('v2-me')).report);
    expect(writeJson(importReport(`\uFEFF${text}`).report)).toBe(text);
    const bytes = Buffer.from(`\uFEFF${text}`);
    expect(writeJson((await importBytes(bytes)).report)).toBe(text);
  });

  test('packed file: that is said', async () => {
    const zip = Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0]);
    for (const bytes of [zip, gzipSync('{"log":{"entries":[]}}')])
      await expect(importBytes(bytes)).rejects.toMatchObject({ problem: 'packed' });
    await expect(importBytes(Buffer.from('PK'))).rejects.toMatchObject({ problem: 'not-json' });
  });

  test('non-text bytes and files over the limit are refused', async () => {
    const latin = Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d]);
    await expect(importBytes(latin)).rejects.toMatchObject({ problem: 'not-text' });
    const { importFile } = await import('../../../../utils/report/import/import-file.ts');
    const options = { name: '', generator: GENERATOR, generatedAt: 0 };
    const endless = (head: string) =>
      (function* () {
        yield Buffer.from(head);
        for (;;) yield Buffer.alloc(4_000_000, 0x20);
      })();
    await expect(importFile(endless('{"format":'), options)).rejects.toMatchObject({
      problem: 'too-large',
      detail: '100',
    });
    // Where the size is known beforehand, only the start is read.
    const read = vi.fn();
    const withSize = (head: string, size: number) =>
      importFile(
        (function* () {
          yield Buffer.from(head.padEnd(8192));
          read();
        })(),
        { ...options, size },
      );
    await expect(withSize('{"log":{', 1_000_000_001)).rejects.toMatchObject({
      problem: 'too-large',
      detail: '1000',
    });
    await expect(withSize('{"format":', 100_000_001)).rejects.toMatchObject({ detail: '100' });
    expect(read).not.toHaveBeenCalled();
    await expect(withSize('{"log":{', 1_000_000_000)).rejects.toMatchObject({
      problem: 'har-truncated',
    });
    expect(read).toHaveBeenCalled();
  });

  test('arbitrary change in a report: an import or one ImportError', async () => {
    const report = structuredClone((await importCase('v2-repeat')).report) as unknown as Json;
    const paths = (value: unknown, at: string[] = []): string[][] =>
      typeof value === 'object' && value !== null
        ? [at, ...Object.entries(value).flatMap(([k, v]) => paths(v, [...at, k]))]
        : [at];
    const places = paths(report).filter((p) => p.length);
    const deep = JSON.parse(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`) as unknown;
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>(
        deep,
        '__proto__',
        'x'.repeat(100_000),
        -1,
        1e308,
        [],
        {},
        null,
        '</script>',
      ),
      fc.constant(
        JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), anything, fc.boolean(), (place, value, remove) => {
        const copy = structuredClone(report);
        let target: Json = copy;
        for (const key of place.slice(0, -1)) target = target[key];
        const last = place.at(-1) ?? '';
        if (remove && !Array.isArray(target)) delete (target as Json)[last];
        else (target as Json)[last] = value;
        try {
          importReport(JSON.stringify(copy));
        } catch (error) {
          if (!(error instanceof ImportError)) throw error;
          expect(error.message.length).toBeLessThan(400);
        }
        expect(({} as Json)['polluted']).toBeUndefined();
      }),
      { numRuns: 700 },
    );
  });

  test('report cut off anywhere is truncated', async () => {
    const text = writeJson((await importCase('v2-me')).report);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.trimEnd().length - 1 }), (length) => {
        expect(['truncated', 'empty']).toContain(problemOf(text.slice(0, length)).problem);
      }),
      { numRuns: 300 },
    );
  });
});
