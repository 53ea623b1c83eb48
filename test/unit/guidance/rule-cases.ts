import { runRules } from '../../../utils/guidance/run-rules.ts';
import type { Finding } from '../../../utils/guidance/rule.ts';
import type { GuidanceInput } from '../../../utils/guidance/context.ts';
import { reduce } from '../../../utils/verdict/reduce.ts';
import { createLoginState } from '../../../utils/verdict/login-state.ts';
import type { Observation, AttributedObservation } from '../../../utils/model/observation.ts';
import { api, APP, authorize, firstLogin, HOUR, observe, T0, token } from '../fixtures.ts';

/** Folds a history and notes which login each observation was placed on, as the store does. */
export function contextOf(
  history: readonly Observation[],
): Pick<GuidanceInput, 'loginState' | 'observations'> {
  const loginState = createLoginState();
  const placed = new Map<string, string>();
  for (const o of history) {
    const { loginId, attached } = reduce(loginState, o);
    if (loginId) placed.set(o.id, loginId);
    for (const [id, login] of attached) placed.set(id, login);
  }
  const observations = history.map((o): AttributedObservation => {
    const loginId = placed.get(o.id);
    return loginId ? { ...o, loginId } : o;
  });
  return { loginState, observations };
}

/** What guidance says of a history some hours after T0. */
export function findings(
  history: readonly (readonly Observation[])[],
  hours = 1,
  more: Partial<GuidanceInput> = {},
): Finding[] {
  return runRules({ ...contextOf(history.flat()), ...more }, T0 + hours * HOUR);
}

/** Names of the rules that fire on a history. */
export const fired = (...args: Parameters<typeof findings>): string[] =>
  findings(...args).map((f) => f.rule);

/** A first login whose token the page got: its calls can be seen. */
export const seen = (at = T0, more: Parameters<typeof firstLogin>[1] = {}): Observation[] => [
  ...firstLogin(at, more),
  observe(token(), at + 4000, where(more)),
];

function where({ fact: _fact, ...more }: Parameters<typeof firstLogin>[1] = {}) {
  return more;
}

/** A call six seconds after T0. */
export const call = (...args: Parameters<typeof api>): Observation[] => [
  observe(api(...args), T0 + 6000),
];

export const me = (at = T0 + 6000, fact: Parameters<typeof api>[2] = {}): Observation[] => [
  observe(api('/v2/user/me', 200, fact), at),
];

/** The tester sets the app's link mode. */
export const setMode = (linkMode: 'auto' | 'manual'): Observation[] => [
  observe({ type: 'app', clientId: APP, linkMode }, T0 + 5000, { source: 'tester' }),
];

/** One authorize step at T0. */
export const step = (fact: Parameters<typeof authorize>[0], more = {}): Observation[] => [
  observe(authorize(fact), T0, more),
];
