import { appOf, UNKNOWN_APP } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import type { CallbackFact } from '../../model/observation.ts';
import { loginsOfAccount } from '../state/login-index.ts';
import type { FactHandler } from './fact-handler.ts';
import { attachTo } from './reduce-context.ts';

/** Kakao cut the link of an account and called the site: recorded on the account's latest login before that. */
export const unlinkCallbackHandler: FactHandler<CallbackFact> = {
  record(context, observation) {
    const { account, referrerType, at, appId, timeKnown } = observation;
    if (!account) return;
    const login = loginsOfAccount(context.loginState, account).findLast((l) => l.loggedInAt <= at);
    if (!login) return;
    const app = appOf(context.loginState, login.clientId);
    const otherApp = appId !== null && app.appId !== undefined && app.appId !== appId;
    // Logins of unknown apps need not be of one.
    if (appId !== null && app.appId === undefined && login.clientId !== UNKNOWN_APP) {
      context.loginState.apps.set(login.clientId, { ...app, appId });
      context.change.apps.add(login.clientId);
    }
    // A callback of this app's own number is not displaced by one of another.
    if (otherApp && login.callback && !login.callback.otherApp) return;
    // The job cuts no link that is cut already: Kakao's console sends such callbacks as a test, too.
    if (referrerType === 'INCOMPLETE_SIGN_UP' && tellsCut(login.callback)) return;
    login.callback = {
      at,
      referrerType,
      ...(timeKnown ? {} : { timeUnknown: true }),
      ...(otherApp ? { otherApp: true } : {}),
    };
    attachTo(context, observation, login);
  },
};

/** Whether a callback tells that the link was cut, and when, by somebody's will. */
function tellsCut(callback: Login['callback']): boolean {
  if (!callback || callback.otherApp || callback.timeUnknown) return false;
  return callback.referrerType !== 'INCOMPLETE_SIGN_UP';
}
