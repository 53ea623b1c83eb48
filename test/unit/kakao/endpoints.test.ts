import { describe, expect, test } from 'vitest';
import { endpointOf, isKakaoHost, isLoginForm } from '../../../utils/kakao/endpoints.ts';
import { maskClientId } from '../../../utils/kakao/mask-client-id.ts';
import { CUT_BY_MS, POLICY, WINDOW_MS } from '../../../utils/kakao/policy.ts';
import {
  evaluateCall,
  type CallFacts,
  type CallReason,
} from '../../../utils/verdict/attribute/evaluate-call.ts';

const endpoint = (url: string) => endpointOf(new URL(url));

describe('endpoints', () => {
  test.each([
    ['https://kauth.kakao.com/oauth/authorize', 'authorize'],
    ['https://kauth.kakao.com:443/oauth/authorize?x=1#y', 'authorize'],
    ['https://KAUTH.kakao.COM/oauth/authorize', 'authorize'],
    ['https://kauth.kakao.com/oauth/token', 'token'],
    ['https://kauth.kakao.com/oauth/authorize/?client_id=x', 'authorize'],
    ['https://kauth.kakao.com//oauth/authorize?client_id=x', 'authorize'],
    ['https://kauth.kakao.com/oauth/token/', 'token'],
    ['https://kauth.kakao.com//oauth/token', 'token'],
    ['https://kauth.kakao.com/oauth/tokeninfo', 'kauth-page'],
    ['https://kauth.kakao.com/oauth/business/authorize?client_id=x', 'kauth-page'],
    ['https://kauth.kakao.com/oauth/business/token', 'kauth-page'],
    ['https://kauth.kakao.com/apiweb/code.json', 'code-poll'],
    ['https://kauth.kakao.com/oauth/authorizer', 'kauth-page'],
    ['https://kapi.kakao.com/cors/', 'sdk-frame'],
    ['https://kapi.kakao.com/corsair', 'api'],
    ['https://kapi.kakao.com/v2/user/me', 'api'],
    ['https://accounts.kakao.com/login', null],
    ['https://kakao.com/oauth/authorize', null],
  ])('URL %s: endpoint %s', (url, expected) => expect(endpoint(url)).toBe(expected));

  test.each([
    ['kauth.kakao.com', true],
    ['kauth.kakao.com:8443', true],
    ['kakao.com.', true],
    ['kakao.com', true],
    ['notkakao.com', false],
    ['kakao.com.evil.test', false],
    ['kakao.com:evil', false],
  ])('host %s: Kakao’s is %s', (host, expected) => expect(isKakaoHost(host)).toBe(expected));

  test.each([
    ['https://accounts.kakao.com/login/?continue=x', true],
    ['https://accounts.kakao.com/login', true],
    ['https://accounts.kakao.com/weblogin/create_account', true],
    ['https://accounts.kakao.com/loginx', false],
    ['https://accounts.kakao.com.evil.test/login', false],
    ['https://kauth.kakao.com/login', false],
  ])('URL %s: login form is %s', (url, expected) =>
    expect(isLoginForm(new URL(url))).toBe(expected),
  );
});

describe('policy', () => {
  test('policy of the notice: seven calls, one day, nothing that never counts', () => {
    expect(POLICY.qualifying).toHaveLength(7);
    expect(WINDOW_MS).toBe(86_400_000);
    expect(CUT_BY_MS).toBe(2 * WINDOW_MS);
    for (const path of [...POLICY.never, ...POLICY.unconfirmed, POLICY.signup.path])
      expect(POLICY.qualifying).not.toContain(path);
  });

  const call = (method: string, path: string, status: number, code: number | null = null) => ({
    method,
    path,
    status,
    code,
  });
  const cases: [CallFacts, CallReason[]][] = [
    [call('GET', '/v2/user/me', 200), ['listed', 'manual-needs-signup', 'listed']],
    [call('POST', '/v2/user/me', 200), ['listed', 'manual-needs-signup', 'listed']],
    [call('PUT', '/v2/user/me', 200), ['not-200', 'not-200', 'not-200']],
    [call('OPTIONS', '/v2/user/me', 200), ['preflight', 'preflight', 'preflight']],
    [
      { ...call('GET', '/v2/user/me', 200), cached: true },
      ['from-cache', 'from-cache', 'from-cache'],
    ],
    [call('GET', '/v2/user/me', 401), ['not-200', 'not-200', 'not-200']],
    [call('GET', '/v2/user/me', 204), ['not-200', 'not-200', 'not-200']],
    [call('GET', '/v2/user/me', 0), ['no-answer', 'no-answer', 'no-answer']],
    [call('POST', '/v1/user/signup', 200), ['signup-on-auto', 'signup', 'not-listed']],
    [
      call('POST', '/v1/user/signup', 400, -102),
      ['signup-on-auto', 'already-registered', 'not-listed'],
    ],
    [call('GET', '/v1/user/signup', 200), ['not-200', 'not-200', 'not-200']],
    [call('POST', '/v1/user/signup', 400, -401), ['not-200', 'not-200', 'not-200']],
    [call('GET', '/v1/oidc/userinfo', 200), ['unconfirmed', 'unconfirmed', 'unconfirmed']],
    [
      call('GET', '/v1/user/access_token_info', 200),
      ['never-counts', 'never-counts', 'never-counts'],
    ],
    [
      call('POST', '/v2/user/upgrade/service_terms', 200),
      ['never-counts', 'never-counts', 'never-counts'],
    ],
    [call('GET', '/v2/user/me/', 200), ['unconfirmed', 'unconfirmed', 'unconfirmed']],
    [call('GET', '/v1/user/me', 200), ['never-counts', 'never-counts', 'never-counts']],
  ];
  const table = cases.map(([fact, whys]) => ({ fact, whys, all: whys.join(', ') }));
  test.each(table)('call $fact.method $fact.path $fact.status: $all', ({ fact, whys }) => {
    const evaluations = (['auto', 'manual', 'unknown'] as const).map((mode) =>
      evaluateCall(fact, mode),
    );
    expect(evaluations.map((s) => s.why)).toEqual(whys);
    expect(evaluations.map((s) => s.counts)).toEqual(
      evaluations.map((s) => ['listed', 'signup', 'already-registered'].includes(s.why)),
    );
  });
});

test('masked app key: only its ends are left', () => {
  expect(maskClientId('0123456789abcdef0123456789abcdef')).toBe('0123…ef');
  expect(maskClientId('12345678')).toBe('12…');
  expect(maskClientId('')).toBe('…');
});
