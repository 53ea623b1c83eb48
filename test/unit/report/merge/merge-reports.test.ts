import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Observation } from '../../../../utils/model/observation.ts';
import { WRITERS } from '../../../../utils/report/formats/writers.ts';
import { importReport } from '../../../../utils/report/import/import-report.ts';
import { reevaluate, type ImportedFile } from '../../../../utils/report/import/reevaluate.ts';
import { writeJson } from '../../../../utils/report/formats/json.ts';
import { mergeInOrder } from '../../../../utils/report/merge/merge-in-order.ts';
import { mergeReports } from '../../../../utils/report/merge/merge-reports.ts';
import { translateIn } from '../../../../utils/i18n/translate-in.ts';
import { APP, exchange, firstLogin, HOUR, me, observe, repeatLogin, T0 } from '../../fixtures.ts';
import { importCase } from '../samples.ts';

vi.setConfig({ testTimeout: 60_000 });

const AT = T0 + 30 * HOUR;

/** What a browser's session told. */
function session(
  id: string,
  observations: Observation[],
  more: {
    at?: number;
    whole?: boolean;
    dropped?: number;
    about?: string[];
    environment?: string;
  } = {},
): ImportedFile {
  return reevaluate(
    {
      about: more.about ? new Set(more.about) : null,
      observations,
      takenAt: more.at ?? AT,
      report: {
        session: {
          id,
          name: `day ${id}`,
          startedAt: new Date(T0).toISOString(),
          endedAt: null,
          tester: id,
          build: '',
          ...(more.environment ? { environment: more.environment } : {}),
          notes: '',
        },
        generator: { name: 'Linkwatch', version: '0', browser: 'chrome' },
        generatedAt: new Date(more.at ?? AT).toISOString(),
        counts: { dropped: more.dropped ?? 0 },
      },
    },
    more.at ?? AT,
    { wholeClientIds: more.whole ?? true },
  );
}

const verdicts = ({ report }: ImportedFile) => report.logins.map((l) => l.verdict);

test('the environment that testers named goes along, in every form that tells of the session', () => {
  const of = (id: string, environment?: string) =>
    session(id, firstLogin(T0), environment ? { environment } : {});
  const staging = of('kim', 'staging-7');
  const text = writeJson(staging.report);
  expect(JSON.parse(text).session.environment).toBe('staging-7');
  expect(writeJson(importReport(text).report)).toBe(text);
  for (const format of ['html', 'md', 'junit', 'otlp', 'ndjson'] as const)
    expect(WRITERS[format](staging.report, translateIn('en')), format).toContain('staging-7');
  const merged = mergeReports([staging, of('lee', 'live'), of('park'), of('choi', 'live')]);
  expect(merged.report.session.environment).toBe('staging-7, live');
  expect(merged.report.sources?.map((s) => s.session.environment)).toContain('staging-7');
  expect(mergeReports([of('a'), of('b')]).report.session).not.toHaveProperty('environment');
  expect(() => importReport(text.replace('"staging-7"', '7'))).toThrow('session.environment');
});

describe('files of one browser', () => {
  const login = firstLogin(T0);
  const steps = [...login, exchange(T0 + 4000)];
  const call = me(T0 + 20 * HOUR);

  test('the same file twice is one report, to the byte', async () => {
    const once = await importCase('v2-two-accounts');
    expect(writeJson(mergeReports([once, once]).report)).toBe(
      writeJson(
        reevaluate(once, Date.parse(once.report.evaluatedAt), { wholeClientIds: true }).report,
      ),
    );
  });

  test('an earlier and a later export of a session: each login once, with what came later', () => {
    const noon = session('s', steps, { at: T0 + HOUR, dropped: 2 });
    const night = session('s', [...steps, call], { at: AT, dropped: 3 });
    expect(verdicts(noon)).toEqual(['pending']);
    for (const order of [
      [noon, night],
      [night, noon],
    ]) {
      const merged = mergeReports(order);
      expect(verdicts(merged)).toEqual(['complete']);
      expect(merged.report.sources).toBeUndefined();
      expect(merged.report.counts).toMatchObject({ logins: 1, observations: 5, dropped: 3 });
      expect(merged.report.evaluatedAt).toBe(new Date(AT).toISOString());
    }
  });

  test('two days of a browser: a call of today completes a login of yesterday; sessions stay apart', () => {
    const monday = session('mon', steps);
    const tuesday = session('tue', [...login, call, ...firstLogin(T0 + 21 * HOUR)]);
    const merged = mergeReports([monday, tuesday]);
    expect(verdicts(merged)).toEqual(['complete', 'pending']);
    expect(merged.report.sources).toMatchObject([
      { browser: 'b1', session: { id: 'mon' }, logins: [login[2]?.id] },
      { browser: 'b1', session: { id: 'tue' } },
    ]);
    expect(merged.report.sources?.[1]?.logins).toHaveLength(2);
  });

  test('a masked and a whole export name the app once', () => {
    const key = '0123456789abcdef0123456789abcdef';
    const known = firstLogin(T0, { fact: { clientId: key } });
    const whole = session('s', known);
    const masked = importReport(writeJson(session('s', known, { whole: false }).report));
    expect(masked.report.apps[0]?.clientId).toBe('0123…ef');
    for (const order of [
      [whole, masked],
      [masked, whole],
    ]) {
      const merged = mergeReports(order);
      expect(merged.report.apps.map((a) => a.clientId)).toEqual([key]);
      expect(merged.report.counts.logins).toBe(1);
    }
  });

  test('what one file hides of another site, the other may tell', () => {
    const [form, ...rest] = firstLogin(T0);
    const bare = { ...form, id: `${form?.id}-bare`, tab: null, site: null } as Observation;
    const merged = mergeReports([
      session('a', [bare, ...steps]),
      session('b', [form as Observation, ...rest]),
    ]);
    const ids = merged.observations.map((o) => o.id);
    expect(ids).toContain(form?.id);
    expect(ids).not.toContain(bare.id);
  });
});

