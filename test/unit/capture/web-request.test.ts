import { describe, expect, test } from 'vitest';
import { reducePath } from '../../../utils/capture/reduce-path.ts';
import {
  captureWebRequest,
  type WebRequestDetails,
  type WebRequestEvent,
} from '../../../utils/capture/web-request.ts';
import { POLICY } from '../../../utils/kakao/policy.ts';

const SITE = 'https://page.shop.test';
const ASK = `https://kauth.kakao.com/oauth/authorize?client_id=rest-key-0001&redirect_uri=${encodeURIComponent(`${SITE}/cb`)}&response_type=code&state=s1`;
const BACK = `${ASK}&through_account=true`;
const FORM = `https://accounts.kakao.com/login/?continue=${encodeURIComponent(BACK)}#login`;

const event = (d: Partial<WebRequestDetails>): WebRequestDetails => ({
  url: ASK,
  method: 'GET',
  type: 'main_frame',
  statusCode: 302,
  timeStamp: 1_795_316_400_000.25,
  ...d,
});
const capture = (
  kind: WebRequestEvent,
  d: Partial<WebRequestDetails>,
  watched: (site: string | null) => boolean = (site) => site === SITE,
) => {
  const captured = captureWebRequest(kind, event(d));
  if (!captured || !('accessTo' in captured)) return captured;
  const { fact, site, accessTo = null } = captured;
  return { site, fact: { ...fact, watched: watched(accessTo) } };
};

