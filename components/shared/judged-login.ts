import { appOf, type App } from '../../utils/model/app.ts';
import type { Login } from '../../utils/model/login.ts';
import type { Verdict } from '../../utils/model/verdict.ts';
import { verdictOf } from '../../utils/verdict/verdict.ts';

/** A login with its app and its verdict at an instant. */
export interface JudgedLogin {
  login: Login;
  app: App;
  verdict: Verdict;
  /** The number in "Account 1", "Account 2": by order of arrival; logins of one account share it. */
  account: number;
}

/** Returns logins with their verdicts at an instant (epoch ms), in their own order. */
export function judgeLogins(
  logins: readonly Login[],
  apps: ReadonlyMap<string, App>,
  now: number,
): JudgedLogin[] {
  const firstOrdinals = new Map<string, number>();
  for (const { accountId, ordinal } of logins)
    firstOrdinals.set(accountId, Math.min(ordinal, firstOrdinals.get(accountId) ?? ordinal));
  return logins.map((login) => {
    const app = appOf({ apps }, login.clientId);
    const verdict = verdictOf(login, app, now);
    const ordinal = firstOrdinals.get(login.accountId) ?? login.ordinal;
    return { login, app, verdict, account: ordinal + 1 };
  });
}
