import type { Login } from '../model/login.ts';
import type { LoginState } from './login-state.ts';

/** The logins that satisfy a condition, in order of arrival. Every search over all logins goes through here. */
export function findLogins(loginState: LoginState, matches: (login: Login) => boolean): Login[] {
  return [...loginState.logins.values()].filter(matches);
}

/** The logins of one app, on every site, in order of arrival. */
export function loginsOfApp(loginState: LoginState, clientId: string): Login[] {
  return findLogins(loginState, (l) => l.clientId === clientId);
}

/** The logins of one app on one site, in order of arrival. */
export function loginsOfAppOnSite(
  loginState: LoginState,
  clientId: string,
  site: string | null,
): Login[] {
  return findLogins(loginState, (l) => l.clientId === clientId && l.site === site);
}