describe('an authorize request', () => {
  test('Chrome without access to the site: names no initiator', () => {
    const got = capture('redirect', { redirectUrl: FORM }, () => false);
    expect(got?.site).toBeNull();
    expect(got?.fact).toMatchObject({
      type: 'authorize',
      outcome: 'login-form',
      clientId: 'rest-key-0001',
      redirectUri: `${SITE}/cb`,
      fromKakao: false,
      watched: false,
    });
  });

  test.each(['/oauth/authorize/', '//oauth/authorize'])('path %s: is one', (path) =>
    expect(
      capture('redirect', {
        url: ASK.replace('/oauth/authorize', path),
        redirectUrl: `${SITE}/cb?code=c`,
        initiator: SITE,
      }),
    ).toMatchObject({ site: SITE, fact: { outcome: 'code', clientId: 'rest-key-0001' } }),
  );

  test('business authentication: no login, but somebody may sign in on the way', () => {
    const url = ASK.replace('/oauth/authorize', '/oauth/business/authorize');
    const asked = { url, initiator: SITE };
    expect(capture('answered', { ...asked, statusCode: 200 })).toBeNull();
    expect(capture('redirect', { ...asked, redirectUrl: `${SITE}/cb?code=c` })).toBeNull();
    expect(capture('redirect', { ...asked, redirectUrl: FORM })?.fact).toMatchObject({
      outcome: 'login-form',
      clientId: null,
    });
  });

  test('Chrome with access: gives the initiator’s origin', () =>
    expect(capture('redirect', { redirectUrl: FORM, initiator: SITE })).toMatchObject({
      site: SITE,
      fact: { outcome: 'login-form', watched: true },
    }));

  test('Firefox: only the origin of the page’s address is kept', () => {
    const got = capture('redirect', {
      redirectUrl: FORM,
      originUrl: `${SITE}/my/orders/1234567?session=secret#top`,
      frameAncestors: [],
    });
    expect(got?.site).toBe(SITE);
    expect(JSON.stringify(got)).not.toMatch(/orders|secret|top/);
  });

  test('Firefox after the login form: the nested address is dropped', () => {
    const got = capture('answered', {
      url: BACK,
      statusCode: 200,
      originUrl: FORM,
      frameAncestors: [],
    });
    expect(got?.site).toBeNull();
    expect(got?.fact).toMatchObject({ outcome: 'screen', fromKakao: true, watched: true });
    expect(JSON.stringify(got)).not.toContain('continue');
  });

  test.each([
    ['https://pf.kakao.com', false],
    ['https://talk-apps.kakao.com', false],
    ['https://accounts.kakao.com', true],
    ['https://kauth.kakao.com', true],
  ])('out of a page on %s: goes on with a login, %s', (initiator, fromKakao) =>
    expect(capture('redirect', { redirectUrl: `${SITE}/cb?code=CODE`, initiator })).toMatchObject({
      site: null,
      fact: { outcome: 'code', fromKakao },
    }),
  );

  test.each([
    ['https://kauth.kakao.com', true],
    ['https://accounts.kakao.com', undefined],
    [SITE, undefined],
  ])('out of a page on %s: kauth itself led there, %s', (initiator, fromKauth) =>
    expect(capture('redirect', { redirectUrl: `${SITE}/cb?code=CODE`, initiator })?.fact).toEqual(
      expect.objectContaining(fromKauth ? { fromKauth } : { fromKakao: initiator !== SITE }),
    ),
  );

  test('Chrome after the login form: has no initiator', () =>
    expect(capture('answered', { url: BACK, statusCode: 200 })).toMatchObject({
      site: null,
      fact: {
        outcome: 'screen',
        fromKakao: false,
        params: expect.arrayContaining(['through_account']),
      },
    }));

  test.each([
    ['https://kauth.kakao.com', { outcome: 'screen', method: 'POST', clientId: null }],
    ['https://page.shop.test', undefined],
  ])('form sent to another page of kauth, answered 200, out of %s', (initiator, fact) =>
    expect(
      capture('answered', {
        url: 'https://kauth.kakao.com/oauth/consent',
        method: 'POST',
        statusCode: 200,
        initiator,
      })?.fact,
    ).toEqual(fact && expect.objectContaining(fact)),
  );

  test.each([
    ['kauth.kakao.com', 'screen'],
    ['apps.kakao.com', 'screen'],
    ['accounts.kakao.com', 'login-form'],
  ])('consent form’s POST sent on to a page of %s: %s', (host, outcome) =>
    expect(
      capture('redirect', {
        url: 'https://kauth.kakao.com/oauth/authorize',
        method: 'POST',
        statusCode: 302,
        initiator: 'https://kauth.kakao.com',
        redirectUrl: `https://${host}/public/finish.html`,
      })?.fact,
    ).toMatchObject({ outcome, status: 302 }),
  );

  test.each([
    ['popup that polls', 'is_popup=true', '/public/popup/finish.html', 'screen'],
    ['popup that polls, sent to authorize again', 'is_popup=true', '/oauth/authorize?a', undefined],
    ['page that is no popup', 'is_popup=false', '/public/popup/finish.html', undefined],
    ['popup of SDK v1', 'is_popup=true&proxy=x', '/public/popup/finish.html', undefined],
  ])('%s, sent on by authorize: %s to %s is %s', (_, param, path, outcome) =>
    expect(
      capture('redirect', {
        url: `https://kauth.kakao.com/oauth/authorize?client_id=k&${param}`,
        redirectUrl: `https://kauth.kakao.com${path}`,
      })?.fact,
    ).toEqual(outcome && expect.objectContaining({ outcome, status: 302, method: 'GET' })),
  );

  test.each(['/select_account', '/reauthentication', '/weblogin/create_account'])(
    'sent on to %s of the Kakao account: another account may come back',
    (path) =>
      expect(
        capture('redirect', { redirectUrl: `https://accounts.kakao.com${path}?continue=x` })?.fact,
      ).toMatchObject({ outcome: 'login-form' }),
  );

  test.each([302, 303])('consent form’s POST answered %i: is a step of the login', (statusCode) =>
    expect(
      capture('redirect', {
        url: 'https://kauth.kakao.com/oauth/authorize',
        method: 'POST',
        statusCode,
        initiator: 'https://kauth.kakao.com',
        redirectUrl: `${SITE}/cb?code=CODE&state=s1`,
      }),
    ).toEqual({
      site: null,
      fact: {
        type: 'authorize',
        method: 'POST',
        status: statusCode,
        clientId: null,
        redirectUri: `${SITE}/cb`,
        params: [],
        prompt: [],
        sdk: null,
        outcome: 'code',
        error: null,
        fromKakao: true,
        watched: true,
      },
    }),
  );

  test.each([
    [
      'a cancel',
      `${SITE}/cb?error=access_denied&error_description=User%20denied%20access`,
      'error',
      'access_denied',
    ],
    ['a probe', `${SITE}/cb?error=consent_required&state=x`, 'error', 'consent_required'],
    ['an unknown error word', `${SITE}/cb?error=my-secret-word`, 'error', 'other'],
    ['a token in the fragment', `${SITE}/cb#access_token=AT&expires_in=1`, 'token', null],
    ['an error in the fragment', `${SITE}/cb#error=access_denied`, 'error', 'access_denied'],
    [
      'code and error: the error counts',
      `${SITE}/cb?code=C&error=server_error`,
      'error',
      'server_error',
    ],
  ])('redirected with %s', (_what, redirectUrl, outcome, error) =>
    expect(capture('redirect', { redirectUrl })?.fact).toMatchObject({ outcome, error }),
  );

  test('redirect without OAuth parameters, or to Kakao: says nothing', () => {
    expect(capture('redirect', { redirectUrl: `${SITE}/cb?ok=1` })).toBeNull();
    expect(
      capture('redirect', {
        redirectUrl: 'https://kauth.kakao.com/public/popup/finish.html?code=1',
      }),
    ).toBeNull();
    expect(capture('redirect', { redirectUrl: '/relative?code=1' })).toBeNull();
    expect(capture('redirect', {})).toBeNull();
  });

  test.each([
    ['a mobile app', 'kakao0123abcd://oauth', 'kakao*://oauth'],
    ['an intent of its own', 'com.shop.app:/oauth2redirect', 'com.shop.app:/oauth2redirect'],
    ['script', 'javascript:alert(document.cookie)', 'javascript:'],
    ['data', 'data:text/html,secret', 'data:'],
    ['user info', 'https://user:pass@page.shop.test/cb', 'https://page.shop.test/cb'],
    ['another alphabet', 'https://카카오.test/콜백', 'https://xn--o79aa05k.test/*/'.slice(0, -1)],
    ['a port', 'http://localhost:3000/oauth/', 'http://localhost:3000/oauth/'],
    ['SDK v1’s word', 'kakaojs', 'kakaojs'],
    ['SDK v2’s word', 'JS-SDK', 'JS-SDK'],
    ['no address', 'not an address', null],
  ])('a redirect URI with %s', (_what, uri, kept) => {
    const url = `https://kauth.kakao.com/oauth/authorize?client_id=k&redirect_uri=${encodeURIComponent(uri)}`;
    const got = capture('answered', { url, statusCode: 200 });
    const expected =
      _what === 'another alphabet'
        ? expect.stringMatching(/^https:\/\/xn--[\w-]+\.test\/\*$/)
        : kept;
    expect(got?.fact).toMatchObject({ redirectUri: expected });
  });

  test.each([
    ['SDK v1', 'sdk/1.17.2 os/javascript lang/ko', '1.17.2'],
    ['SDK v2', 'sdk/2.7.4 os/javascript sdk_type/javascript lang/ko-KR', '2.7.4'],
    ['the SDK for Flutter', 'sdk/1.9.7 sdk_type/flutter os/javascript lang/ko', null],
    ['the SDK for Android', 'sdk/2.20.6 sdk_type/kotlin os/android-35', null],
  ])('the version of %s: only JavaScript’s is told', (_what, ka, sdk) => {
    const url = `https://kauth.kakao.com/oauth/authorize?client_id=k&ka=${encodeURIComponent(ka)}`;
    expect(capture('answered', { url, statusCode: 200 })?.fact).toMatchObject({ sdk });
  });

  test('error page: is a step; no answer: is none', () => {
    expect(capture('answered', { statusCode: 401 })?.fact).toMatchObject({
      outcome: 'error-page',
    });
    expect(capture('error', {})).toBeNull();
    expect(capture('answered', { statusCode: 204 })).toBeNull();
  });

  test('page out of the cache, as Back may show it: is no step of a login', () => {
    expect(capture('answered', { statusCode: 200, fromCache: true, initiator: SITE })).toBeNull();
    expect(capture('redirect', { redirectUrl: `${SITE}/cb?code=1`, fromCache: true })).toBeNull();
  });

  test('request by fetch: is no step of a login', () =>
    expect(capture('answered', { type: 'xmlhttprequest', statusCode: 200 })).toBeNull());

  test('request in a frame: is a step of a login', () =>
    expect(
      capture('redirect', {
        type: 'sub_frame',
        redirectUrl: `${SITE}/cb?error=login_required`,
        originUrl: `${SITE}/`,
        documentUrl: `${SITE}/`,
      }),
    ).toMatchObject({ site: SITE, fact: { outcome: 'error', error: 'login_required' } }));

  test('Firefox, in a frame on another site: is of the frame’s own page, not of the one around it', () => {
    const documentUrl = 'https://partner.test/';
    const inFrame = { type: 'sub_frame', documentUrl, frameAncestors: [{ url: documentUrl }] };
    const asked = capture('redirect', { ...inFrame, originUrl: `${SITE}/in`, redirectUrl: FORM });
    expect(asked).toMatchObject({ site: SITE, fact: { outcome: 'login-form' } });
    const agreed = { method: 'POST', originUrl: ASK, redirectUrl: `${SITE}/cb?code=1` };
    expect(capture('redirect', { ...inFrame, ...agreed })?.fact).toMatchObject({
      outcome: 'code',
      fromKakao: true,
    });
  });

  test('SDK v1’s popup: names its site, so its access is known', () => {
    const url = `https://kauth.kakao.com/oauth/authorize?client_id=k&redirect_uri=kakaojs&proxy=easyXDM&origin=${encodeURIComponent(SITE)}`;
    expect(capture('answered', { url, statusCode: 200 })).toMatchObject({
      site: SITE,
      fact: { redirectUri: 'kakaojs', watched: true },
    });
  });

  test('huge address: is read like any other', () => {
    const got = capture('redirect', {
      url: `${ASK}&x=${'x'.repeat(2_000_000)}`,
      redirectUrl: `${SITE}/cb?code=${'c'.repeat(2_000_000)}`,
    });
    expect(got?.fact).toMatchObject({ outcome: 'code' });
    expect(JSON.stringify(got).length).toBeLessThan(600);
  });
});

