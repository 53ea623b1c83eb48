import { describe, expect, test } from 'vitest';
import { captureHar } from '../../../utils/capture/har/capture-har.ts';
import { captureWebRequest } from '../../../utils/capture/web-request.ts';
import { runRules } from '../../../utils/guidance/run-rules.ts';
import { entry, KEY, login, SHOP, type Entry } from '../capture/har/har-entries.ts';
import { HOUR, T0 } from '../fixtures.ts';
import { guidanceInputOf } from './rule-cases.ts';

const SECRET = 'SECRET-canary-0001';
const AUTHORIZE = `https://kauth.kakao.com/oauth/authorize?client_id=${KEY}&redirect_uri=${encodeURIComponent(`${SHOP}/cb`)}&response_type=`;

const read = (entries: readonly Entry[]) => captureHar(entries, async (id) => `h${id}`);
const rules = async (entries: readonly Entry[]) =>
  runRules(guidanceInputOf(await read(entries)), T0 + HOUR).map((f) => f.rule);

/** A token request of the page; `form` is appended to its form. */
const tokenRequest = (form: string): Entry =>
  entry(T0 + 5000, 'https://kauth.kakao.com/oauth/token', {
    type: 'fetch',
    method: 'POST',
    from: `${SHOP}/`,
    form: `grant_type=authorization_code&client_id=${KEY}&code=CODE${form}`,
    body: { access_token: 'AT' },
  });

/** An API request of the page with an Authorization header. */
function signed(path: string, authorization: string): Entry {
  const one = entry(T0 + 6000, `https://kapi.kakao.com${path}`, { type: 'xhr', from: `${SHOP}/` });
  one.request.headers.push({ name: 'Authorization', value: authorization });
  return one;
}

describe('secrets that left the browser are reported and never stored', () => {
  const CASES: [rule: string, leaks: Entry, near: Entry][] = [
    ['client-secret-in-browser', tokenRequest(`&client_secret=${SECRET}`), tokenRequest('')],
    [
      'admin-key-in-browser',
      signed('/v2/user/me', `KakaoAK ${SECRET}`),
      signed('/v2/user/me', `Bearer ${SECRET}`),
    ],
    [
      'admin-key-in-browser',
      signed('/v1/user/unlink', `KakaoAK ${SECRET}`),
      // The SDK signs sharing with the JavaScript key under the same scheme.
      signed('/v2/api/kakaolink/talk/template/default', `KakaoAK ${KEY}`),
    ],
    [
      'token-in-url',
      entry(T0 + 6000, `${SHOP}/home?access_token=${SECRET}`),
      entry(T0 + 6000, `${SHOP}/home?page=2`),
    ],
  ];
  test.each(CASES)('%s', async (rule, leaks, near) => {
    expect(await rules([...login(T0), leaks])).toContain(rule);
    expect(await rules([...login(T0), near])).not.toContain(rule);
    expect(JSON.stringify(await read([...login(T0), leaks]))).not.toContain(SECRET);
  });

  test('web request of a page with a token in its address is a leak', () => {
    const page = (url: string) =>
      captureWebRequest('answered', {
        url,
        method: 'GET',
        type: 'main_frame',
        statusCode: 200,
        timeStamp: T0,
      })?.fact;
    expect(page(`${SHOP}/home?id_token=${SECRET}`)).toEqual({
      type: 'leak',
      what: 'token-in-url',
      clientId: null,
    });
    expect(page(`${SHOP}/home?token=1`)).toBeUndefined();
  });
});

describe('refused logins in a HAR', () => {
  const page = (status: number, body: string, type = 'code') => [
    entry(T0, `${AUTHORIZE}${type}`, { from: `${SHOP}/`, status, body }),
  ];

  test('code on an error page is read', async () => {
    const body = '<h1>x</h1><p>(<strong>KOE006</strong>)</p>';
    const [step] = await read(page(400, body));
    expect(step).toMatchObject({ outcome: 'error-page', error: 'KOE006' });
    expect(await rules(page(400, body))).toContain('oauth-error');
  });

  test('text that only resembles a code is not read as one', async () => {
    for (const body of ['<h1>x</h1>', 'KOE12 XKOE006 KOE006789']) {
      const [step] = await read(page(400, body));
      expect(step).toMatchObject({ outcome: 'error-page', error: null });
      expect(await rules(page(400, body))).toContain('error-page-unknown');
    }
  });

  test('implicit flow is recognised by its response_type', async () => {
    expect(await rules(page(400, '', 'token'))).toContain('implicit-flow');
    expect(await rules(page(400, '', 'code'))).not.toContain('implicit-flow');
  });
});
