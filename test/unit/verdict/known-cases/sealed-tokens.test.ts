import { describe } from 'vitest';
import { SITE, T0 } from '../../fixtures.ts';
import {
  file,
  harFirstLogin,
  onPage,
  readAsFile,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { mode, testCases, type KnownCase } from './known-case.ts';

/** As long as Kakao's are, so that the byte which says its length is a digit. */
const TOKEN = 'kQ3vZp9xYb7Lr2TnWc5Hs8Jd1Fg4Mq6AAAAAQo9dRsAAAGTabcdefg';
const LENGTH = String.fromCharCode(TOKEN.length);
/** What encrypting gives, in base64. */
const SEALED =
  'U2FsdGVkX1+8vJ0mZqk4Qw9dF3yP6sTgB1nHc7xKuLrEaVtOj5iWz2RbMlNpYhXe' +
  'qDfC0oGsAkUvI4wJ9rT8mZyQb6LxP3nHdKcE7aVgS1tOu5iWfR2jMlYpXeBhNqDz==';
/** A signed token of the site's own. */
const SIGNED = `eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI3In0.${SEALED.replace(/[+/=]/g, 'x')}`;

interface Sent {
  name: string;
  more: Partial<HarRequest>;
  verdict: string;
  /** Only the reader of files knows WebSockets. */
  isSocket?: true;
}

const DOUBT = 'missed likely';
const SURE = 'missed certain';

/** What a page may send its server after it got a token. */
const SENT: Sent[] = [
  {
    name: 'a binary body, behind the byte of its length',
    more: { form: `\n${LENGTH}${TOKEN}\u0012\u0003web` },
    verdict: DOUBT,
  },
  {
    name: 'a binary body, before a mark that looks like a letter',
    more: { form: `2${LENGTH}${TOKEN}:\u0003web` },
    verdict: DOUBT,
  },
  { name: 'an encrypted body', more: { form: `{"data":"${SEALED}"}` }, verdict: DOUBT },
  {
    name: 'an encrypted form',
    more: { form: `data=${encodeURIComponent(SEALED)}` },
    verdict: DOUBT,
  },
  {
    name: 'a body in hex',
    more: {
      form: [...TOKEN].map((c) => (c.codePointAt(0) ?? 0).toString(16)).join(''),
    },
    verdict: DOUBT,
  },
  {
    name: 'a body that the page packed',
    more: { form: '\u001F\uFFFD\b\u0000\u0000x', headers: { 'Content-Encoding': 'gzip' } },
    verdict: DOUBT,
  },
  {
    name: "a WebSocket's protocol",
    more: {
      method: 'GET',
      url: 'wss://page.shop.test/ws',
      headers: { 'Sec-WebSocket-Protocol': `bearer, ${TOKEN}` },
    },
    verdict: DOUBT,
    isSocket: true,
  },
  {
    name: 'a message of a WebSocket whose asked address the file names',
    more: {
      method: 'GET',
      url: 'https://page.shop.test/ws',
      more: {
        _webSocketMessages: [{ type: 'send', time: T0 / 1000 + 5, data: `{"t":"${TOKEN}"}` }],
      },
    },
    verdict: DOUBT,
    isSocket: true,
  },
  {
    name: 'a word with a name before it',
    more: { form: `{"id":"kakao-${TOKEN}"}` },
    verdict: DOUBT,
  },
  {
    name: 'a text of two bytes a letter, in base64',
    more: { form: btoa([...JSON.stringify({ kakao: TOKEN })].join('\0')) },
    verdict: DOUBT,
  },
  {
    name: 'a body that was left out, and how long it is',
    more: {
      headers: { 'Content-Type': 'application/json' },
      more: {
        request: {
          method: 'POST',
          url: `${SITE}/api/session`,
          bodySize: -1,
          headers: [
            { name: 'Referer', value: `${SITE}/cb` },
            { name: 'Content-Type', value: 'application/json' },
          ],
        },
      },
    },
    verdict: DOUBT,
  },
  { name: 'no signed token of the site', more: { form: `{"jwt":"${SIGNED}"}` }, verdict: SURE },
  {
    name: 'no long code in an address',
    more: { form: `{"page":"${SITE}/cb?code=${'hK3tQ9vX_c'.repeat(9)}"}` },
    verdict: SURE,
  },
  {
    name: 'no long address in a body',
    more: { form: `{"page":"${SITE}/${'goods/spring-shoes-2026/'.repeat(6)}"}` },
    verdict: SURE,
  },
  {
    name: 'no text in base64',
    more: { form: btoa(JSON.stringify({ page: 'main', steps: ['one', 'two', 'three', 'four'] })) },
    verdict: SURE,
  },
  {
    name: 'no answer to a captcha',
    more: { form: `{"name":"Kim","recaptchaToken":"03A${SEALED}"}` },
    verdict: SURE,
  },
  {
    name: 'no answer to a captcha in a form of parts',
    more: { form: `--x\r\nname="g-recaptcha-response"\r\n\r\n03A${SEALED}\r\n--x--` },
    verdict: SURE,
  },
  {
    name: 'no mark against forgery in a form',
    more: { form: `_csrf=${encodeURIComponent(SEALED)}&name=Kim` },
    verdict: SURE,
  },
  {
    name: 'no name of Firebase for push messages',
    more: { form: `{"device":"dQw4w9WgXcQ_kim:APA91b${SEALED.replace(/[+/=]/g, '_')}"}` },
    verdict: SURE,
  },
  {
    name: 'no address and key for push messages',
    more: {
      form: JSON.stringify({
        endpoint: `https://updates.push.services.mozilla.com/wpush/v2/${SEALED}`,
        keys: { p256dh: `B${SEALED.slice(0, 86)}`, auth: 'k8JV6sjdbhAi1n3_LDBLvA' },
      }),
    },
    verdict: SURE,
  },
  {
    name: 'no picture',
    more: { form: `{"avatar":"data:image/png;base64,iVBORw0KGgo${SEALED}"}` },
    verdict: SURE,
  },
  {
    name: 'an encrypted body beside an empty answer to a captcha',
    more: { form: `{"captcha":"","data":"${SEALED}"}` },
    verdict: DOUBT,
  },
];

const sent = (more: Partial<HarRequest>): HarRequest => ({
  at: T0 + 4000,
  method: 'POST',
  url: `${SITE}/api/session`,
  document: false,
  ...more,
  headers: { Origin: SITE, Referer: `${SITE}/cb`, ...more.headers },
});

/** A body of which the recorder kept the beginning alone. */
const cutOff = (r: HarRequest): HarRequest =>
  r.body ? { ...r, body: r.body.slice(0, r.body.indexOf(TOKEN) + 20) } : r;

/** Pages that hand their token over so that no plain word of the file is it. */
const SEALED_TOKENS: KnownCase[] = [
  ...SENT.flatMap(({ name, more, verdict, isSocket }): KnownCase[] =>
    (isSocket ? [readAsFile] : [file, readAsFile]).map((read) => ({
      name: `token handed over in ${name}${read === file ? '' : ', in a file read from disk'}: ${verdict}`,
      history: async () => [
        mode('auto'),
        await read(onPage([...withOwnToken(harFirstLogin(T0), TOKEN), sent(more)])),
      ],
      at: 30,
      logins: [{ verdict }],
    })),
  ),
  {
    name: 'token in an answer that was cut off, then posted to the server: no sure miss',
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          ...withOwnToken(harFirstLogin(T0), TOKEN).map(cutOff),
          sent({ form: `{"kakao":"${TOKEN}"}` }),
        ]),
      ),
    ],
    at: 30,
    logins: [{ verdict: DOUBT }],
  },
];

describe('no miss is sure where a page may have handed its token over unreadably', () => {
  testCases(SEALED_TOKENS);
});
