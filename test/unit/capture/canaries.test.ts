import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { captureHar } from '../../../utils/capture/har/capture-har.ts';
import { reducePath } from '../../../utils/capture/reduce-path.ts';
import { clientIdOf, reduceRedirectUri } from '../../../utils/capture/reduce-url.ts';
import { readServerReports } from '../../../utils/capture/server-timing.ts';
import { captureWebRequest, type WebRequestEvent } from '../../../utils/capture/web-request.ts';
import { replay } from '../../../utils/verdict/reduce.ts';
import { T0 } from '../fixtures.ts';
import { call, entry, exchange, login, user, type Entry } from './har/har-entries.ts';

/** Makes canaries, each another one, all with a beginning that nothing else has, and looks for that. */
function aviary() {
  let count = 0;
  const canary = (shape: 'word' | 'long' | 'digits' = 'word') => {
    const n = String(count).padStart(3, '0');
    count += 1;
    const bird =
      shape === 'digits'
        ? `821055550${n}`
        : shape === 'long'
          ? `kanarie${n}Zq8Vw3Xy7Tr5Pm1Nb9Lk4Jh6Gf2Ds0A`
          : `kanarie${n}zwq`;
    return bird;
  };
  const freeOf = (value: unknown) => {
    const text = JSON.stringify(value);
    expect(text).not.toMatch(/kanarie|821055550/i);
  };
  return { canary, freeOf };
}

const SITE = 'https://page.shop.test';
const QUERY = [
  'code',
  'state',
  'access_token',
  'refresh_token',
  'id_token',
  'client_secret',
  'error_description',
  'error',
  'login_hint',
  'nonce',
  'scope',
  'service_terms',
  'prompt',
  'auth_tran_id',
  'agt',
  'ka',
  'proxy',
  'response_type',
  'auth_type',
  'code_challenge',
  'code_challenge_method',
  'code_verifier',
  'state_token',
  'settle_id',
  'email',
  'phone',
  'is_popup',
  'through_account',
  'channel_public_id',
  'auto_login',
  'admin_key',
  'target_id',
  'x',
  'xdm_c',
  'xdm_p',
];

/** Values as they stand in paths. The last few characters of each are told apart from every word that is kept. */
const PATH_VALUES = [
  '010-1234-5678',
  '900101-1234567',
  '+82-10-1234-5678',
  'hong-gildong',
  'HongGildong',
  '%ED%99%8D%EA%B8%B8%EB%8F%99',
  'kim.minsu_92',
  'a1B2c3D4',
  'Zq8Vw3Xy7Tr5Pm1Nb9Lk4Jh6Gf2Ds0AQ',
  'c0ffee00c0ffee00c0ffee00c0ffee9d',
  'eyJhbGciOiJI.eyJzdWIiOiIx.c2ln',
  'kim@shop.test',
  '3f2a-77',
  '1',
];

