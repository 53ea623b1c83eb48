import { describe } from 'vitest';
import { SITE, T0 } from '../../fixtures.ts';
import {
  byProxy,
  callWith,
  file,
  forPerson,
  harFirstLogin,
  harMe,
  harTokenLogin,
  ofBackEnd,
  onPage,
  readAsFile,
  TOKEN,
  toServer,
  type HarRequest,
} from './har-requests.ts';
import { after, MISS_UNSURE, mode, testCases, type KnownCase } from './known-case.ts';

/** A browser asks a server whether a page may send it headers with these names. */
const preflightFor = (names: string): Partial<HarRequest> => ({
  method: 'OPTIONS',
  headers: { 'Access-Control-Request-Headers': names },
  more: { _resourceType: 'preflight' },
});

/** As Chrome's developer tools export requests: each says what asked for it. */
const byChrome = (requests: readonly HarRequest[]): HarRequest[] =>
  onPage(requests).map((r) => ({ ...r, more: { ...r.more, _initiator: { type: 'script' } } }));

/** Requests of a page whose bodies the recorder left out, and what is said of the login before. */
const LEFT_OUT: (Pick<HarRequest, 'url' | 'headers'> & { what: string; verdict: string })[] = [
  { what: 'its own server', url: `${SITE}/api/session`, verdict: 'missed likely' },
  {
    what: "its server's API host",
    url: 'https://api.shop.test/session',
    verdict: 'missed likely',
  },
  { what: 'another site', url: 'https://analytics.test/e', verdict: 'missed certain' },
  {
    what: 'its own server, as a report',
    url: `${SITE}/vitals`,
    headers: { 'Sec-Fetch-Mode': 'no-cors' },
    verdict: 'missed certain',
  },
  {
    what: 'its own server, with files',
    url: `${SITE}/upload`,
    headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
    verdict: 'missed certain',
  },
];