describe('a host or path that only looks like Kakao’s', () => {
  test.each([
    'https://kauth.kakao.com.evil.test/oauth/authorize?client_id=k',
    'https://kauth.kakao.com:8443/oauth/authorize?client_id=k',
    'http://kauth.kakao.com/oauth/authorize?client_id=k',
    'https://kauth.kakao.com@evil.test/oauth/authorize?client_id=k',
    'https://evil-kauth.kakao.com/oauth/authorize?client_id=k',
    'https://kauth.kakao.com./oauth/authorize?client_id=k',
    'https://kauth.kakao.com/oauth/%61uthorize?client_id=k',
    'https://kauth.kakao.com/OAuth/authorize?client_id=k',
    'wss://kauth.kakao.com/oauth/authorize',
    'not a url',
    '',
  ])('authorize: %s', (url) => expect(capture('answered', { url, statusCode: 200 })).toBeNull());

  test('user info before the host: changes nothing', () =>
    expect(
      capture('answered', {
        url: 'https://u:p@kauth.kakao.com/oauth/authorize?client_id=k',
        statusCode: 200,
      })?.fact,
    ).toMatchObject({ outcome: 'screen' }));

  const path = (url: string) => {
    const got = capture('answered', { url, type: 'xmlhttprequest', statusCode: 200 });
    return got?.fact.type === 'api' ? got.fact.path : null;
  };
  test.each([
    ['https://kapi.kakao.com/v2/user/me', '/v2/user/me'],
    ['https://kapi.kakao.com/v2/user/me?secure_resource=true', '/v2/user/me'],
    ['https://kapi.kakao.com/v2/user/../user/me', '/v2/user/me'],
    ['https://kapi.kakao.com/v2/user/me/', '/v2/user/me/'],
    ['https://kapi.kakao.com//v2/user/me', '//v2/user/me'],
    ['https://kapi.kakao.com/v2/user/m%65', '/v2/user/*'],
    ['https://kapi.kakao.com/v2/user/meow', '/v2/user/*'],
    ['https://kapi.kakao.com/x/v2/user/me', '/*/v2/user/me'],
    ['https://kapi.kakao.com/V2/user/me', '/*/user/me'],
    ['https://kapi.kakao.com/v2/user/me;a=b', '/v2/user/*'],
    ['https://kapi.kakao.com/v2/user/1234567890', '/v2/user/*'],
    ['https://kapi.kakao.com.evil.test/v2/user/me', null],
    ['https://kapi.kakao.com:444/v2/user/me', null],
    ['http://kapi.kakao.com/v2/user/me', null],
    ['https://xkapi.kakao.com/v2/user/me', null],
  ])('api: %s', (url, expected) => expect(path(url)).toBe(expected));
});

