import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { captureHar } from '../../../../utils/capture/har/capture-har.ts';
import {
  parseHarFile,
  NotHarError,
  readHarFile,
} from '../../../../utils/capture/har/file/har-file.ts';
import { MINUTE_MS as MINUTE } from '../../../../utils/model/time.ts';
import { writeJson } from '../../../../utils/report/formats/json.ts';
import { ImportError } from '../../../../utils/report/import/import-error.ts';
import { importReport } from '../../../../utils/report/import/import-report.ts';
import { T0 } from '../../fixtures.ts';
import { caseBytes, caseNames, importBytes, importCase } from '../../report/samples.ts';
import { entry, login, SHOP } from './har-entries.ts';

const hash = async (id: string) => `h${id}`;
type Json = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any
const parsed = (name: string): Json => JSON.parse(caseBytes(name).toString());

/** Cuts bytes at random places. */
function* pieces(bytes: Uint8Array, cuts: readonly number[]) {
  let from = 0;
  for (const cut of [...cuts].map((c) => c % bytes.length).sort((a, b) => a - b)) {
    yield bytes.subarray(from, cut);
    from = cut;
  }
  yield bytes.subarray(from);
}

describe('HAR read chunk by chunk', () => {
  test.each(caseNames)('%s: gives the same as read whole', async (name) => {
    const { entries } = parsed(name)['log'];
    const whole = await captureHar(entries, hash);
    const { entries: lean, recorder } = await readHarFile([caseBytes(name)]);
    expect(lean.length).toBeLessThanOrEqual(entries.length);
    expect(await captureHar(lean, hash)).toEqual(whole);
    // Longer files are read piece by piece.
    expect(await readHarFile([caseBytes(name)], 0)).toEqual({ entries: lean, recorder });
    expect(recorder).toBe('Playwright 1.65.1, chromium 156.0.8078.79');
  });

  test('chunks cut anywhere: give the same', async () => {
    const request = { url: 'https://kapi.kakao.com/', text: ['é한😀', { a: [1, '"\\'] }, null] };
    const bytes = Buffer.from(JSON.stringify({ log: { version: '1.2', entries: [{ request }] } }));
    expect((await readHarFile([bytes])).entries).toEqual([{ request }]);
    const whole = (await readHarFile([bytes])).entries;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 30 }), async (cuts) => {
        for (const maxWholeBytes of [0, bytes.length / 2, bytes.length])
          expect((await readHarFile(pieces(bytes, cuts), maxWholeBytes)).entries).toEqual(whole);
      }),
    );
  });

  test('any JSON: gives the entries that JSON.parse finds, or none', async () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.record({
        log: fc.record({ entries: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()) }),
      }),
      fc.record({
        log: fc.record({
          pages: fc.constant([{ entries: [1] }]),
          entries: fc.array(fc.jsonValue()),
        }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(value, async (json) => {
        const text = JSON.stringify(json);
        const expected = () => parseHarFile(JSON.parse(text)).entries;
        const got = await readHarFile([Buffer.from(text)]).catch((e: unknown) => e);
        if (got instanceof NotHarError) expect(expected).toThrow(NotHarError);
        else expect((got as Json)['entries']).toEqual(expected());
      }),
      { numRuns: 1000 },
    );
  });

  test('parts left out of entries: change nothing for any recorder', async () => {
    const spoil = {
      _resourceType: (e: Json) => delete e['_resourceType'],
      pageref: (e: Json) => delete e['pageref'],
      destination: (e: Json) =>
        (e['request'].headers = e['request'].headers.filter(
          (h: Json) => !/^sec-/i.test(h['name']),
        )),
      mime: (e: Json) => delete e['response'].content.mimeType,
      early: (e: Json) => (e['startedDateTime'] = '2026-11-22T12:43:00.001Z'),
      never: (e: Json) => (e['startedDateTime'] = 'soon'),
      file: (e: Json) => (e['request'].url = 'blob:https://v2.shop.test/1'),
      asset: (e: Json) => (e['_resourceType'] = 'script'),
    };
    type Spoil = keyof typeof spoil;
    const names = Object.keys(spoil) as Spoil[];
    let left = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...caseNames),
        fc.subarray(names),
        fc.infiniteStream(fc.boolean()),
        async (name, kinds, dice) => {
          const { entries } = parsed(name)['log'];
          for (const one of entries)
            for (const kind of kinds) if (dice.next().value) spoil[kind](one);
          const lean = parseHarFile({ log: { entries } }).entries;
          left += entries.length - lean.length;
          expect(await captureHar(lean, hash)).toEqual(await captureHar(entries, hash));
        },
      ),
      { numRuns: 400 },
    );
    expect(left).toBeGreaterThan(100);
  });

  test('images between which the clock goes back: are kept, as they tell that it went back twice', async () => {
    const image = (at: number) => entry(at, `${SHOP}/logo.png`, { type: 'image' });
    const [first, ...others] = login(T0 + 5 * MINUTE);
    for (const other of others) other.startedDateTime = new Date(T0 + MINUTE).toISOString();
    const images = [T0, T0 + 4 * MINUTE, T0 + MINUTE].map(image);
    const entries = [...images, first, ...others, image(T0 + 6 * MINUTE)];
    const lean = parseHarFile({ log: { entries } }).entries;
    expect(lean).toHaveLength(entries.length);
    expect(await captureHar(lean, hash)).toEqual(await captureHar(entries, hash));
  });

  test('requests to other hosts: keep no body and no cookie', async () => {
    const { entries } = await readHarFile([caseBytes('v2-me')]);
    const others = entries.filter((e) => !(e as Json)['request'].url.includes('kakao.com'));
    expect(others.length).toBeGreaterThan(0);
    expect(JSON.stringify(others)).not.toMatch(/"text"|set-cookie|"cookies"|postData/i);
  });
});