describe('values in a path never come out', () => {
  const parts = (text: string) => text.split(/[/:]/);

  test.each(PATH_VALUES)('%s: not of a redirect URI, a custom scheme or a call', (value) => {
    const key = 'c0ffee00c0ffee00c0ffee00c0ffee9d';
    const reduced = [
      reduceRedirectUri(`https://page.shop.test/oauth/${value}/kakao/callback`),
      reduceRedirectUri(`kakao${key}://${encodeURIComponent(value)}/${value}`),
      reduceRedirectUri(`shopapp://${encodeURIComponent(value)}/login`),
      reducePath(`/v1/user/${value}/me`),
      ...readServerReports([`kakao;desc="GET /v1/user/${value} 200"`]).map((r) =>
        'path' in r ? r.path : '',
      ),
    ];
    const decoded = decodeURIComponent(value).toLowerCase();
    for (const text of reduced) {
      expect(text).not.toBeNull();
      const kept = parts(decodeURIComponent(text ?? '').toLowerCase());
      expect(kept, text ?? '').not.toContain(decoded);
      expect(text).not.toContain(key);
    }
    expect(reduced[0]).toBe('https://page.shop.test/oauth/*/kakao/callback');
    expect(reduced[1]).toMatch(/^kakao\*:\/\/\*\/\*$/);
    expect(reduced[3]).toBe('/v1/user/*/me');
  });

  test.each([
    ['app.k010-12-34:', 'app.*:'],
    ['k01-01-23:', '*:'],
    ['user+010.1234.5678:', '*.*.*:'],
    ['kakaoc0ffee:', 'kakao*:'],
    ['com.kakao.c0ffee00c0ffee0.x:', 'com.kakao.*.x:'],
    ['zq8vw3xy7tr5pm1nb9lk4jh6gf2ds0:', '*:'],
    ['zq8vwxxytrypmnnbklkkjh:', '*:'],
    ['eyjhbgcioiji.eyjzdwiioiix.c2ln:', '*:'],
    ['com.shop.app2:', 'com.shop.app2:'],
    ['exp+shop:', 'exp+shop:'],
    ['kakaotalk:', 'kakaotalk:'],
  ])('%s//oauth: %s is kept of the scheme', (scheme, kept) => {
    expect(reduceRedirectUri(`${scheme}//oauth`)).toBe(`${kept}//oauth`);
  });

  test.each([
    '',
    '010-1234-5678',
    '900101-1234567',
    'k010-1234-5678',
    'tel.010.1234.5678',
    '01012345678',
    'eyJhbGciOiJI.eyJzdWIiOiIx.c2ln',
    'eyJhbGciOiJI',
    'u4012345678',
    'kim@shop.test',
    'Zq8Vw3Xy7Tr5Pm1Nb9Lk4Jh6Gf2Ds0AQx',
    'REDACTED',
    'masked-by-proxy',
    'xxxxxxxx',
    '00000000000000000000000000000000',
    'removed',
    'YOUR_REST_API_KEY',
  ])('client_id=%s: is no app’s key', (id) => {
    expect(clientIdOf(new URLSearchParams({ client_id: id }))).toBeNull();
  });

  test.each([
    'c0ffee00c0ffee00c0ffee00c0ffee9d',
    '0123456789ABCDEF0123456789abcdef',
    'js-key-0001',
    'k',
  ])('client_id=%s: is kept', (id) =>
    expect(clientIdOf(new URLSearchParams({ client_id: id }))).toBe(id),
  );

  test.each([
    'https://shop.test/',
    'https://shop.test/login/oauth2/code/kakao',
    'https://shop.test/api/auth/callback/kakao',
    'https://shop.test/users/auth/kakao/callback',
    'https://shop.test/member/kakaoLogin_ok.php',
    'https://shop.test/sns/kakao-login-callback.do',
    'https://shop.test:8443/accounts/kakao/login/callback/',
    'http://localhost:3000/oauth/callback',
    'shopapp://oauth',
  ])('%s: a common redirect URI stays as it is', (uri) => {
    expect(reduceRedirectUri(uri)).toBe(uri);
  });
});

describe('secrets in a webRequest event never reach an observation', () => {
  const fill = (canary: () => string) => QUERY.map((name) => `${name}=${canary()}`).join('&');

  test('canaries in every address: none is in the observations', () => {
    const { canary, freeOf } = aviary();
    const redirectUri = () =>
      encodeURIComponent(
        `https://${canary()}:${canary()}@page.shop.test/cb?${fill(canary)}#${canary()}`,
      );
    const page = () =>
      `https://${canary()}:${canary()}@page.shop.test/my/${canary('long')}?${fill(canary)}#${canary()}`;
    const asks = () =>
      `client_id=key-1&redirect_uri=${redirectUri()}&${fill(canary)}&origin=${encodeURIComponent(page())}`;
    const urls = [
      () => `https://${canary()}:${canary()}@kauth.kakao.com/oauth/authorize?${asks()}#${canary()}`,
      () => `https://kauth.kakao.com/${canary()}?${asks()}`,
      () => `https://kauth.kakao.com/oauth/token?${asks()}`,
      () => `https://kauth.kakao.com/apiweb/code.json?${asks()}`,
      () => `https://kapi.kakao.com/cors/?${asks()}&xdm_e=${encodeURIComponent(page())}`,
      () => `https://kapi.kakao.com/v2/user/me?${asks()}#${canary()}`,
      () =>
        `https://kapi.kakao.com/v1/${canary('long')}/${canary('digits')}/a@${canary()}?${fill(canary)}`,
      () =>
        `https://accounts.kakao.com/login/?continue=${encodeURIComponent(`https://kauth.kakao.com/oauth/authorize?${asks()}`)}`,
      () => `${SITE}/cb?code=${canary()}&${fill(canary)}#${canary()}`,
      () => `${SITE}/${canary('long')}?error=${canary()}&error_description=${canary()}`,
      page,
    ];
    const targets = [
      ...urls,
      () => `${SITE}/cb?${fill(canary)}#access_token=${canary()}`,
      () => `${SITE}/cb#access_token=${canary()}&id_token=${canary()}`,
      () => `javascript:${canary()}`,
      () => `kakaokey://oauth?code=${canary()}`,
      () => `intent:#Intent;S.browser_fallback_url=${canary()};end`,
      () => canary(),
    ];
    const origins = [
      () => ({ initiator: page() }),
      () => ({ originUrl: page(), documentUrl: page(), frameAncestors: [{ url: page() }] }),
      () => ({ originUrl: urls[7]?.(), frameAncestors: [] }),
      () => ({
        originUrl: `https://kapi.kakao.com/cors/?x=${canary()}`,
        frameAncestors: [{ url: page() }],
      }),
      () => ({ originUrl: `blob:${SITE}/${canary()}`, cookieStoreId: canary() }),
    ];
    const got: unknown[] = [];
    for (const url of urls)
      for (const target of targets)
        for (const origin of origins)
          for (const type of ['main_frame', 'sub_frame', 'xmlhttprequest'])
            for (const method of ['POST', canary()])
              for (const kind of ['redirect', 'answered', 'error'] as WebRequestEvent[]) {
                const details = {
                  url: url(),
                  method,
                  type,
                  statusCode: kind === 'redirect' ? 302 : 200,
                  redirectUrl: target(),
                  timeStamp: T0,
                  requestHeaders: [{ name: 'Authorization', value: `Bearer ${canary()}` }],
                  requestBody: { formData: { code: [canary()] } },
                  responseHeaders: [{ name: 'set-cookie', value: canary() }],
                  ...origin(),
                };
                const captured = captureWebRequest(kind, details as never);
                if (captured) got.push(captured);
              }
    expect(got.length).toBeGreaterThan(300);
    freeOf(got);
  });

  test('app key and redirect URI: are kept, so the canary test can fail', () => {
    const captured = captureWebRequest('answered', {
      url: `https://kauth.kakao.com/oauth/authorize?client_id=key-1&redirect_uri=${encodeURIComponent(`${SITE}/cb?a=b`)}`,
      method: 'GET',
      type: 'main_frame',
      statusCode: 200,
      timeStamp: T0,
    });
    expect(captured?.fact).toMatchObject({ clientId: 'key-1', redirectUri: `${SITE}/cb` });
  });
});