describe('files of different browsers', () => {
  const kim = [...firstLogin(T0), exchange(T0 + 4000)];
  const lee = [...firstLogin(T0 + 10_000), exchange(T0 + 14_000), me(T0 + 15_000)];

  test('are judged apart: a call of one completes nothing of the other', () => {
    const call = [...repeatLogin(T0 + HOUR), me(T0 + HOUR + 1000)];
    const merged = mergeReports([session('kim', kim), session('lee', call)]);
    expect(verdicts(merged)).toEqual(['missed', 'not-applicable']);
  });

  test('a pause of one hides nothing of the other', () => {
    const paused = [...lee.slice(0, -1), observe({ type: 'pause', paused: true }, T0 + 20_000)];
    const merged = mergeReports([session('kim', kim), session('lee', paused)]);
    expect(verdicts(merged)).toEqual(['missed', 'unseen']);
  });

  test('what one knows of an app holds for the other', () => {
    const manual = [...lee, me(T0 + 16_000)].map((o) =>
      o.type === 'api' ? { ...o, hasSignedUp: false } : o,
    );
    const done = [...kim, me(T0 + 5000)];
    expect(verdicts(session('kim', done))).toEqual(['complete']);
    expect(verdicts(mergeReports([session('kim', done), session('lee', manual)]))).toEqual([
      'missed',
      'missed',
    ]);
    const word = observe({ type: 'app', clientId: APP, linkMode: 'auto' }, T0 + 6000);
    const merged = mergeReports([session('kim', [...done, word]), session('lee', manual)]);
    expect(verdicts(merged)).toEqual(['complete', 'complete']);
    expect(merged.report.apps).toMatchObject([{ linkMode: 'auto', linkModeBecause: 'tester' }]);
  });

  test('ids that are the same by chance are told apart, with what points at them', () => {
    const [, , code] = firstLogin(T0);
    const label = (text: string) =>
      observe({ type: 'label', login: 'har-1', label: text }, T0 + 5000, { id: 'l' });
    const one = [{ ...code, id: 'har-1' } as Observation, label('kim')];
    const other = [{ ...code, id: 'har-1', tab: 'r:9' } as Observation, label('lee')];
    const merged = mergeReports([session('a', one), session('b', other)]);
    expect(merged.report.logins.map((l) => [l.id, l.account])).toEqual([
      ['har-1', 'kim'],
      ['har-1~2', 'lee'],
    ]);
    expect(merged.report.sources?.map((s) => s.logins)).toEqual([['har-1'], ['har-1~2']]);
  });

  test('a merged report is imported, judged and merged on as any other', () => {
    const merged = mergeReports([session('kim', kim), session('lee', lee)]);
    const text = writeJson(merged.report);
    const again = importReport(text);
    expect(writeJson(again.report)).toBe(text);
    expect(merged.report.session.name).toBe('day kim + day lee');
    const early = reevaluate(again, T0 + HOUR);
    expect(verdicts(early)).toEqual(['pending', 'complete']);
    const park = session('park', firstLogin(T0 + 60_000));
    const more = mergeReports([again, park, session('kim', kim)]);
    expect(more.report.sources?.map((s) => s.session.id)).toEqual(['kim', 'lee', 'park']);
    expect(verdicts(more)).toEqual(['missed', 'complete', 'unseen']);
  });

  test('of recorded HARs every case keeps its verdict', async () => {
    const names = ['v1-me', 'v2-me', 'v2-no-call', 'v2-two-accounts', 'server-dark-me'];
    const imports = await Promise.all(names.map((name) => importCase(name)));
    const at = Math.max(...imports.map((i) => Date.parse(i.report.evaluatedAt)));
    expect(verdicts(mergeReports(imports, at))).toEqual(
      imports.flatMap((i) => verdicts(reevaluate(i, at))),
    );
  });
});

describe('parts of a list', () => {
  test('come together in its order', () => {
    const list = fc.uniqueArray(fc.nat(500), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(list, fc.infiniteStream(fc.nat(2)), (numbers, choice) => {
        const all = [...numbers].sort((a, b) => a - b).map((n) => ({ id: `o${n}`, at: n }));
        const choices = all.map(() => choice.next().value);
        const a = all.filter((_, i) => choices[i] !== 1);
        const b = all.filter((_, i) => choices[i] !== 2);
        expect(mergeInOrder(a, b)).toEqual(all);
      }),
    );
  });

  test('also where a clock was set back: what both have holds them together', () => {
    const o = (id: string, at: number) => ({ id, at });
    const all = [o('a', 5), o('b', 9), o('c', 2), o('d', 3)];
    expect(
      mergeInOrder([all[0], all[1], all[3]] as never, [all[1], all[2], all[3]] as never),
    ).toEqual(all);
  });
});
