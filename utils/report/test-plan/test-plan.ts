import { appOf } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import type { AttributedObservation } from '../../model/observation.ts';
import { verdictOf } from '../../verdict/decide/verdict.ts';
import type { LoginState } from '../../verdict/state/login-state.ts';
import { TEST_CASES, type TestCase, type TestPlanItem } from './test-case.ts';
import { findInLogins, type JudgedLogin } from './test-plan-logins.ts';

/** What a test plan is ticked from. Instants are epoch ms. */
export interface TestPlanInput {
  loginState: LoginState;
  /** Those the report is about. */
  logins: readonly Login[];
  observations: readonly (AttributedObservation & { browser?: string })[];
  /** When the session began and ended; null where it has no such bound. */
  from: number | null;
  until: number | null;
  /** Instant of judgement. */
  at: number;
}

/**
 * Ticks by evidence which cases were exercised between the session's start and end. What is only likely is told apart,
 * and what was not seen is never ticked.
 */
export function testPlanOf(input: TestPlanInput): TestPlanItem[] {
  const { loginState, logins, observations, at } = input;
  const isWithin = isIn(input);
  const judged = logins.map((login): JudgedLogin => {
    const app = appOf(loginState, login.clientId);
    return { login, app, verdict: verdictOf(login, app, at) };
  });
  const browsers = new Map<string, string>();
  for (const { id, browser } of observations) if (browser !== undefined) browsers.set(id, browser);
  const found = findInLogins(judged, {
    isWithin,
    all: [...loginState.logins.values()],
    browserOf: (login) => browsers.get(login.id),
  });
  const first = (isCase: (o: AttributedObservation) => boolean) =>
    observations.find((o) => isCase(o) && isWithin(o.at));
  return TEST_CASES.map((name): TestPlanItem => {
    if (name === 'cancel') return shownBy(name, first(isCancel));
    if (name === 'error-page') return shownBy(name, first(isErrorPage));
    const { sure, likely } = found[name];
    const seen = sure ? 'yes' : likely ? 'likely' : 'no';
    return { case: name, seen, login: (sure ?? likely)?.id ?? null, observation: null };
  });
}

const isIn =
  ({ from, until }: Pick<TestPlanInput, 'from' | 'until'>) =>
  (at: number) =>
    at >= (from ?? -Infinity) && at <= (until ?? Infinity);

function shownBy(name: TestCase, observation: AttributedObservation | undefined): TestPlanItem {
  const seen = observation ? 'yes' : 'no';
  return { case: name, seen, login: null, observation: observation?.id ?? null };
}

/** The user said no on Kakao's screen: docs/kakao-rules.md#authorize. */
function isCancel(o: AttributedObservation): boolean {
  const isReturn = o.type === 'authorize' || o.type === 'arrival';
  return isReturn && o.outcome === 'error' && o.error === 'access_denied';
}

const isErrorPage = (o: AttributedObservation) =>
  o.type === 'authorize' && o.outcome === 'error-page';
