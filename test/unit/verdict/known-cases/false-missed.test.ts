import { describe } from 'vitest';
import { SITE, T0 } from '../../fixtures.ts';
import { fromHar, harFirstLogin, harMe, keptOpen, type HarRequest } from './har-requests.ts';
import { after, mode, testCases, type KnownCase } from './known-case.ts';

const JAVA = {
  'User-Agent': 'Java/21',
  Accept: 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2',
};

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

const FALSE_MISSED: KnownCase[] = [
  {
    name: "17. Java back end's call behind a proxy: a call, not a page",
    history: async () => [
      mode('auto'),
      await fromHar([
        ...harFirstLogin(T0).slice(0, 3),
        {
          at: T0 + 2300,
          method: 'POST',
          url: 'https://kauth.kakao.com/oauth/token',
          headers: JAVA,
          form: 'grant_type=authorization_code&client_id=js-key-0001&code=c',
          body: '{"token_type":"bearer","access_token":"AT-1"}',
        },
        {
          at: T0 + 2400,
          url: 'https://kapi.kakao.com/v2/user/me',
          headers: JAVA,
          body: '{"id":1,"connected_at":"2026-11-22T03:00:02Z"}',
        },
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'complete' }],
  },
  {
    name: "21. token handed to the site's own server: a miss is not certain",
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
    name: `21. token handed to the site's own server by ${name}: a miss is not certain`,
    history: async () => [mode('auto'), await fromHar(firstLoginThenPost(more))],
    at: 30,
    logins: [{ verdict: 'missed likely | unseen' }],
  })),
];

describe('no login is surely called missed that is not', () => {
  testCases(FALSE_MISSED);
});
