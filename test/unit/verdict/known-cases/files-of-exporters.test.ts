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
  KAPI,
  ofBackEnd,
  onPage,
  readAsFile,
  TOKEN,
  toServer,
  withIdToken,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { after, MISS_UNSURE, mode, testCases, type KnownCase } from './known-case.ts';

/** A browser asks a server whether a page may send it headers with these names. */
const preflightFor = (names: string): Partial<HarRequest> => ({
  method: 'OPTIONS',
  headers: { 'Access-Control-Request-Headers': names },
  more: { _resourceType: 'preflight' },
});

/** Requests around others: the reader of files always keeps the first ones of a page and the last one. */
const among = (requests: readonly HarRequest[]): HarRequest[] => {
  const news = (at: number) => toServer({ at, method: 'GET', url: `${SITE}/api/news` });
  return [news(T0 - 2000), news(T0 - 1000), ...requests, news(T0 + 600_000)];
};

/** As Chrome's developer tools export requests: each says what asked for it. */
const byChrome = (requests: readonly HarRequest[]): HarRequest[] =>
  onPage(requests).map((r) => ({ ...r, more: { ...r.more, _initiator: { type: 'script' } } }));

const PYTHON = { 'User-Agent': 'python-requests/2.32', Accept: 'application/json' };

const JAVA = {
  'User-Agent': 'Java/21',
  Accept: 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2',
};

/** What a back end asks of other hosts, in what looks like a browser's request or answer. */
const ASKED_BY_BACK_END: (Partial<HarRequest> & { what: string })[] = [
  {
    what: "Node's fetch asks another host",
    headers: { 'Sec-Fetch-Mode': 'cors' },
  },
  {
    what: 'another host answers with a page',
    response: { content: { mimeType: 'text/html', text: '<p>ok' } },
  },
  {
    what: 'another host answers with a redirect',
    status: 302,
    response: { redirectURL: 'https://hooks.chat.test/y' },
  },
  {
    what: 'Java asks another host',
    headers: { Accept: JAVA.Accept },
    response: { content: { mimeType: 'text/plain' } },
  },
];

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

/** A back end's call of /v2/user/me that a gateway on the way to Kakao answers; without a token where that is empty. */
function gatewaysAnswer(
  at: number,
  status: number,
  headers: Record<string, string> & { Authorization?: string },
): HarRequest {
  const { Authorization = 'Bearer AT-a', ...others } = headers;
  return {
    at,
    url: `${KAPI}/v2/user/me`,
    status,
    headers: { ...others, ...(Authorization ? { Authorization } : {}) },
    response: { content: { mimeType: 'text/html', text: '<h1>Bad Gateway</h1>' } },
  };
}

/** How a token is handed to the site's server. */
const HANDED_IN_FILE: (Partial<HarRequest> & { name: string })[] = [
  { name: 'Authorization without Bearer', headers: { Authorization: TOKEN } },
  { name: 'a header of any name', headers: { 'X-Auth': TOKEN } },
  { name: 'a cookie of any name', headers: { Cookie: `auth=${TOKEN}` } },
  { name: 'a long body', form: JSON.stringify({ pad: 'x '.repeat(11_000), at: TOKEN }) },
  { name: 'JSON in a form', form: `kakao=${encodeURIComponent(JSON.stringify({ at: TOKEN }))}` },
  {
    name: 'JSON in a long form',
    form: `kakao=${encodeURIComponent(JSON.stringify({ pad: 'x '.repeat(11_000), at: TOKEN }))}`,
  },
  {
    name: 'JSON in a cookie, beside one that is not encoded',
    headers: { Cookie: `off=100%; kakao=${encodeURIComponent(JSON.stringify({ at: TOKEN }))}` },
  },
  {
    name: 'an address in an address',
    url: `${SITE}/go?to=${encodeURIComponent(`/in?a=${TOKEN}`)}`,
  },
  { name: 'the path of an address', url: `${SITE}/session/${TOKEN}` },
  { name: 'an address encoded twice', url: `${SITE}/go?to=%252Fin%253Fa%253D${TOKEN}` },
  { name: 'a text of several lines', form: JSON.stringify({ told: `token:\n${TOKEN}` }) },
  { name: 'the address of a WebSocket', url: `wss://page.shop.test/ws?auth=${TOKEN}` },
  {
    name: 'a message of a WebSocket that was opened before',
    at: T0 + 2200,
    url: 'wss://page.shop.test/ws',
    more: { ...socketMessage('send', `{"at":"${TOKEN}"}`), time: 60_000 },
  },
];

/** What a recorder keeps of a WebSocket on which one message went over. */
function socketMessage(type: 'send' | 'receive', data: string) {
  return { _webSocketMessages: [{ type, time: (T0 + 5000) / 1000, opcode: 1, data }] };
}

/** As a recorder writes them that knows whole seconds only. */
const inWholeSeconds = (requests: readonly HarRequest[]): HarRequest[] =>
  requests.map((r) => ({
    ...r,
    more: {
      ...r.more,
      startedDateTime: new Date(Math.floor(r.at / 1000) * 1000).toISOString(),
      time: 180,
    },
  }));

