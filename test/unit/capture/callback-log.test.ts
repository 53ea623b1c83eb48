import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashedCallback, parseCallbackLog } from '../../../utils/capture/callback-log.ts';

/** Why Kakao cuts a link, by its documents: docs/kakao-rules.md#unlink-callback and #account-status. */
const REASONS = [
  'ACCOUNT_DELETE',
  'FORCED_ACCOUNT_DELETE',
  'UNLINK_FROM_ADMIN',
  'UNLINK_FROM_APPS',
  'INCOMPLETE_SIGN_UP',
  'UNLINK_FROM_SERVICE',
  'REVOKE_ACCOUNT_SERVICE_TERMS',
];

const QUERY = 'app_id=910004&user_id=4000000001&referrer_type=INCOMPLETE_SIGN_UP';
const FOUND = { appId: '910004', userId: '4000000001', referrerType: 'INCOMPLETE_SIGN_UP' };

const FOUND_IN_JSON = { app_id: '910004', referrer_type: 'INCOMPLETE_SIGN_UP' };

describe('one line of a callback log', () => {
  test.each([
    ['a query string', QUERY, null],
    ['a path', `/kakao/unlink?${QUERY}`, null],
    [
      'a form body in another order',
      `user_id=4000000001&group_user_token=GT-secret&referrer_type=INCOMPLETE_SIGN_UP&app_id=910004`,
      null,
    ],
    [
      'JSON',
      '{"app_id":"910004","user_id":"4000000001","referrer_type":"INCOMPLETE_SIGN_UP"}',
      null,
    ],
    [
      'JSON with a number',
      '{"app_id":910004,"user_id":4000000001,"referrer_type":"INCOMPLETE_SIGN_UP"}',
      null,
    ],
    [
      'JSON one level down, with a time',
      `{"time":"2026-11-22T03:04:05Z","body":{"app_id":"910004","user_id":"4000000001","referrer_type":"INCOMPLETE_SIGN_UP"}}`,
      Date.UTC(2026, 10, 22, 3, 4, 5),
    ],
    [
      'JSON in a string, as containers and clouds keep lines',
      String.raw`{"log":"unlink {\"app_id\":\"910004\",\"user_id\":\"4000000001\",\"referrer_type\":\"INCOMPLETE_SIGN_UP\"}\n","time":"2026-11-22T03:04:05.123456789Z"}`,
      Date.UTC(2026, 10, 22, 3, 4, 5, 123),
    ],
    [
      'JSON with the time in milliseconds, as pino writes it',
      `{"level":30,"time":${Date.UTC(2026, 10, 22, 3, 4, 5)},"body":{"app_id":"910004","user_id":"4000000001","referrer_type":"INCOMPLETE_SIGN_UP"}}`,
      Date.UTC(2026, 10, 22, 3, 4, 5),
    ],
    [
      'JSON with the time in seconds, as zap writes it',
      `{"level":"info","ts":${Date.UTC(2026, 10, 22, 3, 4, 5) / 1000}.1234567,"msg":"unlink","form":"${QUERY}"}`,
      Date.UTC(2026, 10, 22, 3, 4, 5, 123),
    ],
    [
      'JSON with the time in whole seconds',
      `{"timestamp": ${Date.UTC(2026, 10, 22, 3, 4, 5) / 1000}, "form": "${QUERY}"}`,
      Date.UTC(2026, 10, 22, 3, 4, 5),
    ],
    ['JSON with the query in a string', `{"url":"/kakao/unlink?${QUERY}","ip":"1.2.3.4"}`, null],
    [
      'an access log',
      `211.1.2.3 - - [22/Nov/2026:12:04:05 +0900] "GET /kakao/unlink?${QUERY} HTTP/1.1" 200 0 "-" "-"`,
      Date.UTC(2026, 10, 22, 3, 4, 5),
    ],
    [
      'a log line with a time',
      `2026-11-22 12:04:05+09:00 INFO unlink ${QUERY}`,
      Date.UTC(2026, 10, 22, 3, 4, 5),
    ],
    [
      'a map of Java’s',
      '2026-11-22T12:04:05.000+09:00 INFO c.s.Unlink : {app_id=910004, user_id=4000000001, referrer_type=INCOMPLETE_SIGN_UP}',
      Date.UTC(2026, 10, 22, 3, 4, 5),
    ],
    [
      'an object of Java’s, with names of its own',
      'Unlink(appId=910004, userId=4000000001, groupUserToken=GT-secret, referrerType=INCOMPLETE_SIGN_UP)',
      null,
    ],
    [
      'an object of Node’s',
      "unlink { app_id: '910004', user_id: '4000000001', referrer_type: 'INCOMPLETE_SIGN_UP' }",
      null,
    ],
    [
      'a dictionary of Django’s',
      "<QueryDict: {'app_id': ['910004'], 'user_id': ['4000000001'], 'referrer_type': ['INCOMPLETE_SIGN_UP']}>",
      null,
    ],
    [
      'parameters of Rails’',
      'Parameters: {"app_id" => "910004", "user_id"=>"4000000001", "referrer_type"=>"INCOMPLETE_SIGN_UP"}',
      null,
    ],
    [
      'an array of PHP’s',
      'Array ( [app_id] => 910004 [user_id] => 4000000001 [referrer_type] => INCOMPLETE_SIGN_UP )',
      null,
    ],
    [
      'a map of Go’s',
      'map[app_id:[910004] referrer_type:[INCOMPLETE_SIGN_UP] user_id:[4000000001]]',
      null,
    ],
    [
      'a struct of Go’s',
      'unlink {AppID:910004 UserID:4000000001 ReferrerType:INCOMPLETE_SIGN_UP}',
      null,
    ],
    [
      'properties of .NET’s',
      '{"@t":"2026-11-22T03:04:05Z","AppId":"910004","UserId":"4000000001","ReferrerType":"INCOMPLETE_SIGN_UP"}',
      Date.UTC(2026, 10, 22, 3, 4, 5),
    ],
    [
      'a JSON access log that says it was answered',
      JSON.stringify({ uri: `/unlink?${QUERY}`, status: 200, bytes: 401 }),
      null,
    ],
    [
      'words between its fields',
      'app_id=910004 user_id=4000000001 because referrer_type=INCOMPLETE_SIGN_UP',
      null,
    ],
    ['JSON two levels down', `{"http":{"request":{"body":"${QUERY}"}}}`, null],
    ['a time without a zone', `2026-11-22 12:04:05 INFO unlink ${QUERY}`, null],
  ])('%s', (_what, line, at) => {
    expect(parseCallbackLog(line)).toEqual({
      entries: [{ line: 1, at, ...FOUND }],
      bad: [],
      other: 0,
    });
  });

  test.each(REASONS)('%s is known', (type) => {
    const { entries } = parseCallbackLog(`app_id=1&user_id=2&referrer_type=${type}`);
    expect(entries[0]?.referrerType).toBe(type);
  });

  test.each([
    ['app_id=1&referrer_type=UNLINK_FROM_APPS', 'no-user-id'],
    ['app_id=1&user_id=alice&referrer_type=UNLINK_FROM_APPS', 'bad-user-id'],
    ['app_id=1&user_id=2', 'no-referrer-type'],
    ["{ user_id: '40000***', referrer_type: 'UNLINK_FROM_APPS' }", 'bad-user-id'],
    ['app_id=1&user_id=2&referrer_type=SOMETHING', 'unknown-referrer-type'],
    ['the user_id was not found', 'no-fields'],
    [`1.2.3.4 - - [22/Nov/2026:12:04:05 +0900] "POST /unlink?${QUERY} HTTP/1.1" 401 0`, 'refused'],
    [`1.2.3.4 - - [22/Nov/2026:12:04:05 +0900] "GET /unlink?${QUERY} HTTP/2.0" 403 19`, 'refused'],
    [JSON.stringify({ log: `1.2.3.4 "POST /unlink?${QUERY} HTTP/1.1" 401 0\n` }), 'refused'],
    [JSON.stringify({ uri: `/unlink?${QUERY}`, status: '401' }), 'refused'],
    [JSON.stringify({ req: { url: `/unlink?${QUERY}` }, res: { statusCode: 403 } }), 'refused'],
    [
      `https 2026-11-22T03:04:05.000000Z app/lb 1.2.3.4:1 10.0.0.1:80 0 0 0 401 401 1 1 "GET https://shop.test:443/unlink?${QUERY} HTTP/1.1" "Kakao"`,
      'refused',
    ],
    ['{"user_id": {"__proto__": 1}, "referrer_type": "UNLINK_FROM_APPS"}', 'no-user-id'],
  ])('%s is bad: %s', (line, reason) => {
    expect(parseCallbackLog(line)).toEqual({ entries: [], bad: [{ line: 1, reason }], other: 0 });
  });
});

