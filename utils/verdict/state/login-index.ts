import { CUT_BY_MS } from '../../kakao/policy.ts';
import { appOf, linkMode } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import { originOf } from '../../model/url.ts';
import type { LoginState } from './login-state.ts';

/** Logins by what observations name, each list in order of arrival. Derived from the logins alone. */
interface LoginIndex {
  all: Login[];
  bySite: Map<string, Login[]>;
  byTab: Map<string, Login[]>;
  byApp: Map<string, Login[]>;
  byAccount: Map<string, Login[]>;
  appsOfSite: Map<string, Set<string>>;
}

const indexes = new WeakMap<ReadonlyMap<string, Login>, LoginIndex>();
const NONE: readonly Login[] = [];
/** How many logins of an app are looked at for what is of no known login. */
const MAX_OF_APP = 20;

/** The index of a state's logins. A state that was loaded is indexed when it is first asked for. */
function indexOf({ logins }: LoginState): LoginIndex {
  const known = indexes.get(logins);
  if (known?.all.length === logins.size) return known;
  const index: LoginIndex = {
    all: [],
    bySite: new Map(),
    byTab: new Map(),
    byApp: new Map(),
    byAccount: new Map(),
    appsOfSite: new Map(),
  };
  for (const login of logins.values()) addToIndex(index, login);
  indexes.set(logins, index);
  return index;
}

/** Adds a new login to a state and to its index. */
export function addLogin(loginState: LoginState, login: Login): void {
  const index = indexOf(loginState);
  loginState.logins.set(login.id, login);
  addToIndex(index, login);
}

/** The sites (origins) a login is of. */
function sitesOf({ site, redirectUri }: Login): string[] {
  if (site !== null && redirectUri?.startsWith(`${site}/`)) return [site];
  const sites = [site, originOf(redirectUri)].filter((s) => s !== null);
  return [...new Set(sites)];
}

function addToIndex(index: LoginIndex, login: Login): void {
  const { clientId } = login;
  index.all.push(login);
  const add = (map: Map<string, Login[]>, key: string | null) => {
    if (key === null) return;
    const list = map.get(key);
    if (list) list.push(login);
    else map.set(key, [login]);
  };
  for (const site of sitesOf(login)) {
    add(index.bySite, site);
    const apps = index.appsOfSite.get(site) ?? new Set();
    index.appsOfSite.set(site, apps.add(clientId));
  }
  add(index.byTab, login.tab);
  if (login.opener !== login.tab) add(index.byTab, login.opener);
  add(index.byApp, clientId);
  if (login.userHash !== null) addByAccount(index, login, login.userHash);
}

function addByAccount(index: LoginIndex, login: Login, account: string): void {
  const list = index.byAccount.get(account) ?? [];
  index.byAccount.set(account, list);
  const place = list.findLastIndex((l) => l.ordinal <= login.ordinal);
  if (place < 0 || list[place] !== login) list.splice(place + 1, 0, login);
}

/** An object that is another one as soon as the index was made anew: what was derived before does not hold then. */
export function indexVersion(loginState: LoginState): object {
  return indexOf(loginState);
}

/** Forgets the index of a state's logins, after a login has changed in what it is found by: app, opener or account. */
export function forgetIndex({ logins }: LoginState): void {
  indexes.delete(logins);
}

/** Notes that the account of a login is known from now on. */
export function indexAccount(loginState: LoginState, login: Login): void {
  if (login.userHash !== null) addByAccount(indexOf(loginState), login, login.userHash);
}

/** The logins that satisfy a condition, in order of arrival: the one search that walks all of them. */
export function findLogins(loginState: LoginState, matches: (login: Login) => boolean): Login[] {
  return [...loginState.logins.values()].filter(matches);
}

/** The logins after an ordinal, in order of arrival. */
export function loginsAfter(loginState: LoginState, ordinal: number): readonly Login[] {
  const { all } = indexOf(loginState);
  return all.slice(all.findLastIndex((l) => l.ordinal <= ordinal) + 1);
}

/** The logins of a site, in order of arrival. */
export function loginsOfSite(loginState: LoginState, site: string): readonly Login[] {
  return indexOf(loginState).bySite.get(site) ?? NONE;
}

/** The logins made in a tab or in a popup of it, in order of arrival. */
export function loginsOfTab(loginState: LoginState, tab: string): readonly Login[] {
  return indexOf(loginState).byTab.get(tab) ?? NONE;
}

/** The logins of one app, on every site, in order of arrival. */
export function loginsOfApp(loginState: LoginState, clientId: string): readonly Login[] {
  return indexOf(loginState).byApp.get(clientId) ?? NONE;
}

/**
 * The latest logins of a popup's app in the 48 h around an instant (epoch ms), whose link it may have found, latest first:
 * those by other keys too, as far as their link mode does not tell that they are of another app.
 */
export function loginsNearPopup(
  loginState: LoginState,
  { clientId }: { clientId: string | null },
  at: number,
): Login[] {
  if (clientId === null) return [];
  const modeOf = (key: string) => linkMode(appOf(loginState, key));
  const otherMode = { auto: 'manual', manual: 'auto', unknown: null }[modeOf(clientId)];
  return latestLoginsOfAppsOn(loginState, null, MAX_OF_APP)
    .filter((l) => Math.abs(at - l.loggedInAt) <= CUT_BY_MS && modeOf(l.clientId) !== otherMode)
    .reverse();
}

/** The latest logins of every app in the 48 h before an instant (epoch ms), whose links may be there still. */
export function recentLogins(loginState: LoginState, at: number): Login[] {
  return latestLoginsOfAppsOn(loginState, null, MAX_OF_APP).filter(
    ({ loggedInAt }) => at >= loggedInAt && at - loggedInAt <= CUT_BY_MS,
  );
}

/** The logins of one account, in order of arrival. */
export function loginsOfAccount(loginState: LoginState, userHash: string): readonly Login[] {
  return indexOf(loginState).byAccount.get(userHash) ?? NONE;
}

/**
 * The latest logins of each app that a site has logins of, in order of arrival; of every app where the site is not known.
 * At most `most` of an app.
 */
export function latestLoginsOfAppsOn(
  loginState: LoginState,
  site: string | null,
  most: number,
): Login[] {
  const { byApp, appsOfSite } = indexOf(loginState);
  const apps = site === null ? byApp.keys() : (appsOfSite.get(site) ?? []);
  return [...apps]
    .flatMap((clientId) => loginsOfApp(loginState, clientId).slice(-most))
    .sort((a, b) => a.ordinal - b.ordinal);
}