const FILES_OF_EXPORTERS: KnownCase[] = [
  ...HANDED_IN_FILE.map(({ name, ...more }): KnownCase => ({
    name: `token handed over in ${name}, in a file that is read from disk: a miss is not certain`,
    history: async () => [
      mode('auto'),
      await readAsFile(onPage(among([...harTokenLogin(), toServer(more)]))),
    ],
    at: 30,
    logins: [MISS_UNSURE],
  })),
  {
    name: 'WebSocket on which no token is sent: a miss is certain',
    history: async () => [
      mode('auto'),
      await readAsFile(
        onPage([
          ...harTokenLogin(),
          toServer({ url: 'wss://page.shop.test/ws', more: socketMessage('send', '{"ping":1}') }),
        ]),
      ),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain' }],
  },
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
  {
    name: 'back end’s call with another user’s token in a proxy’s file: not surely this login’s',
    history: async () => [
      mode('auto'),
      await file([
        ...byProxy(forPerson('a', harFirstLogin(T0)).slice(0, 3), 'k=1'),
        ...ofBackEnd([
          ...forPerson('a', harFirstLogin(T0)).slice(3),
          callWith(T0 + 4000, 'AT-other-9c3e7f15b2'),
        ]),
      ]),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }],
  },
  {
    name: 'token in form fields beside an empty text: a miss is not certain',
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          ...harTokenLogin(),
          toServer({
            more: {
              request: {
                method: 'POST',
                url: `${SITE}/api/session`,
                headers: [{ name: 'Origin', value: SITE }],
                postData: {
                  mimeType: 'application/x-www-form-urlencoded',
                  text: '',
                  params: [{ name: 'access_token', value: TOKEN }],
                },
              },
            },
          }),
        ]),
      ),
    ],
    at: 30,
    logins: [MISS_UNSURE],
  },
  ...[
    { name: 'Python back end', headers: PYTHON },
    { name: 'Java back end', headers: JAVA },
    { name: 'Java back end without its token', headers: { ...JAVA, Authorization: '' } },
  ].flatMap(({ name, headers }) =>
    [502, 504].map((status): KnownCase => ({
      name: `${name} whose call a gateway answers ${status} with a page, in a proxy's file: a miss is not certain`,
      history: async () => [
        mode('auto'),
        await file([
          ...byProxy(forPerson('a', harFirstLogin(T0)).slice(0, 3), 'k=1'),
          ...ofBackEnd(forPerson('a', harFirstLogin(T0)).slice(3)),
          gatewaysAnswer(T0 + 4000, status, headers),
        ]),
      ],
      at: 30,
      logins: [MISS_UNSURE],
    })),
  ),
  ...ASKED_BY_BACK_END.map(({ what, headers, ...answer }): KnownCase => ({
    name: `back end in a browser's proxy file, where ${what}: is no browser with a login of its own`,
    history: async () => [
      mode('auto'),
      await file([
        ...byProxy(forPerson('a', harFirstLogin(T0)).slice(0, 3), 'k=1'),
        ...ofBackEnd([...forPerson('a', harFirstLogin(T0)).slice(3), callWith(T0 + 4000, 'AT-a')]),
        {
          at: T0 + 5000,
          method: 'POST',
          url: 'https://hooks.chat.test/x',
          headers: { 'User-Agent': 'node', Accept: '*/*', ...headers },
          ...answer,
        },
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  })),
  ...LEFT_OUT.flatMap(({ what, url, headers, verdict }): KnownCase[] => {
    const sent = toServer({ url, headers: { 'Content-Length': '350', ...headers } });
    return [file, readAsFile].map((read) => ({
      name: `body that the recorder left out, sent to ${what}${read === file ? '' : ', in a file that is read from disk'}: ${verdict}`,
      history: async () => [mode('auto'), await read(onPage([...harTokenLogin(), sent]))],
      at: 30,
      logins: [{ verdict }],
    }));
  }),
  {
    name: 'login and its call within one of the whole seconds that a recorder writes: complete',
    history: async () => [
      mode('auto'),
      await file(onPage(inWholeSeconds([...harFirstLogin(T0), harMe(T0 + 2600)]))),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: 'two accounts within a few of such seconds, of which only the second calls: each is judged by its own',
    history: async () => [
      mode('auto'),
      await file(
        onPage(
          inWholeSeconds([
            ...withIdToken('7', withOwnToken(harFirstLogin(T0), `${TOKEN}1`)),
            ...withIdToken('8', withOwnToken(harFirstLogin(T0 + 3000), `${TOKEN}2`)),
            callWith(T0 + 5900, `${TOKEN}2`),
          ]),
        ),
      ),
    ],
    at: 30,
    logins: [{ verdict: 'missed' }, { verdict: 'complete' }],
  },
  {
    name: 'recording that a file holds twice: one login, complete',
    history: async () => {
      const once = onPage([...harFirstLogin(T0), harMe(after(0, 5))]);
      return [mode('auto'), await file([...once, ...once])];
    },
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
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
    { what: 'sends', more: {}, verdict: 'missed likely' },
    { what: 'sends ten minutes later', more: { at: after(0, 10) }, verdict: 'missed certain' },
    { what: 'only asks for', more: { method: 'GET' }, verdict: 'missed certain' },
    { what: 'sends by a form', more: { document: true }, verdict: 'missed certain' },
    {
      what: 'asks whether it may send',
      more: preflightFor('authorization'),
      verdict: 'missed likely',
    },
    {
      what: 'asks whether it may type',
      more: preflightFor('content-type'),
      verdict: 'missed certain',
    },
  ].map(({ what, more, verdict }) => ({
    name: `Chrome’s sanitized export of a page that ${what} something without the token: the header that is left out may have it`,
    history: async () => [
      mode('auto'),
      await readAsFile(byChrome([...harTokenLogin(), toServer({ form: '{}', ...more })])),
    ],
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

describe('no login of a file is surely judged by what its exporter left out', () => {
  testCases(FILES_OF_EXPORTERS);
});