describe('an API call', () => {
  const ME = { url: 'https://kapi.kakao.com/v2/user/me', type: 'xmlhttprequest', statusCode: 200 };

  test('call of a page: Chrome’s initiator, Firefox’s document name the site', () => {
    const expected = {
      site: SITE,
      fact: {
        type: 'api',
        method: 'GET',
        path: '/v2/user/me',
        status: 200,
        code: null,
        hasSignedUp: null,
        connectedAt: null,
        account: null,
        wholeBody: false,
        cached: false,
        inFrame: false,
        requiredScopes: [],
      },
    };
    expect(capture('answered', { ...ME, initiator: SITE })).toEqual(expected);
    expect(
      capture('answered', {
        ...ME,
        originUrl: `${SITE}/x?y=z`,
        documentUrl: `${SITE}/x?y=z`,
        frameAncestors: [],
      }),
    ).toEqual(expected);
  });

  test('call of a worker: its script’s origin, also from a blob, also without a tab', () => {
    expect(
      capture('answered', { ...ME, originUrl: `${SITE}/sw.js`, documentUrl: `${SITE}/sw.js` })
        ?.site,
    ).toBe(SITE);
    const blob = `blob:${SITE}/0b0b5f8e-7d42-4d0f-8f0e-1c2d3e4f5a6b`;
    expect(capture('answered', { ...ME, originUrl: blob, documentUrl: blob })?.site).toBe(SITE);
    expect(capture('answered', { ...ME, initiator: SITE })?.site).toBe(SITE);
  });

  test('call of the kapi frame: Chrome names the frame, Firefox its site', () => {
    const frame = 'https://kapi.kakao.com/cors/?xdm_e=https%3A%2F%2Fpage.shop.test&xdm_c=default1';
    expect(capture('answered', { ...ME, initiator: 'https://kapi.kakao.com' })).toMatchObject({
      site: null,
      fact: { inFrame: true },
    });
    expect(
      capture('answered', {
        ...ME,
        originUrl: frame,
        documentUrl: frame,
        frameAncestors: [{ frameId: 0, url: `${SITE}/deep?secret=1` }],
      }),
    ).toMatchObject({ site: SITE, fact: { inFrame: true } });
  });

  test('call of another Kakao page: is not the kapi frame’s', () =>
    expect(capture('answered', { ...ME, initiator: 'https://kauth.kakao.com' })).toMatchObject({
      site: null,
      fact: { inFrame: false },
    }));

  test.each([
    ['Chrome’s opaque origin', { initiator: 'null' }],
    ['Firefox’s', { originUrl: 'moz-nullprincipal:{1}', documentUrl: 'about:srcdoc' }],
    ['another extension', { originUrl: 'moz-extension://abc/x.html' }],
    ['nothing at all', {}],
  ])('of %s has no site', (_what, d) =>
    expect(capture('answered', { ...ME, ...d })?.site).toBeNull(),
  );

  test('call of an opaque frame: belongs to the site around it, where known', () =>
    expect(
      capture('answered', {
        ...ME,
        originUrl: 'moz-nullprincipal:{1}',
        documentUrl: 'about:srcdoc',
        frameAncestors: [{ frameId: 0, url: `${SITE}/` }],
      })?.site,
    ).toBe(SITE));

  test('preflight, redirect and page load: say nothing', () => {
    expect(capture('answered', { ...ME, method: 'OPTIONS' })).toBeNull();
    expect(capture('error', { ...ME, method: 'OPTIONS' })).toBeNull();
    expect(capture('redirect', { ...ME, statusCode: 307 })).toBeNull();
    for (const type of ['main_frame', 'sub_frame', 'image', 'script', 'stylesheet'])
      expect(capture('answered', { ...ME, type })).toBeNull();
  });

  test('opened by a person with a token in its address: is a call, and the token is not told', () => {
    const url = `${ME.url}?access_token=kQ3vZp9xYb7Lr2TnWc5Hs8`;
    const told = capture('answered', { ...ME, url, type: 'main_frame' });
    expect(told?.fact).toMatchObject({ type: 'api', path: '/v2/user/me', status: 200 });
    expect(JSON.stringify(told)).not.toContain('kQ3vZp9xYb7Lr2TnWc5Hs8');
  });

  test('answer that somebody may have made up: may not be Kakao’s own, and a token is none', () => {
    const madeUp = { statusCode: 200, maybeMadeUp: true };
    expect(capture('answered', { ...ME, ...madeUp })?.fact).toMatchObject({ maybeCached: true });
    const token = { url: 'https://kauth.kakao.com/oauth/token', method: 'POST' };
    const asked = { ...token, type: 'xmlhttprequest', initiator: SITE };
    expect(capture('answered', { ...asked, ...madeUp })).toBeNull();
  });

  test.each(['script', 'sub_frame'])(
    'loaded as %s with a token in its address: is a call, too',
    (type) => {
      const url = `${ME.url}?access_token=kQ3vZp9xYb7Lr2TnWc5Hs8`;
      const told = capture('answered', { ...ME, url, type, initiator: SITE });
      expect(told).toMatchObject({ site: SITE, fact: { type: 'api', path: '/v2/user/me' } });
    },
  );

  test('cached, failed, refused, or with an invented method: is told as such', () => {
    const fact = (d: Partial<WebRequestDetails>, kind: WebRequestEvent = 'answered') =>
      capture(kind, { ...ME, ...d })?.fact;
    expect(fact({ fromCache: true })).toMatchObject({ cached: true, status: 200 });
    expect(fact({ statusCode: 0 }, 'error')).toMatchObject({ status: 0 });
    expect(fact({ statusCode: 200 }, 'error')).toMatchObject({ status: 0 });
    const blocked = { statusCode: 0, error: 'net::ERR_BLOCKED_BY_CLIENT' };
    expect(fact(blocked, 'error')).toMatchObject({ status: 0, blocked: true });
    const aborted = { statusCode: 0, error: 'net::ERR_ABORTED' };
    expect(fact(aborted, 'error')).not.toHaveProperty('blocked');
    expect(fact({ statusCode: 401 })).toMatchObject({ status: 401 });
    expect(fact({ method: 'my-secret' })).toMatchObject({ method: 'OTHER' });
  });
});

