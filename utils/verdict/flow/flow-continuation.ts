import { SECOND_MS } from '../../model/time.ts';
import type { Flow } from '../state/login-state.ts';
import { FLOW_TIMEOUT_MS } from '../state/time-limits.ts';
import { isLaterStep, type Step } from './authorize-step.ts';

/** A form that is sent twice by a double click is answered twice within this time. */
const DOUBLE_CLICK_MS = SECOND_MS;

/** Whether a step goes on with a tab's flow. */
export function continuesFlow(flow: Flow | undefined, step: Step): flow is Flow {
  if (!flow || step.at - flow.lastAt > FLOW_TIMEOUT_MS) return false;
  if (flow.done) return isAgreedAfterAll(flow, step) || isAgreedTwice(flow, step);
  if (step.clientId === null) return !answersAnother(flow, step);
  // The beginning of another login of the app may not have been seen.
  const isOfLogin =
    flow.clientId === step.clientId && flow.redirectUri === (step.redirectUri ?? flow.redirectUri);
  return isOfLogin && isLaterStep(step);
}

/** Whether the screen that was refused was agreed to after all: Back shows it again. */
function isAgreedAfterAll(flow: Flow, step: Step): boolean {
  return flow.refused === true && isAgreement(flow, step);
}

/**
 * Whether the screen's form was sent once more, by a double click, before its first code reached the site: its login has
 * another code now.
 */
function isAgreedTwice(flow: Flow, step: Step): boolean {
  const { agreedAt, awaitsArrival } = flow;
  if (agreedAt === undefined || !awaitsArrival) return false;
  return step.at - agreedAt <= DOUBLE_CLICK_MS && isAgreement(flow, step);
}

/** Whether a form gives the code of a flow's login: no other screen is open whose form it may be. */
function isAgreement(flow: Flow, { method, outcome, clientId, redirectUri }: Step): boolean {
  return (
    flow.unansweredScreen === undefined &&
    method === 'POST' &&
    outcome === 'code' &&
    flow.redirectUri === redirectUri &&
    [flow.clientId, null].includes(clientId)
  );
}

/** Whether a form's code comes to another redirect URI than a flow's: after Back, the form of an earlier login was sent. */
function answersAnother(flow: Flow, { outcome, redirectUri }: Step): boolean {
  return outcome === 'code' && ![redirectUri, null].includes(flow.redirectUri);
}
