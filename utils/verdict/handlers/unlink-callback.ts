import type { CallbackFact } from '../../model/observation.ts';
import { appOf } from '../../model/app.ts';
import { loginsOfAccount } from '../login-index.ts';
import { attachTo } from '../reduce-context.ts';
import type { FactHandler } from './fact-handler.ts';

/** Kakao cut the link of an account and called the site: recorded on the account's latest login before that. */
export const unlinkCallbackHandler: FactHandler<CallbackFact> = {
  record(context, observation) {
    const { account, referrerType, at, appId, timeKnown } = observation;
    if (!account) return;
    const login = loginsOfAccount(context.loginState, account).findLast((l) => l.loggedInAt <= at);
    if (!login) return;
    const app = appOf(context.loginState, login.clientId);
    const otherApp = appId !== null && app.appId !== undefined && app.appId !== appId;
    if (appId !== null && app.appId === undefined) {
      context.loginState.apps.set(login.clientId, { ...app, appId });
      context.change.apps.add(login.clientId);
    }
    // A callback of this app's own number is not displaced by one of another.
    if (otherApp && login.callback && !login.callback.otherApp) return;
    login.callback = {
      at,
      referrerType,
      ...(timeKnown ? {} : { timeUnknown: true }),
      ...(otherApp ? { otherApp: true } : {}),
    };
    attachTo(context, observation, login);
  },
};