const LEFT_OUT_SECRETS: KnownCase[] = [
  ...[
    { name: 'that was left out', body: undefined },
    { name: 'that was redacted', body: '{"token_type":"bearer","access_token":"[redacted]"}' },
    { name: 'in whose place is a word', body: '{"token_type":"bearer","access_token":"REDACTED"}' },
  ].flatMap(({ name, body }): KnownCase[] => {
    const without = (requests: HarRequest[]) =>
      requests.map(({ body: was, ...r }) => (was && body ? { ...r, body } : r));
    return [
      {
        name: `token in an answer ${name}, then handed to the server: a miss is not certain`,
        history: async () => [
          mode('auto'),
          await file(
            onPage([
              ...without(harTokenLogin()),
              toServer({ headers: { Authorization: `Bearer ${TOKEN}` } }),
            ]),
          ),
        ],
        at: 30,
        logins: [MISS_UNSURE],
      },
      {
        name: `token in an answer ${name}, then posted to the server: a miss is not certain`,
        history: async () => [
          mode('auto'),
          await readAsFile(
            onPage([...without(harTokenLogin()), toServer({ form: `{"kakao":"${TOKEN}"}` })]),
          ),
        ],
        at: 30,
        logins: [MISS_UNSURE],
      },
      {
        name: `token in an answer ${name}, then something short posted to the server: a miss is certain`,
        history: async () => [
          mode('auto'),
          await readAsFile(
            onPage([...without(harTokenLogin()), toServer({ form: '{"item":"1204","size":"L"}' })]),
          ),
        ],
        at: 30,
        logins: [{ verdict: 'missed certain' }],
      },
      {
        name: `token in an answer ${name}, then its back end's call in a proxy's file: complete`,
        history: async () => [
          mode('auto'),
          await file([
            ...byProxy(forPerson('a', harFirstLogin(T0)).slice(0, 3), 'k=1'),
            ...ofBackEnd([
              ...without(forPerson('a', harFirstLogin(T0)).slice(3)),
              callWith(T0 + 4000, 'AT-a'),
            ]),
          ]),
        ],
        at: 30,
        logins: [{ verdict: 'complete', never: 'missed certain' }],
      },
    ];
  }),
  ...LEFT_OUT.flatMap(({ what, url, headers, verdict }): KnownCase[] => {
    const sent = toServer({ url, headers: { 'Content-Length': '350', ...headers } });
    return [file, readAsFile].map((read) => ({
      name: `body that the recorder left out, sent to ${what}${read === file ? '' : ', in a file read from disk'}: ${verdict}`,
      history: async () => [mode('auto'), await read(onPage([...harTokenLogin(), sent]))],
      at: 30,
      logins: [{ verdict }],
    }));
  }),
  ...[
    { header: 'X-Kakao-Token', value: TOKEN, verdict: 'missed likely' },
    { header: 'Authorization', value: TOKEN, verdict: 'missed likely' },
    { header: 'X-CSRF-Token', value: TOKEN, verdict: 'missed certain' },
    { header: 'X-Access-Token', value: `e30.${TOKEN}.sig`, verdict: 'missed certain' },
    { header: 'X-Request-Id', value: TOKEN, verdict: 'missed certain' },
  ].map(({ header, value, verdict }) => ({
    name: `file without bodies whose page sends ${header}, ${value.length} characters long: ${verdict}`,
    history: async () => {
      const login = harTokenLogin().map((r): HarRequest => ({ ...r, response: { content: {} } }));
      const sent = toServer({ headers: { [header]: value } });
      return [mode('auto'), await readAsFile(onPage([...login, sent]))];
    },
    at: 30,
    logins: [{ verdict }],
  })),
  ...[
    { what: 'sends something', more: {}, verdict: 'missed likely' },
    {
      what: 'sends something ten minutes later',
      more: { at: after(0, 10) },
      verdict: 'missed likely',
    },
    {
      what: 'sends something an hour later',
      more: { at: after(1) },
      verdict: 'missed certain',
    },
    { what: 'asks for data', more: { method: 'GET' }, verdict: 'missed likely' },
    {
      what: 'asks for a piece of a page',
      more: { method: 'GET', response: { content: { mimeType: 'text/html' } } },
      verdict: 'missed certain',
    },
    {
      what: 'asks a server of another domain for data',
      more: { method: 'GET', url: 'https://analytics.test/e' },
      verdict: 'missed certain',
    },
    { what: 'sends something by a form', more: { document: true }, verdict: 'missed certain' },
    {
      what: 'asks whether it may send a token',
      more: preflightFor('authorization'),
      verdict: 'missed likely',
    },
    {
      what: 'asks a server of another domain whether it may send a token',
      more: { ...preflightFor('authorization'), url: 'https://shop-api.test/session' },
      verdict: 'missed likely',
    },
    {
      what: 'sends something to another domain',
      more: { url: 'https://analytics.test/e' },
      verdict: 'missed certain',
    },
    {
      what: 'asks whether it may say what type its text has',
      more: preflightFor('content-type'),
      verdict: 'missed certain',
    },
  ].map(({ what, more, verdict }) => ({
    name: `Chrome’s sanitized export of a page that ${what}, without headers: ${verdict}`,
    history: async () => [
      mode('auto'),
      await readAsFile(byChrome([...harTokenLogin(), toServer({ form: '{}', ...more })])),
    ],
    at: 30,
    logins: [{ verdict }],
  })),
  ...[
    { value: 'Bearer ***', verdict: 'missed likely' },
    { value: '[REDACTED]', verdict: 'missed likely' },
    { value: 'Bearer XXXXXXXX', verdict: 'missed likely' },
    { value: '', verdict: 'missed likely' },
    { value: 'Bearer ***', url: 'https://shop-api.test/me', verdict: 'missed likely' },
    { value: 'Bearer e30.e30.redacted', verdict: 'missed certain' },
    { value: 'Basic dGVzdDp0ZXN0', verdict: 'missed certain' },
    { value: 'Bearer null', verdict: 'missed certain' },
  ].map(({ value, url = `${SITE}/me`, verdict }) => ({
    name: `page that asks ${url} with the Authorization “${value}”: ${verdict}`,
    history: async () => {
      const asked = toServer({ url, method: 'GET', headers: { Authorization: value } });
      return [mode('auto'), await readAsFile(onPage([...harTokenLogin(), asked]))];
    },
    at: 30,
    logins: [{ verdict }],
  })),
  {
    name: 'the same where the export shows headers that hold secrets: it left out none',
    history: async () => [
      mode('auto'),
      await readAsFile(
        byChrome([
          ...harTokenLogin(),
          toServer({ form: '{}' }),
          harMe(T0 + 5000, { status: 403, headers: { Authorization: `Bearer ${TOKEN}` } }),
        ]),
      ),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain' }],
  },
];

describe('a file whose recorder left out what may hold a token', () => {
  testCases(LEFT_OUT_SECRETS);
});
