import { expect, test } from 'vitest';
import { readSpans } from '../../../../utils/capture/back-end/otlp-spans.ts';
import { traceOf, tracesReported } from '../../../../utils/capture/back-end/trace-context.ts';
import { T0 } from '../../fixtures.ts';
import { otlp, span, traceparent } from './back-end-records.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const ME = 'https://kapi.kakao.com/v2/user/me';
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

test.each([
  ['hex', TRACE],
  ['hex in capitals', TRACE.toUpperCase()],
  ['base64', Buffer.from(TRACE, 'hex').toString('base64')],
  ['base64 without its end', Buffer.from(TRACE, 'hex').toString('base64url')],
])('trace id in %s: is the same', (_, trace) => {
  expect(readSpans([otlp([span({ at: T0, url: ME, trace })])])).toMatchObject([
    { at: T0, trace: TRACE, fact: { type: 'api', path: '/v2/user/me', status: 200 } },
  ]);
});

test.each(['', '0'.repeat(32), 'x'.repeat(32), 7, null])('trace id %s: is none', (trace) => {
  const one = { ...span({ at: T0, url: ME }), traceId: trace };
  expect(readSpans([otlp([one])])).toMatchObject([{ trace: null }]);
});

test.each([
  ['client', 3, 1],
  ['client by name', 'SPAN_KIND_CLIENT', 1],
  ['server', 2, 0],
  ['internal', 1, 0],
  ['unknown', undefined, 0],
])('span of kind %s: counts as %s, %s calls', (_, kind, calls) => {
  const one = { ...span({ at: T0, url: ME }), kind };
  expect(readSpans([otlp([one])])).toHaveLength(calls);
});

test.each([
  'https://kapi.kakao.com.evil.test/v2/user/me',
  'http://kapi.kakao.com/v2/user/me',
  'https://kapi.kakao.com:8443/v2/user/me',
  'https://shop.test/v2/user/me?to=kapi.kakao.com',
])('%s: is no call to Kakao', (url) => {
  expect(readSpans([otlp([span({ at: T0, url })])])).toEqual([]);
});

test('host and path instead of an address: are put together', () => {
  const one = {
    ...span({ at: T0, url: ME }),
    attributes: [
      text('http.request.method', 'GET'),
      text('server.address', 'kapi.kakao.com'),
      text('url.path', '/v1/api/talk/profile'),
    ],
  };
  expect(readSpans([otlp([one])])).toMatchObject([
    { fact: { path: '/v1/api/talk/profile', status: 0 } },
  ]);
});

const authorization = (stringValue: string) => ({
  key: 'http.request.header.authorization',
  value: { arrayValue: { values: [{ stringValue }] } },
});

test.each([
  ['target_id in the address', `${ME}?target_id=123`, []],
  ['target_id in the query alone', ME, [text('url.query', 'target_id_type=user_id&target_id=123')]],
  ['the admin key', ME, [authorization('KakaoAK 0123456789abcdef')]],
  ['the admin key as text', ME, [text('http.request.header.authorization', 'kakaoak x')]],
])('%s: the call is about the user that it names', (_, url, more) => {
  const [call] = readSpans([otlp([span({ at: T0, url }, { more })])]);
  expect(call?.fact).toMatchObject({ target: 'other' });
  expect(JSON.stringify(call)).not.toMatch(/0123456789abcdef|kakaoak/i);
});

test.each([
  ['unlink', { method: 'POST', url: 'https://kapi.kakao.com/v1/user/unlink' }],
  ['profile by POST', { method: 'POST', url: ME }],
  ['profile whose query was masked', { url: `${ME}?*` }],
])('%s, its headers not recorded: may be about any user', (_, call) => {
  const targetOf = (more: ReturnType<typeof authorization>[]) =>
    readSpans([otlp([span({ at: T0, ...call }, { more })])])[0]?.fact;
  expect(targetOf([])).toMatchObject({ target: 'other' });
  expect(targetOf([authorization('[REDACTED]')])).toMatchObject({ target: 'other' });
  expect(targetOf([authorization('Bearer x')])).not.toHaveProperty('target');
});

test.each(['/v1/api/talk/profile', '/v1/user/signup', '/v1/user/access_token_info'])(
  'POST of %s, which takes no admin key: the call is of whoever is logged in',
  (path) => {
    const call = { at: T0, method: 'POST', url: `https://kapi.kakao.com${path}` };
    expect(readSpans([otlp([span(call)])])[0]?.fact).not.toHaveProperty('target');
  },
);