test('good lines beside bad ones: are kept, with their numbers', () => {
  const log = parseCallbackLog(
    `\uFEFF${QUERY}\r\n\r\nuser_id=x&referrer_type=UNLINK_FROM_APPS\nGET /health 200\n${QUERY}`,
  );
  expect(log.entries.map((e) => e.line)).toEqual([1, 5]);
  expect(log.bad).toEqual([{ line: 3, reason: 'bad-user-id' }]);
  expect(log.other).toBe(1);
});

describe('a log that is one JSON document', () => {
  const webhook = (userId: string) => ({ ...FOUND_IN_JSON, user_id: userId });
  test.each([undefined, 2])(
    'array, indented by %s: each item is read, numbered as a line',
    (indent) => {
      const text = JSON.stringify(
        [webhook('1'), webhook('x'), 'GET /', webhook('3')],
        null,
        indent,
      );
      const log = parseCallbackLog(`\uFEFF${text}\n`);
      expect(log.entries.map((e) => [e.line, e.userId])).toEqual([
        [1, '1'],
        [4, '3'],
      ]);
      expect(log.bad).toEqual([{ line: 2, reason: 'bad-user-id' }]);
      expect(log.other).toBe(1);
    },
  );
  test.each([
    { how: 'indented', indent: 2, wrap: (log: object) => log },
    { how: 'on one line', indent: 0, wrap: (log: object) => log },
    { how: 'deeper', indent: 2, wrap: (log: object) => ({ took: 1, result: log }) },
  ])('list in an object, $how: is read as an array', ({ indent, wrap }) => {
    const line = `211.1.2.3 - - [22/Nov/2026:12:04:05 +0900] "GET /unlink?${QUERY} HTTP/1.1" 200 2`;
    const events = ['GET /', line, line].map((message) => ({ message }));
    const document = { searchedLogStreams: [{ logStreamName: 'web' }], events };
    const log = parseCallbackLog(JSON.stringify(wrap(document), null, indent));
    expect(log.entries.map((e) => e.line)).toEqual([2, 3]);
    expect(log.other).toBe(1);
  });
  test('object over several lines: is read as one', () =>
    expect(parseCallbackLog(JSON.stringify(webhook('1'), null, 2))).toMatchObject({
      entries: [{ line: 1, userId: '1' }],
      bad: [],
    }));
});

