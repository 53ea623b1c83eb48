import { describe, expect, test } from 'vitest';
import type { Message } from '../../../utils/i18n/message.ts';
import type { Observation } from '../../../utils/model/observation.ts';
import { firstLogin, observe, SITE, T0, token } from '../fixtures.ts';
import { findings, visibleLogin } from './rule-cases.ts';

type History = readonly (readonly Observation[])[];

const findingOf = (rule: string, history: History, hours = 30) =>
  findings(history, hours).find((f) => f.rule === rule) ?? expect.unreachable(rule);
const names = (messages: readonly Message[]) => messages.map(([key]) => key.split('.').at(-1));
const stepsOf = (...args: Parameters<typeof findingOf>) => names(findingOf(...args).fix);

const loginAt = (redirectUri: string) => firstLogin(T0, { fact: { redirectUri } });

describe('a login whose server is silent', () => {
  test('a tester who cannot get at the server logs in again, or marks the login', () =>
    expect(stepsOf('server-silent', [firstLogin(T0)])).toEqual([
      'report_server_timing',
      'check_server_calls',
      'next_login_proves',
      'mark_complete',
    ]));

  test('of a file, a record of the server’s is read beside it, and nobody can mark it', () => {
    const ofFile = firstLogin(T0, { source: 'har' });
    expect(stepsOf('server-silent', [ofFile])).toEqual([
      'join_server_record',
      'report_server_timing',
      'check_server_calls',
      'next_login_proves',
    ]);
    expect(stepsOf('no-call-yet', [visibleLogin(T0, { source: 'har' })], 1)).toEqual([
      'call_user_me',
    ]);
  });

  test.each([
    ['spring', `${SITE}/login/oauth2/code/kakao`],
    ['auth_js', `${SITE}/api/auth/callback/kakao`],
    ['allauth', `${SITE}/accounts/kakao/login/callback/`],
    ['detail', `${SITE}/auth/kakao/callback`],
    ['detail', `${SITE}/app/login/oauth2/code/kakao/more`],
  ])('says what %s does at %s', (library, redirectUri) =>
    expect(names([findingOf('server-silent', [loginAt(redirectUri)]).detail])).toEqual([library]),
  );
});

test('a token alone: what Spring Security needs comes first where the callback is its own', () => {
  const reported = [observe(token(), T0 + 4000, { source: 'server' })];
  const spring = [loginAt(`${SITE}/login/oauth2/code/kakao`), reported];
  expect(stepsOf('token-only', spring)).toEqual(['spring_user_info_uri', 'call_user_me']);
  expect(names(findingOf('token-only', spring).causes)).toEqual([
    'spring_issuer',
    'call_elsewhere',
  ]);
  const other = [loginAt(`${SITE}/auth/kakao/callback`), reported];
  expect(stepsOf('token-only', other)[0]).toBe('call_user_me');
  expect(names(findingOf('token-only', other).causes)[0]).toBe('code_library');
});