describe('files of various exporters', () => {
  const verdicts = async (har: Json, mark = '') => {
    const { report } = await importBytes(mark + JSON.stringify(har));
    return report.logins.map((l) => [l.kind, l.verdict, l.visibility]);
  };
  const change = (f: (entry: Json, i: number) => void) => {
    const har = parsed('v2-manual-signup');
    har['log'].entries.forEach(f);
    return har;
  };
  const right = [['first', 'complete', 'browser']];

  test.each<[string, () => Json]>([
    ['as recorded', () => parsed('v2-manual-signup')],
    [
      'no pages (mitmproxy, Charles)',
      () => {
        const har = change((e) => delete e['pageref']);
        delete har['log'].pages;
        return har;
      },
    ],
    ['no resource types (Firefox, Charles)', () => change((e) => delete e['_resourceType'])],
    [
      'entries out of order',
      () => {
        const har = parsed('v2-manual-signup');
        har['log'].entries.reverse();
        return har;
      },
    ],
    [
      'bodies in base64',
      () =>
        change(({ response: { content } }) => {
          if (!content.text || content.encoding) return;
          content.text = Buffer.from(content.text).toString('base64');
          content.encoding = 'base64';
        }),
    ],
    [
      'bodies packed, in base64',
      () =>
        change(({ response: { content } }) => {
          if (!content.text || content.encoding) return;
          content.text = gzipSync(content.text).toString('base64');
          content.encoding = 'base64';
        }),
    ],
    ['the log is not first', () => ({ comment: 'x', ...parsed('v2-manual-signup') })],
    [
      'with aborted entries',
      () => {
        const har = parsed('v2-manual-signup');
        har['log'].entries.push({
          ...har['log'].entries[0],
          response: { status: 0, headers: [], content: {} },
          time: -1,
        });
        return har;
      },
    ],
  ])('%s', async (_name, har) => {
    expect(await verdicts(har())).toEqual(right);
  });

  test.each<[string, (entry: Json) => void]>([
    [
      'an object as a header’s name',
      (e) => e['request'].headers.unshift({ name: { toString: 1 } }),
    ],
    [
      'an object as a header’s value',
      (e) => e['response'].headers.push({ name: 'Server-Timing', value: { toString: 1 } }),
    ],
    ['an object as its start', (e) => (e['startedDateTime'] = { toString: 1 })],
    ['an object as its address', (e) => (e['request'].url = { toString: 1 })],
  ])('entry with %s: does not reject the file', async (_name, spoil) => {
    const har = parsed('v2-manual-signup');
    const odd = structuredClone(har['log'].entries[0]);
    spoil(odd);
    har['log'].entries.unshift(odd);
    expect(await verdicts(har)).toEqual(right);
    har['log'].entries.splice(0, 1, { ...odd, _resourceType: 'script' });
    expect(await verdicts(har)).toEqual(right);
  });

  test.each<[string, [from: string, to: string]]>([
    ['status 1000', ['"status":200', '"status":1000']],
    ['a site with a quote', ['v2.shop.test', "v2'shop.test"]],
    ['a site with a long name', ['v2.shop.test', `${'a'.repeat(400)}.test`]],
    ['an app key that every object has', ['js-key-0001', 'constructor']],
    ['a redirect URI with a long scheme', ['https%3A%2F%2Fv2', `${'a'.repeat(3000)}%3A%2F%2Fv2`]],
  ])('%s: the report that is written is read again', async (_name, [from, to]) => {
    const text = JSON.stringify(parsed('v2-me'));
    expect(text).toContain(from);
    const { report } = await importBytes(text.replaceAll(from, to));
    expect(importReport(writeJson(report)).report).toEqual(report);
  });

  test('byte order mark: is passed over', async () => {
    expect(await verdicts(parsed('v2-manual-signup'), '\uFEFF')).toEqual(right);
  });

  test('Chrome without bodies: sign-up and calls are known, the mode by sign-up alone', async () => {
    const har = change(({ response }) => {
      delete response.content.text;
    });
    const { report } = await importBytes(JSON.stringify(har));
    expect(report.logins[0]).toMatchObject({ kind: 'first', visibility: 'browser' });
    expect(report.apps[0]?.linkMode).toBe('manual');
  });

  test('preflight and cached response: complete nothing', async () => {
    const me = (e: Json) => e['request'].url.endsWith('/v2/user/me');
    for (const spoil of [
      (e: Json) => (e['request'].method = 'OPTIONS'),
      (e: Json) => (e['_fromCache'] = 'disk'),
      (e: Json) => (e['response'].status = 0),
    ]) {
      const har = parsed('v2-me');
      for (const e of har['log'].entries) if (me(e)) spoil(e);
      const imported = await importBytes(JSON.stringify(har));
      expect(imported.report.logins[0]?.completedAt).toBeNull();
    }
  });

  test('no login at all: is an empty report', async () => {
    const { report } = await importBytes('{"log":{"entries":[]}}');
    expect(report.counts).toMatchObject({ logins: 0, observations: 0 });
    expect(report.session).toMatchObject({ id: 'har-0', startedAt: null });
  });
});

