import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { captureHar } from '../../../../utils/capture/har/capture-har.ts';
import { HOUR, T0 } from '../../fixtures.ts';
import type { Judged } from '../../verdict/judge-history.ts';
import {
  call,
  entry,
  exchange,
  judgeHar,
  login,
  SHOP,
  user,
  verdictsOf,
  type Entry,
} from './har-entries.ts';

const hash = async (id: string) => `hash-${id}`;
const me = (at: number) => call(at, '/v2/user/me', { body: user(4000000001, T0 + 3900) });
const first = [...login(T0), exchange(T0 + 5000)];

const CASES = join(import.meta.dirname, '../../../cases');
const recorded = readdirSync(CASES)
  .filter((f) => f.endsWith('.har'))
  .map((f): [string, Entry[]] => [
    f.slice(0, -'.har'.length),
    JSON.parse(readFileSync(join(CASES, f), 'utf8')).log.entries,
  ]);

const made: [string, Entry[]][] = [
  ['made: me', [...first, me(T0 + 6000)]],
  ['made: no call', first],
  ['made: server dark', login(T0)],
  [
    'made: server reports',
    login(T0, { timing: 'kakao;desc="POST /oauth/token 200", kakao;desc="GET /v2/user/me 200"' }),
  ],
  ['made: server reports a miss', login(T0, { timing: 'kakao;desc="POST /oauth/token 200"' })],
  ['made: cancel', login(T0, { error: 'access_denied' })],
  [
    'made: repeat, then the call',
    [
      ...first,
      ...login(T0 + HOUR, { form: false, consent: false }),
      exchange(T0 + HOUR + 5000),
      me(T0 + HOUR + 6000),
    ],
  ],
  [
    'made: unlinked, then anew',
    [
      ...first,
      me(T0 + 6000),
      call(T0 + 7000, '/v1/user/unlink', { method: 'POST', body: { id: 4000000001 } }),
      ...login(T0 + HOUR, { form: false }),
      exchange(T0 + HOUR + 5000),
    ],
  ],
];

const each = (entries: readonly Entry[], change: (e: Entry) => void) =>
  structuredClone(entries).map((e) => (change(e), e));
const isPage = (e: Entry) => e._resourceType === 'document';

/** Other recorders' ways of writing the same traffic: nothing of it says less. */
const STYLES: Record<string, (entries: Entry[]) => Entry[]> = {
  'Chrome’s developer tools': (entries) => {
    let page = 0;
    let redirected = false;
    return each(
      entries.filter((e) => !e.pageref?.includes('popup')),
      (e) => {
        if (isPage(e) && !redirected) page += 1;
        if (isPage(e)) redirected = e.response.redirectURL !== '';
        e.pageref = `page_${page}`;
        e._initiator = { type: 'other' };
        e.request.headers = e.request.headers.filter(
          (h) => !/^(cookie|authorization)$/i.test(h.name),
        );
        e.request.cookies = e.response.cookies = [];
      },
    );
  },
  'Firefox’s': (entries) => {
    let page = 0;
    return each(entries, (e) => {
      if (isPage(e)) page += 1;
      e.pageref = `page_${page}`;
      delete e._resourceType;
    });
  },
  'Safari’s': (entries) =>
    each(entries, (e) => {
      e.pageref = 'page_0';
      delete e._resourceType;
      e.request.headers = e.request.headers
        .filter((h) => !/^sec-fetch/i.test(h.name))
        .map(({ name, value }) => ({ name: name.toUpperCase(), value }));
      if (e.response.redirectURL)
        e.response.headers = [
          ...e.response.headers.filter((h) => h.name.toLowerCase() !== 'location'),
          { name: 'LoCaTiOn', value: e.response.redirectURL },
        ];
      delete e.response.redirectURL;
    }),
  'one without pages': (entries) => each(entries, (e) => delete e.pageref),
  'one that encodes bodies': (entries) =>
    each(entries, (e) => {
      const { content } = e.response;
      if (content.text === undefined) return;
      content.text = Buffer.from(`\uFEFF${content.text}`).toString('base64');
      content.encoding = 'base64';
    }),
  'one that leaves bodies packed': (entries) =>
    each(entries, (e) => {
      const { content } = e.response;
      if (content.text === undefined) return;
      content.text = gzipSync(content.text).toString('base64');
      content.encoding = 'base64';
    }),
  'one that keeps the byte order mark': (entries) =>
    each(entries, (e) => {
      if (e.response.content.text !== undefined)
        e.response.content.text = `\uFEFF${e.response.content.text}`;
    }),
  'one that takes forms apart': (entries) =>
    each(entries, (e) => {
      const form = e.request.postData;
      if (!form?.text) return;
      form.params = [...new URLSearchParams(form.text)].map(([name, value]) => ({ name, value }));
      delete form.text;
    }),
  'one that shuffles': (entries) => entries.toReversed(),
  'one with names of objects’ own': (entries) => {
    const names = new Map<string, string>();
    const own = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    return each(entries, (e) => {
      const page = e.pageref ?? '';
      names.set(page, names.get(page) ?? own[names.size % own.length] ?? '');
      e.pageref = names.get(page) ?? '';
    });
  },
};

