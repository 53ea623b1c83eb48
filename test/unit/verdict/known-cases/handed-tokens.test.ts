import { describe } from 'vitest';
import { SITE, T0 } from '../../fixtures.ts';
import {
  file,
  fromHar,
  harFirstLogin,
  harMe,
  harTokenLogin,
  keptOpen,
  onPage,
  readAsFile,
  TOKEN,
  toServer,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { after, MISS_UNSURE, mode, testCases, type KnownCase } from './known-case.ts';

const REFUSED = 'kakao;desc="GET /v1/api/talk/friends 403 code=-402";dur=41';

/** The page hands its token to a server of the site, which may tell what it then asked of Kakao. */
const handOver = (at: number, report: string | null): HarRequest => ({
  at,
  method: 'POST',
  url: `${SITE}/api/login`,
  document: false,
  headers: { Origin: SITE, Referer: `${SITE}/cb` },
  form: `{"access_token":"${TOKEN}"}`,
  ...(report === null ? {} : { response: { headers: [{ name: 'Server-Timing', value: report }] } }),
});

/** Whatever a sanitizer wrote in the place of a token that a page sent; the answer that issued it was packed, so it is left. */
const maskedInRequests: KnownCase[] = [
  ...['[redacted]', 'REDACTED', '***', 'REMOVED', 'xxxxxxxx'].map(
    (mask) => `{"access_token":"${mask}"}`,
  ),
  'access_token=%5BREDACTED%5D',
].map((sent) => ({
  name: `token handed over in a request as ${sent}, not masked where it was issued: missed perhaps`,
  history: async () => [
    mode('auto'),
    await readAsFile(
      onPage([
        ...withOwnToken(harFirstLogin(T0), TOKEN),
        { ...handOver(T0 + 4000, null), form: sent },
      ]),
    ),
  ],
  at: 30,
  logins: [{ verdict: 'missed likely' }],
}));

const handedToServers: KnownCase[] = (
  [
    ['one that reports its calls with the answer: missed', [REFUSED], 'missed certain'],
    ['one that reports nothing: it may have called', [null], 'missed likely'],
    [
      'one that reports what cannot be read: it may have called',
      ['kakao;desc="user me"'],
      'missed likely',
    ],
    [
      'one that reports its calls, and once more without a report',
      [REFUSED, null],
      'missed likely',
    ],
    [
      'one that reports a call that counts: complete',
      ['kakao;desc="GET /v2/user/me 200"'],
      'complete certain',
    ],
  ] as const
).map(([to, reports, verdict]) => ({
  name: `token handed to ${to}`,
  history: async () => [
    mode('auto'),
    await readAsFile(
      onPage([
        ...withOwnToken(harFirstLogin(T0), TOKEN),
        ...reports.map((report, i) => handOver(T0 + 4000 + i * 1000, report)),
      ]),
    ),
  ],
  at: 30,
  logins: [{ verdict }],
}));

/** Files of a first login whose page sends its site's server something without a body, with most headers, or none. */
const sentWithoutBody: KnownCase[] = (
  [
    ['headers, none of them a token’s', { Origin: SITE, Referer: `${SITE}/cb` }, 'missed certain'],
    ['no headers at all: one may have had the token', {}, 'missed likely'],
  ] as const
).map(([of, headers, verdict]) => ({
  name: `request to the site’s server without a body, of which the file has ${of}`,
  history: async () => [
    mode('auto'),
    await readAsFile(
      onPage([
        ...withOwnToken(harFirstLogin(T0), TOKEN),
        { at: T0 + 4000, method: 'POST', url: `${SITE}/api/login`, document: false, headers },
      ]),
    ),
  ],
  at: 30,
  logins: [{ verdict }],
}));

/** Files of a first login whose page hands its token, or may hand it, to a server of the site. */
const HANDED_TOKENS: KnownCase[] = [...handedToServers, ...maskedInRequests, ...sentWithoutBody];

/** Ways in which a page hands a token to its server. */
const HANDED_BY: (Partial<HarRequest> & { name: string })[] = [
  { name: "an API host's address", url: 'https://api.shop.test/session?t=AT-1' },
  { name: 'JSON', form: '{"kakao":"AT-1"}' },
  { name: 'a header of its own', headers: { 'X-Kakao': 'AT-1' } },
  { name: 'a cookie', headers: { Cookie: 'a=1; kakao=AT-1' } },
  { name: 'a refresh token', form: '{"kakao":"RT-1"}' },
  { name: 'JSON in base64', form: btoa('{"kakao":"AT-1","state":"a"}') },
  { name: 'base64 in JSON', form: `{"kakao":"${btoa('xxxxxxxxxxxxxxx:AT-1')}"}` },
  {
    name: 'base64 in an address',
    url: `https://api.shop.test/session?t=${encodeURIComponent(btoa('??>>{"access":"AT-1"}'))}`,
  },
  {
    name: "base64 in an address's path",
    url: `https://api.shop.test/session/${btoa('xxxxxxxxxxxxx AT-1')}`,
  },
  { name: 'base64 in a header', headers: { 'X-Kakao': btoa('{"access_token":"AT-1"}') } },
];

/** A first login whose page then posts a request to its own server, and a page a day later. */
const firstLoginThenPost = (posted: Partial<HarRequest>): HarRequest[] => [
  ...harFirstLogin(T0),
  {
    at: after(0, 1),
    method: 'POST',
    url: 'https://api.shop.test/session',
    document: false,
    ...posted,
    headers: { Origin: SITE, Referer: `${SITE}/`, ...posted.headers },
  },
  ...keptOpen,
];

/** Requests around others: the reader of files always keeps the first ones of a page and the last one. */
const among = (requests: readonly HarRequest[]): HarRequest[] => {
  const news = (at: number) => toServer({ at, method: 'GET', url: `${SITE}/api/news` });
  return [news(T0 - 2000), news(T0 - 1000), ...requests, news(T0 + 600_000)];
};

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
    name: 'JSON in a cookie beside a plain one',
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
    name: 'a message of a WebSocket opened before',
    at: T0 + 2200,
    url: 'wss://page.shop.test/ws',
    more: { ...socketMessage('send', `{"at":"${TOKEN}"}`), time: 60_000 },
  },
];

/** What a recorder keeps of a WebSocket on which one message went over. */
function socketMessage(type: 'send' | 'receive', data: string) {
  return { _webSocketMessages: [{ type, time: (T0 + 5000) / 1000, opcode: 1, data }] };
}

const HANDED_TO_SERVER: KnownCase[] = [
  {
    name: "token handed to the site's own server: a miss is not certain",
    history: async () => [
      mode('auto'),
      await fromHar([
        ...firstLoginThenPost({
          url: `${SITE}/api/session`,
          headers: { Authorization: 'Bearer AT-1' },
          form: 'access_token=AT-1',
        }),
        harMe(after(29, 1), { status: 401, body: '{"code":-401}' }),
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely | unseen' }],
  },
  ...HANDED_BY.map(({ name, ...more }): KnownCase => ({
    name: `token handed to the site's own server by ${name}: a miss is not certain`,
    history: async () => [mode('auto'), await fromHar(firstLoginThenPost(more))],
    at: 30,
    logins: [{ verdict: 'missed likely | unseen' }],
  })),
  ...HANDED_IN_FILE.map(({ name, ...more }): KnownCase => ({
    name: `token handed over in ${name}, in a file read from disk: a miss is not certain`,
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
];

describe('a file in which a page hands its token to its own server', () => {
  testCases(HANDED_TOKENS);
});

describe('a page hands its token to its own server in some way', () => {
  testCases(HANDED_TO_SERVER);
});
