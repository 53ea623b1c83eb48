import { isOfSdkV1, isPolledFor } from '../../model/login.ts';
import type { AuthorizeFact, Observation } from '../../model/observation.ts';
import type { Flow } from '../state/login-state.ts';

/** Prompts after which the account may be another one: docs/kakao-rules.md#prompt. */
const ACCOUNT_PROMPTS = ['login', 'select_account', 'create'];

/** A step of a login on kauth. */
export type Step = Observation<AuthorizeFact>;

/** Whether a step goes on with some login rather than starting one: docs/kakao-rules.md#authorize. */
export function isLaterStep({ fromKakao, site, params }: Step): boolean {
  return fromKakao || (site === null && params.includes('through_account'));
}

/** Whether a step may go on with a login: it comes from Kakao, or names no site or no app. */
export function mayGoOn({ fromKakao, site, clientId }: Step): boolean {
  return fromKakao || site === null || clientId === null;
}

/** Whether another account may have logged in at a step that ends no login. */
export function mayChangeAccount(step: Step): boolean {
  return step.outcome === 'login-form' || step.prompt.length > 0 || mayGoOn(step);
}

/** Whether a step names what is to be consented to, so that an account which is linked may be asked as well. */
export function requestsExtraConsent({ params }: Step): boolean {
  return params.includes('scope') || params.includes('service_terms');
}

/** Whether a step lets the person log in with another account than the one at Kakao. */
export function asksForAccount({ prompt }: Step): boolean {
  return prompt.some((p) => ACCOUNT_PROMPTS.includes(p));
}

/** How a popup hands over its result, by what its request names: docs/kakao-rules.md#popup. */
export function popupKind(step: Step): Flow['popup'] {
  if (isOfSdkV1(step)) return 'message';
  if (isPolledFor(step)) return 'poll';
  return step.params.includes('proxy') ? 'message' : null;
}