/** What files lose: the answer may become less sure, never wrong. */
const LOSSES: Record<string, (entries: Entry[]) => Entry[]> = {
  'request headers': (entries) => each(entries, (e) => (e.request.headers = [])),
  'all headers': (entries) => each(entries, (e) => (e.request.headers = e.response.headers = [])),
  'request headers and resource types': (entries) =>
    each(entries, (e) => {
      e.request.headers = [];
      delete e._resourceType;
    }),
  bodies: (entries) => each(entries, (e) => delete e.response.content.text),
  forms: (entries) => each(entries, (e) => delete e.request.postData),
  'bodies and forms': (entries) =>
    each(entries, (e) => {
      delete e.response.content.text;
      delete e.request.postData;
    }),
  'the account pages': (entries) =>
    entries.filter((e) => !e.request.url.startsWith('https://accounts.kakao.com/')),
  'the sites’ pages': (entries) => entries.filter((e) => e.request.url.includes('.kakao.com/')),
  'the token requests': (entries) => entries.filter((e) => !e.request.url.includes('/oauth/token')),
  'the first authorize request': (entries) =>
    entries.filter((e) => e !== entries.find((x) => x.request.url.includes('/oauth/authorize'))),
  'every other entry': (entries) => entries.filter((_, i) => i % 2 === 0),
  'the first half': (entries) => entries.slice(entries.length / 2),
  'the second half': (entries) => entries.slice(0, entries.length / 2),
  'redirects, as Safari loses them,': (entries) => {
    const all: Entry[] = [];
    const chains = new Map<string, Entry>();
    for (const e of each(entries, (one) => Object.assign(one, { _fetchType: 'Network Load' }))) {
      const chain = `${e.pageref} ${isPage(e)}`;
      const begun = chains.get(chain) ?? e;
      if (e.response.redirectURL) chains.set(chain, begun);
      else {
        chains.delete(chain);
        const { startedDateTime, pageref = '' } = begun;
        const { method, headers, ...sent } = { ...e.request, ...begun.request };
        all.push({
          ...e,
          startedDateTime,
          pageref,
          request: { ...sent, method, headers, url: e.request.url },
        });
      }
    }
    return all.map((e) => {
      delete e._resourceType;
      return e;
    });
  },
  'times of answers': (entries) => each(entries, (e) => (e.time = -1)),
};

const short = (said: Judged[]) =>
  said.map((v) => [v.login.clientId, v.login.site, v.verdict, v.visibility, v.linkMode]);

describe.each([...recorded, ...made])('%s', (name, entries) => {
  // Popups are pages of their own; the developer tools of one tab do not record them.
  const popup = name.startsWith('v1');

  test.each(Object.keys(STYLES))('written as %s does: the same answer', async (style) => {
    if (popup && style.includes('developer tools')) return;
    const variant = STYLES[style]?.(entries) ?? [];
    for (const hours of [1, 30])
      expect(short(await judgeHar(variant, hours))).toEqual(short(await judgeHar(entries, hours)));
  });

  test.each(Object.keys(LOSSES))('%s lost: never a false complete or missed', async (loss) => {
    const truth = await judgeHar(entries, 30);
    const said = await judgeHar(LOSSES[loss]?.(entries) ?? [], 30);
    expect(said.length).toBeLessThanOrEqual(truth.length);
    const allComplete = truth.every((v) => v.verdict === 'complete');
    const noneComplete = truth.every((v) => !['complete', 'unlinked'].includes(v.verdict));
    for (const v of said) {
      const unsure = v.certainty === 'likely' || v.login.kind === 'unknown';
      const calls = !/^the second half|every other/.test(loss);
      if (noneComplete && v.verdict === 'complete') expect(unsure).toBe(true);
      // A call that is not in the file at all cannot be known.
      if (allComplete && calls) expect(['complete', 'unseen', 'pending']).toContain(v.verdict);
    }
  });
});

