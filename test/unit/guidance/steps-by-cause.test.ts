import { describe, expect, test } from 'vitest';
import type { Message } from '../../../utils/i18n/message.ts';
import type { Observation } from '../../../utils/model/observation.ts';
import { api, HOUR, observe, T0 } from '../fixtures.ts';
import { call, findings, setLinkMode, userMeCall, visibleLogin } from './rule-cases.ts';

type History = readonly (readonly Observation[])[];

const findingOf = (rule: string, history: History, hours = 30) =>
  findings(history, hours).find((f) => f.rule === rule) ?? expect.unreachable(rule);
const names = (messages: readonly Message[]) => messages.map(([key]) => key.split('.').at(-1));
const stepsOf = (...args: Parameters<typeof findingOf>) => names(findingOf(...args).fix);

test('a refused call of a complete login asks for no other call', () => {
  const refused = call('/v1/api/talk/friends', 403, { code: -402 });
  expect(stepsOf('scope-missing', [visibleLogin(), userMeCall(), refused])).toEqual([
    'set_consent_item',
    'ask_scope',
  ]);
  expect(stepsOf('scope-missing', [visibleLogin(), refused])).toContain('call_user_me');
});

describe('an account that was unlinked and linked again within a day', () => {
  const told = (at: number, connectedAt: number) => [
    observe(api('/v2/user/me', 200, { account: 'h1', connectedAt }), at),
  ];
  const unlink = [observe(api('/v1/user/unlink', 200, { method: 'POST' }), T0 + 7000)];
  const again = (later: number): History => [
    visibleLogin(),
    setLinkMode('auto'),
    told(T0 + 6000, T0),
    later < 24 * HOUR ? unlink : [],
    visibleLogin(T0 + later),
    told(T0 + later + 6000, T0 + later),
  ];

  test('by the service: nothing is said of calls in time, or of scopes that nobody asked for', () => {
    expect(stepsOf('consent-again', again(HOUR))).toEqual(['logout_not_unlink']);
    expect(stepsOf('connected-at-moved', again(HOUR))).toEqual(['logout_not_unlink']);
  });

  test('a day later, Kakao’s job may have been it', () =>
    expect(stepsOf('connected-at-moved', again(30 * HOUR))).toContain('complete_in_time'));
});
