import type { GuidanceInput } from '../../../utils/guidance/rule-context.ts';
import type { Finding } from '../../../utils/guidance/rule.ts';
import { runRules } from '../../../utils/guidance/run-rules.ts';
import type { Observation, AttributedObservation } from '../../../utils/model/observation.ts';
import { reduce } from '../../../utils/verdict/reduce.ts';
import { createLoginState } from '../../../utils/verdict/state/login-state.ts';
import { api, APP, authorize, firstLogin, HOUR, observe, T0, token } from '../fixtures.ts';

/** Replays a history and notes which login each observation was attributed to, as the store does. */
export function guidanceInputOf(
  history: readonly Observation[],
): Pick<GuidanceInput, 'loginState' | 'observations'> {
  const loginState = createLoginState();
  const attributedTo = new Map<string, string>();
  for (const o of history) {
    const { loginId, attached } = reduce(loginState, o);
    if (loginId) attributedTo.set(o.id, loginId);
    for (const [id, login] of attached) {
      if (login) attributedTo.set(id, login);
      else attributedTo.delete(id);
    }
  }
  const observations = history.map((o): AttributedObservation => {
    const loginId = attributedTo.get(o.id);
    return loginId ? { ...o, loginId } : o;
  });
  return { loginState, observations };
}

/** The findings on a history, judged some hours after T0. */
export function findings(
  history: readonly (readonly Observation[])[],
  hours = 1,
  more: Partial<GuidanceInput> = {},
): Finding[] {
  return runRules({ ...guidanceInputOf(history.flat()), ...more }, T0 + hours * HOUR);
}

/** Names of the rules that fire on a history. */
export const firedRules = (...args: Parameters<typeof findings>): string[] =>
  findings(...args).map((f) => f.rule);

/** A first login whose token was issued to the page, so that its calls can be seen. */
export const visibleLogin = (
  at = T0,
  more: Parameters<typeof firstLogin>[1] = {},
): Observation[] => [...firstLogin(at, more), observe(token(), at + 4000, observedAs(more))];

function observedAs({ fact: _fact, ...more }: Parameters<typeof firstLogin>[1] = {}) {
  return more;
}

/** An API call six seconds after T0. */
export const call = (...args: Parameters<typeof api>): Observation[] => [
  observe(api(...args), T0 + 6000),
];

/** A call of `/v2/user/me`, six seconds after T0 unless said otherwise. */
export const userMeCall = (at = T0 + 6000, fact: Parameters<typeof api>[2] = {}): Observation[] => [
  observe(api('/v2/user/me', 200, fact), at),
];

/** The tester's setting of the app's link mode. */
export const setLinkMode = (linkMode: 'auto' | 'manual'): Observation[] => [
  observe({ type: 'app', clientId: APP, linkMode }, T0 + 5000, { source: 'tester' }),
];

/** An authorize request at T0. */
export const authorizeRequest = (
  fact: Parameters<typeof authorize>[0],
  more = {},
): Observation[] => [observe(authorize(fact), T0, more)];