test('call sent before a login, answered after it: is not the login’s', async () => {
  const second = [
    ...login(T0 + HOUR, { tab: 'popup@1' }),
    exchange(T0 + HOUR + 5000, { tab: 'popup@1' }),
  ];
  const slow = (sent: number) => ({
    ...call(T0 + HOUR + sent, '/v2/user/me', { tab: 'popup@1' }),
    time: 9000,
  });
  expect(await verdictsOf([...first, ...second, slow(3000)])).toEqual(['complete', 'missed']);
  expect(await verdictsOf([...first, ...second, slow(6000)])).toEqual(['missed', 'complete']);
});

describe('malformed entries', () => {
  const named = (s: Entry, header: string, value: string) => {
    s.response.headers.push({ name: header, value });
    return s;
  };

  test('cached, aborted, not modified: complete nothing', async () => {
    const cached = { ...me(T0 + 6000), _fromCache: 'memory' };
    const aborted = me(T0 + 6000);
    aborted.response.status = 0;
    const negative = me(T0 + 6000);
    negative.response.status = -1;
    const notModified = me(T0 + 6000);
    notModified.response.status = 304;
    for (const e of [cached, aborted, negative, notModified])
      expect(await verdictsOf([...first, e])).toEqual(['missed']);
    expect(await verdictsOf([...first, { ...me(T0 + 6000), _fromCache: null }])).toEqual([
      'complete',
    ]);
  });

  test('kept back by the browser: never reached Kakao, as an aborted one may have', async () => {
    const without = (error: string) => {
      const e = me(T0 + 6000);
      return { ...e, response: { ...e.response, status: 0, _error: error } };
    };
    const of = async (e: Entry) =>
      (await captureHar([...first, e], hash)).find((o) => o.type === 'api');
    expect(await of(without('net::ERR_BLOCKED_BY_CLIENT'))).toMatchObject({ blocked: true });
    expect(await of(without('net::ERR_ABORTED'))).not.toHaveProperty('blocked');
  });

  test('opaque Origin: does not hide the Referer', async () => {
    const e = me(T0 + 6000);
    e.request.headers = e.request.headers.map((h) =>
      h.name === 'Origin' ? { ...h, value: 'null' } : h,
    );
    const elsewhere = entry(T0 + 5900, 'https://else.test/');
    expect(await verdictsOf([...first, elsewhere, e])).toEqual(['complete']);
  });

  test('names of tabs: say nothing of the page', async () => {
    const entries = each(first, (e) => (e.pageref = 'https://secret.test/?token=CANARY'));
    expect(JSON.stringify(await captureHar(entries, hash))).not.toMatch(/secret|CANARY/);
  });

  test('observations of two files: no tab is shared', async () => {
    const [a, b] = [
      await captureHar([...login(T0), exchange(T0 + 5000)], hash),
      await captureHar([...login(T0 + HOUR, { site: 'https://second.shop.test' })], hash),
    ];
    expect(new Set([...a, ...b].map((o) => o.id)).size).toBe(a.length + b.length);
    expect(a.some((o) => b.some((p) => p.tab === o.tab))).toBe(false);
  });

  test('same file twice: gives the same observations', async () => {
    expect(await captureHar(first, hash)).toEqual(await captureHar(structuredClone(first), hash));
  });

  test('header names in any case, several, with malformed ones: are read', async () => {
    const entries = login(T0);
    const last = entries.at(-1) as Entry;
    named(last, 'SERVER-TIMING', 'kakao;desc="POST /oauth/token 200"');
    last.response.headers.push(
      ...([null, 5, {}, { name: 7, value: 'x' }, { name: 'server-timing' }] as never[]),
    );
    named(last, 'server-timing', 'kakao;desc="GET /v2/user/me 200"');
    expect(await verdictsOf(entries)).toEqual(['complete']);
  });

  test('absurd times: are read as no time', async () => {
    const at = (startedDateTime: string, time: number) => ({ ...me(T0), startedDateTime, time });
    const got = await captureHar(
      [
        at('+275760-09-13T00:00:00.000Z', 1e300),
        at('0001-01-01T00:00:00Z', 1),
        at('soon', 1),
        at(new Date(T0).toISOString(), 1e300),
        at(new Date(T0).toISOString(), -5),
        at('2026-11-22T12:00:00.000+09:00', 0),
      ],
      hash,
    );
    expect(got.map((o) => new Date(o.at).toISOString())).toEqual([
      '2026-11-23T03:00:00.000Z',
      '2026-11-22T03:00:00.000Z',
      '2026-11-22T03:00:00.000Z',
    ]);
  });

  test('absurd date of an answer: moves no clock', async () => {
    const answered = (date: string) => {
      const [issued, called] = [exchange(T0 + 5000), me(T0 + 6000)];
      named(issued, 'Date', date);
      named(called, 'Date', new Date(T0).toUTCString());
      return captureHar([...login(T0), issued, called], hash);
    };
    const plausible = await answered(new Date(T0).toUTCString());
    expect(await answered('+275760-09-13T00:00:00.000Z')).toEqual(plausible);
  });

  test('any value in an entry: nothing is thrown, the rest is read', async () => {
    const hostile = fc.oneof(
      fc.anything({ withNullPrototype: true, withBigInt: true }),
      fc.constantFrom(
        '__proto__',
        'constructor',
        '',
        '\uFEFF',
        'https://',
        'null',
        -1,
        1e308,
        [],
        {},
      ),
    );
    const paths = [
      'startedDateTime',
      'time',
      'pageref',
      '_resourceType',
      '_fromCache',
      'request',
      'request.method',
      'request.url',
      'request.headers',
      'request.headers.0',
      'request.headers.0.name',
      'request.headers.0.value',
      'request.postData',
      'request.postData.text',
      'request.postData.params',
      'response',
      'response.status',
      'response.redirectURL',
      'response.headers',
      'response.headers.0',
      'response.content',
      'response.content.text',
      'response.content.encoding',
      'response.content.mimeType',
    ];
    const whole = [...first, me(T0 + 6000)];
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.constantFrom(...paths),
        hostile,
        fc.array(fc.anything(), { maxLength: 3 }),
        async (index, path, value, more) => {
          const entries: unknown[] = structuredClone(whole);
          const keys = path.split('.');
          let at = entries[index] as Record<string, never>;
          for (const key of keys.slice(0, -1)) at = at?.[key] as never;
          if (at) at[keys.at(-1) ?? ''] = value as never;
          const observations = await captureHar([...more, ...entries], hash);
          for (const o of observations) {
            expect(Number.isFinite(o.at)).toBe(true);
            expect(() => new Date(o.at).toISOString()).not.toThrow();
          }
          for (const v of await judgeHar([...more, ...entries], 30))
            if (v.verdict === 'missed') expect(v.login.seenInBrowser).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('bodies of any JSON, or none: are read without an error', async () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.constantFrom('[]', 'null', '"id"', '{"id":{}}', '{"code":1e99}', '{'),
        ),
        fc.boolean(),
        async (text, base64) => {
          const e = me(T0 + 6000);
          e.response.content = {
            mimeType: 'application/json',
            text,
            ...(base64 ? { encoding: 'base64' } : {}),
          };
          const [said] = await judgeHar([...first, e], 30);
          expect(said?.verdict).toBe('complete');
        },
      ),
      { numRuns: 500 },
    ));

  test('packed bodies, damaged, cut off or huge: are unknown', async () => {
    const packed = gzipSync(JSON.stringify(user(4000000001, T0 + 3900)));
    const bomb = gzipSync(`{"id":1,"x":"${'x'.repeat(50_000_000)}","has_signed_up":false}`);
    expect(bomb.length).toBeLessThan(100_000);
    const judgedWith = async (bytes: Buffer) => {
      const e = me(T0 + 6000);
      const text = bytes.toString('base64');
      e.response.content = { mimeType: 'application/json', text, encoding: 'base64' };
      const [said] = await judgeHar([...first, e], 30);
      return [said?.verdict, said?.linkMode];
    };
    expect(await judgedWith(packed)).toEqual(['complete', 'auto']);
    for (const spoilt of [packed.subarray(0, 20), Buffer.concat([packed.subarray(0, 30), packed])])
      expect(await judgedWith(spoilt)).toEqual(['complete', 'unknown']);
    expect(await judgedWith(bomb)).toEqual(['complete', 'unknown']);
  });

  test('a site’s own traffic: says nothing', async () =>
    expect(
      await captureHar(
        [
          entry(T0, `${SHOP}/`),
          entry(T0 + 1, `${SHOP}/api?code=1`, { type: 'xhr', from: `${SHOP}/` }),
          entry(T0 + 2, 'https://accounts.kakao.com/login/?code=1'),
          entry(T0 + 3, 'https://t1.kakaocdn.net/kakao_js_sdk/2.6.0/kakao.min.js', {
            type: 'script',
          }),
          entry(T0 + 4, 'data:text/html,x?code=1'),
        ],
        hash,
      ),
    ).toEqual([]));
});