describe('an object over several lines, among other lines', () => {
  const before = '2026-11-22T03:04:04Z INFO received (3 fields)';
  const webhook = { app_id: '910004', user_id: '4000000001', referrer_type: 'INCOMPLETE_SIGN_UP' };
  const event = {
    iss: 'https://kauth.kakao.com',
    aud: 'rest-key',
    toe: 1_795_316_645,
    events: {
      'https://schemas.openid.net/secevent/oauth/event-type/user-unlinked': {
        subject: { subject_type: 'iss-sub', sub: '4000000001' },
        reason: 'INCOMPLETE_SIGN_UP',
      },
    },
  };
  const FIELDS_OF_PHP = '[app_id] => 910004\n[user_id] => 4000000001\n';
  test.each([
    ['JSON', JSON.stringify(webhook, null, 2)],
    ['JSON behind words', `2026-11-22T03:04:05Z INFO body ${JSON.stringify(webhook, null, 4)}`],
    ['JSON one level down', JSON.stringify({ level: 30, body: webhook, end: ')' }, null, 2)],
    [
      'an object of Node’s',
      "{\n  app_id: '910004',\n  user_id: '4000000001',\n  referrer_type: 'INCOMPLETE_SIGN_UP'\n}",
    ],
    [
      'a hash of Ruby’s',
      '{"app_id" => "910004",\n "user_id" => "4000000001",\n "referrer_type" => "INCOMPLETE_SIGN_UP"}',
    ],
    ['an array of PHP’s', `Array\n(\n${FIELDS_OF_PHP}[referrer_type] => INCOMPLETE_SIGN_UP\n)\n`],
    ['an account-status event', JSON.stringify(event, null, 2)],
  ])('%s: is read', (_what, object) => {
    const { entries, bad } = parseCallbackLog(`${before}\n${object}\nGET /health 200\n${QUERY}`);
    expect(bad).toEqual([]);
    expect(entries.map((e) => e.userId)).toEqual(['4000000001', '4000000001']);
    expect(entries.map((e) => e.referrerType)).toEqual([
      'INCOMPLETE_SIGN_UP',
      'INCOMPLETE_SIGN_UP',
    ]);
  });

  test('two in one list: each is read, by the number of its own first line', () => {
    const list = JSON.stringify({ events: [webhook, { ...webhook, user_id: '2' }] }, null, 2);
    const { entries, bad } = parseCallbackLog(`${before}\n${list}`);
    expect(entries.map((e) => [e.line, e.userId])).toEqual([
      [4, '4000000001'],
      [9, '2'],
    ]);
    expect(bad).toEqual([]);
  });

  test('webhook that needs no other line: is not put together with those around it', () => {
    const { entries, bad } = parseCallbackLog(`retry (\n${QUERY}\nstatus=401 )`);
    expect(entries.map((e) => e.line)).toEqual([2]);
    expect(bad).toEqual([]);
  });
});