describe('secrets in a HAR never reach an observation', () => {
  const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  /** A file with a canary in every place that a value can be in. */
  function planted() {
    const nest = aviary();
    const { canary } = nest;
    const hidden = new URLSearchParams(QUERY.map((name) => [name, canary()]));
    for (const name of ['prompt', 'error', 'code', 'is_popup', 'through_account', 'ka'])
      hidden.delete(name);
    const flow = login(T0, {
      more: `&${hidden}&prompt=${canary()}&ka=${canary()}`,
      redirectUri: `https://${canary()}:${canary()}@page.shop.test/cb?next=${canary()}#${canary()}`,
    });
    const userId = Number(`40${canary('digits').slice(0, 8)}`);
    const idToken = `${b64({ kid: canary() })}.${b64({ sub: String(userId), email: canary(), nickname: canary(), nonce: canary() })}.${canary()}`;
    const tokens = exchange(T0 + 5000);
    const form = new URLSearchParams(tokens.request.postData?.text);
    for (const name of ['code', 'client_secret', 'refresh_token', 'code_verifier'])
      form.set(name, canary());
    tokens.request.postData = { mimeType: 'x', text: String(form) };
    tokens.response.content.text = JSON.stringify({
      token_type: canary(),
      access_token: canary(),
      refresh_token: canary(),
      id_token: idToken,
      scope: canary(),
      error: canary(),
      error_description: canary(),
      error_code: canary(),
    });
    const me = call(T0 + 6000, `/v2/user/me?target_id=${canary('digits')}&secure=${canary()}`, {
      method: 'POST',
      body: user(userId, T0 + 3900, {
        connected_at: canary(),
        code: Number(canary('digits')),
        msg: canary(),
        properties: { nickname: canary(), profile_image: canary() },
        kakao_account: { email: `${canary()}@kakao.test`, phone_number: `+${canary('digits')}` },
        for_partner: { uuid: canary() },
      }),
    });
    const refused = call(T0 + 6100, '/v1/api/talk/friends', {
      status: 403,
      body: {
        code: -402,
        msg: canary(),
        required_scopes: [`${canary()} ${canary()}`, canary('long').repeat(2)],
        allowed_scopes: [canary()],
      },
    });
    const secretPath = call(T0 + 6200, `/v1/${canary('long')}/${canary('digits')}/${canary()}@x`);
    const reports = entry(T0 + 6300, `${SITE}/api/${canary()}?token=${canary()}`, {
      type: 'xhr',
      from: `${SITE}/${canary()}?${canary()}`,
      timing: [
        `kakao;desc="GET /v2/user/me 200 ${canary()} code=${canary()} email=${canary()} connected_at=${canary()}";dur=1;${canary()}=${canary()}`,
        `kakao;desc="GET /v2/user/me?access_token=${canary()} 200"`,
        `kakao;desc="POST /oauth/token 400 code=${canary()}"`,
        `kakao;desc="${canary()} ${canary()}"`,
        `kakao;desc="GET /v1/${canary('long')} 200"`,
        `${canary()};desc="${canary()}"`,
      ].join(),
    });
    const posted = entry(
      T0 + 6400,
      'https://kauth.kakao.com/oauth/authorize?client_id=k&redirect_uri=kakaojs',
      {
        tab: 'page@popup',
        body: `<script>x("postResponse ${encodeURIComponent(JSON.stringify({ access_token: canary(), stateToken: canary() }))}")</script>`,
      },
    );
    const cancel = login(T0 + 7000, { error: canary() });
    const entries: (Entry & Record<string, unknown>)[] = [
      ...flow,
      tokens,
      me,
      refused,
      secretPath,
      reports,
      posted,
      ...cancel,
    ] as never;
    for (const e of entries) {
      e.pageref = `https://${canary()}/?${canary()}`;
      e['comment'] = canary();
      e['_initiator'] = { url: canary(), stack: canary() };
      e['serverIPAddress'] = canary();
      e['_webSocketMessages'] = [{ data: canary() }];
      e['cache'] = { afterRequest: { eTag: canary() } };
      e.request.cookies = [{ name: canary(), value: canary() }];
      e.response.cookies = [{ name: canary(), value: canary() }];
      e.request.queryString = [{ name: canary(), value: canary() }];
      for (const name of [
        'Authorization',
        'Cookie',
        'KA',
        'X-Phone',
        'User-Agent',
        'Accept-Language',
        canary(),
      ])
        e.request.headers.push({ name, value: canary() });
      for (const name of ['Set-Cookie', 'WWW-Authenticate', 'ETag', canary()])
        e.response.headers.push({ name, value: canary() });
      e.response.content.mimeType += `; x=${canary()}`;
    }
    return { ...nest, entries, userId };
  }

  test('canaries everywhere: none is in the observations, user ids only as hashes', async () => {
    const { entries, freeOf, userId } = planted();
    const hashed: string[] = [];
    const observations = await captureHar(entries, async (id) => {
      hashed.push(id);
      return `#${hashed.length}#`;
    });
    expect(observations.map((o) => o.type).sort()).toEqual(
      expect.arrayContaining(['api', 'arrival', 'authorize', 'bad-report', 'token']),
    );
    expect(observations.length).toBeGreaterThan(14);
    // Besides them, only whom a call with the admin key names is hashed.
    expect(hashed.filter((id) => id === String(userId))).toHaveLength(2);
    expect(hashed).toHaveLength(3);
    expect(JSON.stringify(observations)).not.toContain(String(userId));
    expect(observations.flatMap((o) => ('account' in o && o.account ? [o.account] : []))).toEqual(
      expect.arrayContaining(['#1#', '#3#']),
    );
    freeOf(observations);
    const loginState = replay(observations);
    freeOf([[...loginState.logins.values()], [...loginState.apps.values()], loginState.tracking]);
  });

  test('any single text replaced by a canary: it never comes out', async () => {
    const keep = (key: string) => ['startedDateTime', 'url', 'text'].includes(key);
    const texts: [object, string][] = [];
    const { entries } = planted();
    const walk = (value: unknown) => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        if (typeof inner === 'string' && !keep(key)) texts.push([value, key]);
        walk(inner);
      }
    };
    walk(entries);
    expect(texts.length).toBeGreaterThan(200);
    for (const [holder, key] of texts) {
      const { canary, freeOf } = aviary();
      const before = (holder as Record<string, string>)[key] ?? '';
      // A mark in a host's name is a site's own; everything else must go.
      (holder as Record<string, string>)[key] = canary();
      const observations = await captureHar(entries, async () => '#');
      expect(observations.length).toBeGreaterThan(5);
      freeOf(observations);
      (holder as Record<string, string>)[key] = before;
    }
  });
});

test('Server-Timing header: only methods, paths and numbers come out', () =>
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z_=;," ]{0,12}$/), { maxLength: 6 }), (noise) => {
      const { canary, freeOf } = aviary();
      const header = noise.map((n) => `${n}${canary()}`).join('');
      freeOf(
        readServerReports([
          `kakao;desc="GET /v2/user/me 200 ${header}", kakao;desc=${header}`,
          header,
        ]),
      );
    }),
  ));