describe('a bad HAR', () => {
  test.each([
    ['{"log":', 'har-truncated'],
    ['{"log":{"entries":[{"request":', 'har-truncated'],
    ['{"log":{"entries":[{"a":"b', 'har-truncated'],
    ['{"log":{"entries":[]}} x', 'not-json'],
    ['{"log": nope}', 'not-json'],
    ['{"log":{}}', 'not-ours'],
    ['{"log":{"entries":{}}}', 'not-ours'],
  ])('%s: %s', async (text, problem) => {
    await expect(importBytes(text)).rejects.toMatchObject({ problem });
  });

  test('any change in the file: a report or one clear error', async () => {
    const har = parsed('v1-me');
    const paths = (value: unknown, at: string[] = []): string[][] =>
      typeof value === 'object' && value !== null
        ? [at, ...Object.entries(value).flatMap(([k, v]) => paths(v, [...at, k]))]
        : [at];
    const places = paths(har).filter((p) => p.length);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...places),
        fc.oneof(fc.jsonValue(), fc.constantFrom('__proto__', '\u0000', 'x'.repeat(50_000), 1e300)),
        async (place, value) => {
          const copy = structuredClone(har);
          let target: Json = copy;
          for (const key of place.slice(0, -1)) target = target[key];
          target[place.at(-1) ?? ''] = value;
          const result = await importBytes(JSON.stringify(copy)).catch((e: unknown) => e);
          if (result instanceof Error) expect(result).toBeInstanceOf(ImportError);
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('user ids: are in no report, and the same file gives the same one', async () => {
  const { report, observations } = await importCase('v2-two-accounts');
  const accounts = new Set(observations.flatMap((o) => ('account' in o ? (o.account ?? []) : [])));
  expect(accounts.size).toBeGreaterThan(0);
  for (const account of accounts) expect(account).toMatch(/^har-\d+-user-\d+$/);
  const ids =
    caseBytes('v2-two-accounts')
      .toString()
      .match(/"id\\?":\s*(\d{8,})/g) ?? [];
  for (const id of ids) expect(JSON.stringify(report)).not.toContain(/\d+/.exec(id)?.[0]);
  expect((await importCase('v2-two-accounts')).observations).toEqual(observations);
});