test('access log of a busy day: its last line is read', () => {
  const other = '211.1.2.3 - - [22/Nov/2026:12:04:05 +0900] "GET / HTTP/1.1" 200 512 "-" "-"\n';
  const log = parseCallbackLog(other.repeat(600_000) + QUERY);
  expect(log.entries.map((e) => e.line)).toEqual([600_001]);
  expect(log.other).toBe(600_000);
});

test('entry as the worker is told of it: holds the hash of the user id, and no token', async () => {
  const [entry] = parseCallbackLog(`${QUERY}&group_user_token=GT-secret`).entries;
  const callback = await hashedCallback(entry!, async (id) => `hash-of-${id.length}`);
  expect(callback).toEqual({
    appId: '910004',
    account: 'hash-of-10',
    referrerType: 'INCOMPLETE_SIGN_UP',
  });
});

test('any text: is read without an error, every entry whole', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constant(QUERY),
          fc.constant('user_id={'),
          fc.json(),
        ),
      ),
      (lines) => {
        const { entries } = parseCallbackLog(lines.join('\n'));
        for (const e of entries) {
          expect(e.userId).toMatch(/^\d{1,20}$/);
          expect(REASONS).toContain(e.referrerType);
        }
        expect(entries.length).toBeGreaterThanOrEqual(lines.filter((l) => l === QUERY).length);
      },
    ),
  );
});
