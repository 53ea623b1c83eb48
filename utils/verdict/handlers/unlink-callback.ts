import type { CallbackFact } from '../../model/observation.ts';
import { findLogins } from '../find-logins.ts';
import { attachTo } from '../reduce-context.ts';
import type { FactHandler } from './fact-handler.ts';

/** Kakao cut the link of an account and called the site: recorded on the account's latest login before that. */
export const unlinkCallbackHandler: FactHandler<CallbackFact> = {
  record(context, observation) {
    const { account, referrerType, at } = observation;
    if (!account) return;
    const login = findLogins(
      context.loginState,
      (l) => l.userHash === account && l.loggedInAt <= at,
    ).at(-1);
    if (!login) return;
    login.callback = { at, referrerType };
    attachTo(context, observation, login);
  },
};