test('a token, or a header that was masked: the call is of whoever is logged in', () => {
  for (const value of ['Bearer KakaoAK', '[REDACTED]', '']) {
    const [call] = readSpans([otlp([span({ at: T0, url: ME }, { more: [authorization(value)] })])]);
    expect(call?.fact).not.toHaveProperty('target');
  }
});

test('spans of older libraries: are read too', () => {
  const { spans } = { spans: [span({ at: T0, url: ME }, { old: true })] };
  const request = { resourceSpans: [{ instrumentationLibrarySpans: [{ spans }] }] };
  expect(readSpans([request])).toHaveLength(1);
});

test.each([
  ['nothing', null],
  ['a list', []],
  ['no list', { resourceSpans: {} }],
  ['odd scopes', { resourceSpans: [null, { scopeSpans: [7, { spans: [null, 'x', {}] }] }] }],
  ['no instant', otlp([{ ...span({ at: T0, url: ME }), endTimeUnixNano: 'soon' }])],
])('%s: gives no call', (_, request) => {
  expect(readSpans([request])).toEqual([]);
});

test('spans of Spring’s own observations: are read too', () => {
  const observed = (status: string) => ({
    ...span({ at: T0, url: ME }),
    attributes: [
      text('client.name', 'kapi.kakao.com'),
      text('exception', 'none'),
      text('http.url', ME),
      text('method', 'POST'),
      text('outcome', 'SUCCESS'),
      text('status', status),
      text('uri', '/v2/user/me'),
    ],
  });
  const read = readSpans([otlp([observed('200'), observed('IO_ERROR')])]);
  expect(read.map(({ fact }) => fact)).toMatchObject([
    { method: 'POST', path: '/v2/user/me', status: 200 },
    { method: 'POST', path: '/v2/user/me', status: 0 },
  ]);
});

test('span that was exported twice, or lies in another of the same call: is one call', () => {
  const one = span({ at: T0, url: ME, trace: TRACE });
  const inner = { ...span({ at: T0 - 1, url: ME, trace: TRACE }), spanId: 'aaa19b7ec3c1b174' };
  const sidecar = { ...inner, parentSpanId: one['spanId'] };
  expect(readSpans([otlp([one, one])])).toHaveLength(1);
  expect(readSpans([otlp([sidecar, one]), otlp([sidecar])])).toMatchObject([{ at: T0 }]);
  expect(readSpans([otlp([inner, one])])).toHaveLength(2);
  const refused = span({ at: T0 - 1, url: ME, trace: TRACE, status: 401 });
  const retried = { ...refused, spanId: inner.spanId, parentSpanId: one['spanId'] };
  expect(readSpans([otlp([retried, one])])).toHaveLength(2);
});

test('secrets of a span: never come out', () => {
  const secret = 'kanarie0Zq8Vw3Xy7Tr5Pm1Nb9Lk4';
  const more = [
    text('http.request.header.authorization', `Bearer ${secret}`),
    text('url.query', `access_token=${secret}`),
    text('db.statement', secret),
    text(secret, secret),
  ];
  const spans = [
    span({ at: T0, url: `https://kapi.kakao.com/v1/${secret}/me?t=${secret}#${secret}` }, { more }),
    span({ at: T0, url: `https://u:${secret}@kauth.kakao.com/oauth/token?code=${secret}` }),
    span({ at: T0, method: secret, url: ME, trace: secret }),
    span({ at: T0, url: `https://shop.test/${secret}?code=${secret}` }, { kind: 2, more }),
    {
      ...span({ at: T0, url: ME }),
      name: secret,
      traceState: secret,
      status: { message: secret },
      events: [{ name: secret, attributes: more }],
    },
  ];
  const calls = readSpans([otlp(spans)]);
  expect(calls).toHaveLength(4);
  expect(JSON.stringify(calls)).not.toContain('kanarie');
});

test('traceparent: its trace id, where it is well formed', () => {
  expect(traceOf(traceparent(TRACE))).toBe(TRACE);
  expect(traceOf(` ${traceparent(TRACE)}`)).toBe(TRACE);
  for (const bad of [null, '', TRACE, `00-${TRACE}`, traceparent('0'.repeat(32))])
    expect(traceOf(bad)).toBeNull();
});

test('Server-Timing: tells the traces of metrics named traceparent', () => {
  const header = `db;dur=1, TraceParent;desc="${traceparent(TRACE)}", kakao;desc="${traceparent(TRACE)}"`;
  expect(tracesReported([header])).toEqual([TRACE]);
  expect(tracesReported(['traceparent', 'traceparent;desc=1'])).toEqual([]);
});
