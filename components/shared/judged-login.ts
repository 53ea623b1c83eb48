import { appOf, type App } from '../../utils/model/app.ts';
import type { Login } from '../../utils/model/login.ts';
import type { Verdict } from '../../utils/model/verdict.ts';
import { verdictOf } from '../../utils/verdict/decide/verdict.ts';

/** A login with its app and its verdict at an instant. */
export interface JudgedLogin {
  login: Login;
  app: App;
  verdict: Verdict;
  /** The number in "Account 1", "Account 2": by order of arrival; logins of one account share it. */
  account: number;
}

/**
 * Returns logins with their verdicts at an instant (epoch ms), in their own order. `accounts` are the numbers of their
 * accounts, where these are also of logins listed elsewhere.
 */
export function judgeLogins(
  logins: readonly Login[],
  apps: ReadonlyMap<string, App>,
  now: number,
  accounts = numberAccounts(logins),
): JudgedLogin[] {
  return logins.map((login) => judgeLogin(login, apps, now, accounts));
}

/** Numbers the accounts (by id) of logins, from 1, by order of arrival. */
export function numberAccounts(logins: readonly Login[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const { accountId, ordinal } of logins)
    numbers.set(accountId, Math.min(ordinal + 1, numbers.get(accountId) ?? Infinity));
  return numbers;
}

/** Numbers the accounts of what files hold: where several browsers count from 1, accounts of two would share a number. */
export function numberAccountsOfFiles(logins: readonly Login[]): ReadonlyMap<string, number> {
  const numbers = numberAccounts(logins);
  if (new Set(numbers.values()).size === numbers.size) return numbers;
  return new Map([...numbers.keys()].map((accountId, i) => [accountId, i + 1]));
}

/** Judges one login at an instant (epoch ms). `accounts` are the numbers of accounts, by their ids. */
export function judgeLogin(
  login: Login,
  apps: ReadonlyMap<string, App>,
  now: number,
  accounts: ReadonlyMap<string, number>,
): JudgedLogin {
  const app = appOf({ apps }, login.clientId);
  const verdict = verdictOf(login, app, now);
  return { login, app, verdict, account: accounts.get(login.accountId) ?? login.ordinal + 1 };
}
