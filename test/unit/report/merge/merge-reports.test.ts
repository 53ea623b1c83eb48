import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withLinkModes } from '../../../../bin/link-modes.ts';
import { translateIn } from '../../../../utils/i18n/translate-in.ts';
import type { Observation } from '../../../../utils/model/observation.ts';
import { writeJson } from '../../../../utils/report/formats/json.ts';
import { WRITERS } from '../../../../utils/report/formats/writers.ts';
import type { ImportedFile } from '../../../../utils/report/import/file-contents.ts';
import { importReport } from '../../../../utils/report/import/import-report.ts';
import { reevaluate } from '../../../../utils/report/import/reevaluate.ts';
import { mergeInOrder } from '../../../../utils/report/merge/merge-in-order.ts';
import { mergeReports } from '../../../../utils/report/merge/merge-reports.ts';
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
} from '../../fixtures.ts';
import { mode } from '../../verdict/known-cases/known-case.ts';
import { importCase, sessionFile } from '../samples.ts';

const AT = T0 + 30 * HOUR;

const verdicts = ({ report }: ImportedFile) => report.logins.map((l) => l.verdict);

test('environment is in every format and in the merged report', () => {
  const of = (id: string, environment?: string) =>
    sessionFile(id, firstLogin(T0), environment ? { environment } : {});
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

  test('same file twice: one report, to the byte', async () => {
    const once = await importCase('v2-two-accounts');
    expect(writeJson(mergeReports([once, once]).report)).toBe(
      writeJson(
        reevaluate(once, Date.parse(once.report.evaluatedAt), { wholeClientIds: true }).report,
      ),
    );
  });

  test('earlier and later export: each login once, with later calls', () => {
    const noon = sessionFile('s', steps, { at: T0 + HOUR, dropped: 2 });
    const night = sessionFile('s', [...steps, call], { at: AT, dropped: 3 });
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

  test('call of today completes a login of yesterday’s session', () => {
    const monday = sessionFile('mon', steps);
    const tuesday = sessionFile('tue', [...login, call, ...firstLogin(T0 + 21 * HOUR)]);
    const merged = mergeReports([monday, tuesday]);
    expect(verdicts(merged)).toEqual(['complete', 'pending']);
    expect(merged.report.sources).toMatchObject([
      { browser: 'b1', session: { id: 'mon' }, logins: [login[2]?.id] },
      { browser: 'b1', session: { id: 'tue' } },
    ]);
    expect(merged.report.sources?.[1]?.logins).toHaveLength(2);
  });

  test('masked and whole export name the app once', () => {
    const key = '0123456789abcdef0123456789abcdef';
    const known = firstLogin(T0, { fact: { clientId: key } });
    const whole = sessionFile('s', known);
    const masked = importReport(writeJson(sessionFile('s', known, { whole: false }).report));
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

  test.each([0, 1])(
    'masked keys that look alike: the link mode is of one app alone, order %d',
    (turn) => {
      const keys = ['0123456789abcdef0123456789abcdef', `0123${'f'.repeat(26)}ef`];
      const files = (['manual', 'auto'] as const).map((linkMode, i) => {
        const clientId = keys[i] ?? '';
        const begun = firstLogin(T0 + i * HOUR, { fact: { clientId } });
        const done = [exchange(T0 + i * HOUR + 4000), me(T0 + i * HOUR + 5000)];
        const file = sessionFile(linkMode, [mode(linkMode, clientId), ...begun, ...done], {
          whole: false,
        });
        return importReport(writeJson(file.report));
      });
      const merged = mergeReports(turn ? files.toReversed() : files);
      const modes = merged.report.apps.map((app) => app.linkMode);
      expect(modes).toEqual(turn ? ['auto', 'manual'] : ['manual', 'auto']);
      expect(verdicts(merged)).toEqual(turn ? ['complete', 'missed'] : ['missed', 'complete']);
    },
  );

  test('link mode given by a whole key: is not that of a masked one that only looks alike', () => {
    const [own, alike] = ['0123456789abcdef0123456789abcdef', `0123${'f'.repeat(26)}ef`] as const;
    const known = firstLogin(T0, { fact: { clientId: own } });
    const masked = importReport(writeJson(sessionFile('s', known, { whole: false }).report));
    const found = (clientId: string) =>
      withLinkModes(masked, [{ clientId, linkMode: 'manual' }], T0 + HOUR).found.size;
    expect([found(own), found(alike)]).toEqual([1, 0]);
  });

  test('redacted observation gives way to the whole one', () => {
    const [form, ...rest] = firstLogin(T0);
    const bare = { ...form, id: `${form?.id}-bare`, tab: null, site: null } as Observation;
    const merged = mergeReports([
      sessionFile('a', [bare, ...steps]),
      sessionFile('b', [form as Observation, ...rest]),
    ]);
    const ids = merged.observations.map((o) => o.id);
    expect(ids).toContain(form?.id);
    expect(ids).not.toContain(bare.id);
  });
});

describe('files of different browsers', () => {
  const kim = [...firstLogin(T0), exchange(T0 + 4000)];
  const lee = [...firstLogin(T0 + 10_000), exchange(T0 + 14_000), me(T0 + 15_000)];

  test('call in one browser completes nothing in the other', () => {
    const call = [...repeatLogin(T0 + HOUR), me(T0 + HOUR + 1000)];
    const merged = mergeReports([sessionFile('kim', kim), sessionFile('lee', call)]);
    expect(verdicts(merged)).toEqual(['missed', 'not-applicable']);
  });

  test('pause in one browser hides nothing in the other', () => {
    const paused = [...lee.slice(0, -1), observe({ type: 'pause', paused: true }, T0 + 20_000)];
    const merged = mergeReports([sessionFile('kim', kim), sessionFile('lee', paused)]);
    expect(verdicts(merged)).toEqual(['missed', 'unseen']);
  });

  test('knowledge of an app holds for every browser', () => {
    const manual = [...lee, me(T0 + 16_000)].map((o) =>
      o.type === 'api' ? { ...o, hasSignedUp: false } : o,
    );
    const done = [...kim, me(T0 + 5000)];
    expect(verdicts(sessionFile('kim', done))).toEqual(['complete']);
    expect(verdicts(mergeReports([sessionFile('kim', done), sessionFile('lee', manual)]))).toEqual([
      'missed',
      'missed',
    ]);
    const setting = observe({ type: 'app', clientId: APP, linkMode: 'auto' }, T0 + 6000);
    const merged = mergeReports([
      sessionFile('kim', [...done, setting]),
      sessionFile('lee', manual),
    ]);
    expect(verdicts(merged)).toEqual(['complete', 'complete']);
    expect(merged.report.apps).toMatchObject([{ linkMode: 'auto', linkModeBecause: 'tester' }]);
  });

  test('signs of both link modes in two browsers: the mode is unknown, as it is in one', () => {
    const signup = (status: number, code: number | null, at: number, place = {}) =>
      observe(api('/v1/user/signup', status, { method: 'POST', code }), at, place);
    // The account is signed up in one browser, so that the other is told that it is already.
    const place = { cookieStore: 'ff', tab: 'f:1' };
    const first = [
      ...firstLogin(T0, place),
      exchange(T0 + 4000, place),
      signup(200, null, T0 + 5000, place),
    ];
    const second = [...firstLogin(T0 + 1000), exchange(T0 + 5000), signup(400, -102, T0 + 6000)];
    const files = [sessionFile('kim', second), sessionFile('lee', first)];
    for (const order of [files, files.toReversed()]) {
      const { apps, logins } = mergeReports(order).report;
      expect(apps).toMatchObject([{ linkMode: 'unknown', linkModeBecause: 'contradiction' }]);
      const said = logins.map((l) => `${l.verdict} ${l.verdictCertainty}`);
      expect(said).not.toContain('missed certain');
    }
  });

  test('ids alike by chance are renamed with their references', () => {
    const [, , code] = firstLogin(T0);
    const label = (text: string) =>
      observe({ type: 'label', login: 'har-1', label: text }, T0 + 5000, { id: 'l' });
    const one = [{ ...code, id: 'har-1' } as Observation, label('kim')];
    const other = [{ ...code, id: 'har-1', tab: 'r:9' } as Observation, label('lee')];
    const merged = mergeReports([sessionFile('a', one), sessionFile('b', other)]);
    expect(merged.report.logins.map((l) => [l.id, l.account])).toEqual([
      ['har-1', 'kim'],
      ['har-1~2', 'lee'],
    ]);
    expect(merged.report.sources?.map((s) => s.logins)).toEqual([['har-1'], ['har-1~2']]);
  });

  test('merged report can be imported, judged and merged again', () => {
    const merged = mergeReports([sessionFile('kim', kim), sessionFile('lee', lee)]);
    const text = writeJson(merged.report);
    const again = importReport(text);
    expect(writeJson(again.report)).toBe(text);
    expect(merged.report.session.name).toBe('day kim + day lee');
    const early = reevaluate(again, T0 + HOUR);
    expect(verdicts(early)).toEqual(['pending', 'complete']);
    const park = sessionFile('park', firstLogin(T0 + 60_000));
    const more = mergeReports([again, park, sessionFile('kim', kim)]);
    expect(more.report.sources?.map((s) => s.session.id)).toEqual(['kim', 'lee', 'park']);
    expect(verdicts(more)).toEqual(['missed', 'complete', 'unseen']);
  });

  test('two profiles that each took in one report: its logins and their own, each once', () => {
    const shared = sessionFile('park', firstLogin(T0 + 60_000));
    const profiles = [sessionFile('kim', kim), sessionFile('lee', lee)].map((own) =>
      importReport(writeJson(mergeReports([own, shared]).report)),
    );
    const both = mergeReports(profiles);
    expect(both.report.sources?.map((s) => s.session.id)).toEqual(['kim', 'park', 'lee']);
    expect(both.report.counts).toMatchObject({ logins: 3 });
    const ids = both.report.logins.map((l) => l.id);
    expect(new Set(ids).size).toBe(3);
  });

  test('merged HARs keep their verdicts', async () => {
    const names = ['v1-me', 'v2-me', 'v2-no-call', 'v2-two-accounts', 'server-dark-me'];
    const imports = await Promise.all(names.map((name) => importCase(name)));
    const at = Math.max(...imports.map((i) => Date.parse(i.report.evaluatedAt)));
    expect(verdicts(mergeReports(imports, at))).toEqual(
      imports.flatMap((i) => verdicts(reevaluate(i, at))),
    );
  });
});

describe('mergeInOrder', () => {
  test('parts of a sorted list are merged in its order', () => {
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

  test('shared items keep the order where a clock was set back', () => {
    const o = (id: string, at: number) => ({ id, at });
    const all = [o('a', 5), o('b', 9), o('c', 2), o('d', 3)];
    expect(
      mergeInOrder([all[0], all[1], all[3]] as never, [all[1], all[2], all[3]] as never),
    ).toEqual(all);
  });
});