test.each(['https://kapi.kakao.com/v2/user/me', 'https://kauth.kakao.com/oauth/token'])(
  '%s: names the document that asked, where the browser does',
  (url) => {
    const asked = { url, type: 'xmlhttprequest', statusCode: 200, initiator: SITE };
    expect(capture('answered', { ...asked, documentId: 'd1' })?.fact).toMatchObject({
      documentId: 'd1',
    });
    expect(capture('answered', asked)?.fact).not.toHaveProperty('documentId');
  },
);

describe('other requests', () => {
  const TOKEN = {
    url: 'https://kauth.kakao.com/oauth/token',
    type: 'xmlhttprequest',
    method: 'POST',
  };

  test('token request: any method but OPTIONS, answered or not', () => {
    for (const method of ['POST', 'GET'])
      expect(
        capture('answered', { ...TOKEN, method, statusCode: 200, initiator: SITE }),
      ).toMatchObject({ site: SITE, fact: { type: 'token', method, status: 200, grant: null } });
    expect(capture('answered', { ...TOKEN, method: 'OPTIONS', statusCode: 200 })).toBeNull();
    expect(capture('error', TOKEN)?.fact).toMatchObject({ status: 0 });
    expect(capture('answered', { ...TOKEN, type: 'main_frame' })).toBeNull();
    expect(capture('answered', { ...TOKEN, statusCode: 200, fromCache: true })).toBeNull();
  });

  test('poll: names the app; a page at its address is none', () => {
    const poll = (type: string) =>
      capture('answered', {
        url: 'https://kauth.kakao.com/apiweb/code.json?client_id=k&auth_tran_id=secret&ka=x',
        type,
        statusCode: 200,
        initiator: SITE,
      });
    expect(poll('xmlhttprequest')).toEqual({
      site: SITE,
      fact: { type: 'poll', clientId: 'k', watched: true },
    });
    expect(poll('sub_frame')).toBeNull();
  });

  test('kapi frame: names the site it works for', () => {
    const frame = (xdm: string, d: Partial<WebRequestDetails> = {}) =>
      capture('answered', {
        url: `https://kapi.kakao.com/cors/?xdm_e=${encodeURIComponent(xdm)}&xdm_c=d&xdm_p=1`,
        type: 'sub_frame',
        statusCode: 200,
        ...d,
      });
    expect(frame(`${SITE}/a?b=c`)).toEqual({ site: SITE, fact: { type: 'frame' } });
    expect(frame('', { initiator: SITE })).toEqual({ site: SITE, fact: { type: 'frame' } });
    expect(frame('', {})).toEqual({ site: null, fact: { type: 'frame' } });
    expect(frame(SITE, { type: 'main_frame' })).toBeNull();
  });

  test('page of a site: says something only with a code or an error', () => {
    expect(capture('answered', { url: `${SITE}/cb?code=C&state=S`, statusCode: 200 })).toEqual({
      site: SITE,
      fact: { type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'code', error: null },
    });
    expect(capture('answered', { url: `${SITE}/`, statusCode: 200 })).toBeNull();
    expect(capture('answered', { url: `${SITE}/?codes=1`, statusCode: 200 })).toBeNull();
    expect(capture('error', { url: `${SITE}/cb?code=C` })).toBeNull();
    expect(capture('answered', { url: `${SITE}/cb?code=C`, type: 'sub_frame' })).toBeNull();
    expect(capture('answered', { url: `${SITE}/cb#access_token=1`, statusCode: 200 })).toBeNull();
    expect(capture('answered', { url: FORM, statusCode: 200 })).toBeNull();
  });

  test.each([
    [`${SITE}/home`, true],
    ['/home', true],
    [`${SITE}/cb/?code=C-d_5&state=S`, undefined],
    [`${SITE}/#/login?code=C-d_5`, undefined],
    [undefined, undefined],
  ])('code whose page redirects to %s: is kept by the server: %s', (redirectUrl, codeKept) => {
    const url = `${SITE}/cb?code=C-d_5&state=S`;
    const target = redirectUrl && new URL(redirectUrl, url).href;
    const arrived = capture('redirect', { url, ...(target ? { redirectUrl: target } : {}) });
    expect(arrived?.fact).toEqual({
      type: 'arrival',
      redirectUri: `${SITE}/cb`,
      outcome: 'code',
      error: null,
      ...(codeKept ? { codeKept } : {}),
    });
  });
});

test('documented Kakao paths: none is masked', () => {
  for (const path of [
    ...POLICY.qualifying,
    ...POLICY.unconfirmed,
    ...POLICY.never,
    POLICY.signup.path,
  ])
    expect(reducePath(path)).toBe(path);
});
