import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parseServerTiming,
  readServerReports,
  type Metric,
} from '../../../utils/capture/server-timing.ts';

const names = (header: string) => parseServerTiming(header).map((m) => m.name);
const descs = (header: string) => parseServerTiming(header).map((m) => m.desc);

describe('Server-Timing header', () => {
  test.each<[string, [string, string | null][]]>([
    // The examples of the W3C's Server Timing.
    [
      'miss, db;dur=53, app;dur=47.2',
      [
        ['miss', null],
        ['db', null],
        ['app', null],
      ],
    ],
    [
      'customView, dc;desc=atl',
      [
        ['customView', null],
        ['dc', 'atl'],
      ],
    ],
    ['cache;desc="Cache Read";dur=23.2', [['cache', 'Cache Read']]],
    ['total;dur=123.4', [['total', null]]],
    // Quoting.
    ['a;desc="x, y; z"', [['a', 'x, y; z']]],
    [
      String.raw`a;desc="say \"hi\", \\o/", b`,
      [
        ['a', String.raw`say "hi", \o/`],
        ['b', null],
      ],
    ],
    ['a;desc=""', [['a', '']]],
    ['a;desc="open, b', [['a', 'open, b']]],
    ['a;desc="open\\', [['a', 'open']]],
    // Order, case, blanks.
    ['a;dur=1;desc="d"', [['a', 'd']]],
    ['a;DESC="d"', [['a', 'd']]],
    [
      ' a ; desc = "d" ,\tb\t;\tdesc\t=\te ',
      [
        ['a', 'd'],
        ['b', 'e'],
      ],
    ],
    [
      'A, a',
      [
        ['A', null],
        ['a', null],
      ],
    ],
    // Repeated parameters: the first, even an incomplete one.
    ['a;desc=x;desc=y', [['a', 'x']]],
    ['a;desc;desc=y', [['a', null]]],
    ['a;desc=;desc=y', [['a', '']]],
    ['a;dur=1;dur=2;desc=z', [['a', 'z']]],
    // Nothing, and rubbish.
    ['', []],
    [' \t ', []],
    [',,, ,', []],
    [';desc=x', []],
    ['=', []],
    ['a;;;desc=x', [['a', 'x']]],
    [
      'a;desc=x y;dur=1, b',
      [
        ['a', 'x'],
        ['b', null],
      ],
    ],
    [
      'a b;desc=x, c',
      [
        ['a', 'x'],
        ['c', null],
      ],
    ],
    ['a;desc=("x")', [['a', '']]],
    ['카카오;desc=x, b', [['b', null]]],
  ])('%s', (header, expected) => {
    expect(parseServerTiming(header)).toEqual(expected.map(([name, desc]) => ({ name, desc })));
  });

  const token = fc.stringMatching(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,12}$/);
  const text = fc.string({
    unit: fc.integer({ min: 32, max: 255 }).map((c) => String.fromCharCode(c)),
  });
  const metric: fc.Arbitrary<Metric> = fc.record({
    name: token,
    desc: fc.option(text, { nil: null }),
  });
  const render = (metrics: Metric[], more: string[]) =>
    metrics
      .map(({ name, desc }, i) => {
        const quoted = desc?.replace(/["\\]/g, (c) => `\\${c}`);
        return `${name}${more[i % more.length] ?? ''}${quoted === undefined ? '' : `;desc="${quoted}"`}`;
      })
      .join(more.length % 2 ? ',' : ' , ');

  test('well-formed header: is read back as it was written', () =>
    fc.assert(
      fc.property(
        fc.array(metric),
        fc.array(fc.constantFrom('', ';dur=1.5', ';x="a,b;c"', ' ; DUR = 3', ';flag')),
        (metrics, more) => {
          expect(parseServerTiming(render(metrics, more))).toEqual(metrics);
        },
      ),
    ));

  test('any text: never throws', () =>
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('a', '"', '\\', ';', ',', '=', ' ', '\t', '가', 'kakao', 'desc'),
        }),
        (header) => {
          for (const m of parseServerTiming(header)) expect(m.name).not.toBe('');
          readServerReports([header]);
        },
      ),
      { numRuns: 2000 },
    ));

  test.each([
    '"',
    '\\',
    ';',
    ',',
    'a',
    ' ',
    'a,',
    'a;',
    'a="',
    'kakao;desc="',
    '";,',
    'a;desc="\\',
  ])('64 KB and 512 KB of %s take time in proportion', (unit) => {
    const header = unit.repeat(524_288 / unit.length);
    const start = performance.now();
    readServerReports([header.slice(0, 65_536), header]);
    // A quadratic reader would take hours; a busy machine takes seconds.
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

describe('reports of a back end', () => {
  const one = (desc: string) => readServerReports([`kakao;desc="${desc}"`])[0];
  const CALLS: Record<string, string> = {
    me: 'GET /v2/user/me 200',
    issued: 'POST /oauth/token 200',
    refused: 'POST /oauth/token 400 code=KOE320',
  };
  const headerOf = (told: readonly string[]) =>
    told.map((name) => `kakao;desc="${CALLS[name]}"`).join(', ');

  test('documented example: gives both calls', () =>
    expect(
      readServerReports([
        'kakao;desc="POST /oauth/token 200", kakao;desc="GET /v2/user/me 200";dur=41',
      ]),
    ).toMatchObject([
      { type: 'token', method: 'POST', status: 200 },
      { type: 'api', method: 'GET', path: '/v2/user/me', status: 200, wholeBody: false },
    ]));

  test.each([
    ['before the token was issued', ['me', 'issued']],
    ['after an exchange that was refused', ['refused', 'me']],
    ['beside two exchanges, which are of two logins', ['issued', 'me', 'issued']],
  ])('call %s: may carry another token', (_when, told) => {
    expect(readServerReports([headerOf(told)]).filter((r) => r.type === 'api')).toMatchObject([
      { path: '/v2/user/me', maybeCached: true },
    ]);
  });

  test.each([[['issued', 'me']], [['refused', 'issued', 'me']], [['me']]])(
    'call after the only exchange that succeeded, or without one (%j): carries its token',
    (told) => {
      const call = readServerReports([headerOf(told)]).find((r) => r.type === 'api');
      expect(call).not.toHaveProperty('maybeCached');
    },
  );

  test('several headers, other metrics, any case of the name: are read', () => {
    expect(
      readServerReports([
        'db;dur=1, Kakao;desc="GET /v2/user/me 200"',
        'KAKAO;dur=3;desc="GET /v1/friends 403"',
      ]),
    ).toMatchObject([{ path: '/v2/user/me' }, { path: '/v1/friends', status: 403 }]);
    expect(names('kakaotalk, xkakao')).toEqual(['kakaotalk', 'xkakao']);
    expect(readServerReports(['kakaotalk;desc="GET /v2/user/me 200", xkakao'])).toEqual([]);
  });

  test.each([
    'db;dur=53\nkakao;desc="GET /v2/user/me 200"',
    'db;desc="a"\r\nkakao;desc="GET /v2/user/me 200"',
    'disk;desc=5" drive, kakao;desc="GET /v2/user/me 200"',
    'disk;desc="5" drive", kakao;desc="GET /v2/user/me 200"',
    'sql;desc="SELECT "a", "b"";dur=3, kakao;desc="GET /v2/user/me 200"',
  ])('report behind line breaks or stray quotes is read: %s', (header) =>
    expect(readServerReports([header])).toMatchObject([{ path: '/v2/user/me', status: 200 }]),
  );

  test('report that a quoted text of another metric swallows: could not be read', () => {
    const header = String.raw`file;desc="C:\temp\", kakao;desc="GET /v2/user/me 200"`;
    expect(readServerReports([header])).toMatchObject([{ type: 'bad-report' }]);
  });

  test('status 0: a call without an answer', () =>
    expect(one('GET /v2/user/me 0')).toMatchObject({ type: 'api', status: 0 }));
  test.each(['GET /v2/user/me 200', 'POST /v1/user/unlink 200', 'GET /v2/user/me 400 code=-101'])(
    '%s with target=other: names a user, who need not be logged in',
    (desc) => {
      expect(one(`${desc} target=other`)).toMatchObject({ type: 'api', target: 'other' });
      expect(one(desc)).not.toHaveProperty('target');
    },
  );

  test('words after the status: are read, unknown ones ignored', () => {
    expect(one('GET /v1/api/talk/friends 403 code=-402')).toMatchObject({
      status: 403,
      code: -402,
    });
    expect(
      one('GET /v2/user/me 200 has_signed_up=false connected_at=2026-11-22T03:04:05Z'),
    ).toMatchObject({ hasSignedUp: false, connectedAt: Date.UTC(2026, 10, 22, 3, 4, 5) });
    expect(one('POST /v1/user/signup 400 code=-102')).toMatchObject({ code: -102 });
    expect(one('POST /oauth/token 400 code=KOE320')).toMatchObject({ error: 'KOE320' });
    expect(
      one('GET /v2/user/me 200 has_signed_up=maybe code=abc connected_at=soon x'),
    ).toMatchObject({
      hasSignedUp: null,
      code: null,
      connectedAt: null,
    });
  });

  test.each([
    ['', 'method'],
    ['OPTIONS /v2/user/me 200', 'method'],
    ['GET v2/user/me 200', 'path'],
    ['GET', 'path'],
    ['GET /v2/user/me', 'status'],
    ['GET /v2/user/me OK', 'status'],
    ['GET /v2/user/me 2000', 'status'],
    ['GET /v2/user/me 099', 'status'],
    ['GET /v2/user/me 200ms', 'status'],
  ])('malformed, and said so: %s', (desc, reason) =>
    expect(one(desc)).toEqual({ type: 'bad-report', reason }),
  );

  test('metric without a description: is malformed', () =>
    expect(
      readServerReports(['kakao, kakao;dur=3, kakao;desc;desc="GET /v2/user/me 200"']),
    ).toEqual(Array.from({ length: 3 }, () => ({ type: 'bad-report', reason: 'method' }))));

  test.each([
    'get /v2/user/me 200',
    'GET https://kapi.kakao.com/v2/user/me 200',
    'GET /v2/user/me/ 200',
    'GET https://kapi.kakao.com/v2/user/me/?secure_resource=true 200',
    'GET kapi.kakao.com/v2/user/me 200',
    'GET /v2/user/me?access_token=x 200',
  ])('written otherwise, read as meant: %s', (desc) =>
    expect(one(desc)).toMatchObject({ method: 'GET', path: '/v2/user/me', status: 200 }),
  );

  test.each(['/oauth/token/', '//oauth/token', 'https://kauth.kakao.com//oauth/token'])(
    'token request written otherwise, read as meant: %s',
    (path) => expect(one(`POST ${path} 200`)).toMatchObject({ type: 'token', status: 200 }),
  );

  test('flood of metrics: is cut off', () =>
    expect(readServerReports([`${'kakao;desc="GET /v2/user/me 200",'.repeat(3000)}`])).toHaveLength(
      1000,
    ));

  test('description: needs no quotes where it is a token; blanks are free', () => {
    expect(descs('kakao;desc=x')).toEqual(['x']);
    expect(one('  GET   /v2/user/me\t200  ')).toMatchObject({ path: '/v2/user/me' });
  });
});
