import { appOf } from '../../../utils/model/app.ts';
import type { Login } from '../../../utils/model/login.ts';
import type { Observation } from '../../../utils/model/observation.ts';
import type { Verdict } from '../../../utils/model/verdict.ts';
import { verdictOf } from '../../../utils/verdict/decide/verdict.ts';
import { replay } from '../../../utils/verdict/reduce.ts';
import type { LoginState } from '../../../utils/verdict/state/login-state.ts';
import { HOUR, T0 } from '../fixtures.ts';

/** A login and its verdict. */
export interface Judged extends Verdict {
  login: Login;
}

/** The verdict on a login of a state at an instant (epoch ms). */
export const verdictIn = (loginState: LoginState, login: Login, at: number): Verdict =>
  verdictOf(login, appOf(loginState, login.clientId), at);

/** Judges observations at an instant (epoch ms). Returns one entry per login. */
export function judgeAt(observations: readonly Observation[], at: number): Judged[] {
  const loginState = replay(observations);
  return [...loginState.logins.values()].map((login) => ({
    login,
    ...verdictIn(loginState, login, at),
  }));
}

/** Observations of made-up traffic in order of arrival, alone or in lists. */
export type Steps = readonly (Observation | Observation[])[];

/** Judges a history some hours after T0. Returns one entry per login. */
export const judge = (history: Steps, hours: number): Judged[] =>
  judgeAt(history.flat(), T0 + hours * HOUR);

/** The verdicts of a history's logins some hours after T0. */
export const verdicts = (history: Steps, hours: number): string[] =>
  judge(history, hours).map((v) => v.verdict);

/** What the expectations of recorded cases compare: each login one hour and thirty hours after `end` (epoch ms). */
export function caseAnswers(observations: readonly Observation[], end: number) {
  // Whoever judges these says that nothing followed.
  const loginState = replay(observations.filter((o) => o.type !== 'recording-ended'));
  return [...loginState.logins.values()].map((login) => {
    const { site, clientId, kind } = login;
    const { visibility, verdict: at1h } = verdictIn(loginState, login, end + HOUR);
    const { verdict: at30h, certainty, doubt } = verdictIn(loginState, login, end + 30 * HOUR);
    return { site, clientId, kind, visibility, at1h, at30h, certainty, doubt };
  });
}
