import { SIGNUP } from '../../kakao/policy.ts';
import { linkMode, type App } from '../../model/app.ts';
import type { Completion, CompletionSlot, Login } from '../../model/login.ts';
import type { Verdict } from '../../model/verdict.ts';

/** The call that completes the login under the app's link mode, in or after the window; null if none was seen. */
export function completionOf(login: Login, app: App): Completion | null {
  return linkMode(app) === 'manual' ? login.creditedSignupCall : login.creditedListedCall;
}

/** As what a call has to count to complete a login of an app, under its link mode. */
export function neededSlotOf(app: App): CompletionSlot {
  return linkMode(app) === 'manual' ? 'signupCall' : 'listedCall';
}

/** Why a completion completes a login: by which kind of call, or what it told. */
export function completedBy({ path }: Completion, app: App): Verdict['because'] {
  if (linkMode(app) !== 'manual') return 'listed-call';
  return path === SIGNUP.path ? 'signup-call' : 'signed-up';
}
