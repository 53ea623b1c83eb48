import { originOf, registeredDomain } from '../model/url.ts';
import type { Login } from '../model/login.ts';
import type { LoginState } from './login-state.ts';

/** Logins by what observations name, each list in order of arrival. Derived from the logins alone. */
interface LoginIndex {
  /** How many logins of the state are in it. */
  size: number;
  bySite: Map<string, Login[]>;
  byTab: Map<string, Login[]>;
  byApp: Map<string, Login[]>;
  byAccount: Map<string, Login[]>;
  /** The apps of which a site, or a registered domain, has logins. */
  appsOfSite: Map<string, Set<string>>;
  appsOfDomain: Map<string, Set<string>>;
}

const indexes = new WeakMap<ReadonlyMap<string, Login>, LoginIndex>();
const NONE: readonly Login[] = [];

/** The index of a state's logins, brought up to date. */
function indexOf({ logins }: LoginState): LoginIndex {
  const known = indexes.get(logins);
  if (known && known.size === logins.size) return known;
  if (known && known.size === logins.size - 1) {
    const latest = [...logins.values()].at(-1);
    if (latest) addToIndex(known, latest);
    return known;
  }
  const index: LoginIndex = {
    size: 0,
    bySite: new Map(),
    byTab: new Map(),
    byApp: new Map(),
    byAccount: new Map(),
    appsOfSite: new Map(),
    appsOfDomain: new Map(),
  };
  for (const login of logins.values()) addToIndex(index, login);
  indexes.set(logins, index);
  return index;
}

/** The sites (origins) a login is of. */
export function sitesOf({ site, redirectUri }: Login): string[] {
  const sites = [site, originOf(redirectUri)].filter((s) => s !== null);
  return [...new Set(sites)];
}

function addToIndex(index: LoginIndex, login: Login): void {
  index.size += 1;
  const add = (map: Map<string, Login[]>, key: string | null) => {
    if (key === null) return;
    const list = map.get(key);
    if (list) list.push(login);
    else map.set(key, [login]);
  };
  for (const site of sitesOf(login)) {
    add(index.bySite, site);
    const apps = index.appsOfSite.get(site) ?? new Set();
    index.appsOfSite.set(site, apps.add(login.clientId));
    const domain = registeredDomain(site);
    const appsOfDomain = index.appsOfDomain.get(domain) ?? new Set();
    index.appsOfDomain.set(domain, appsOfDomain.add(login.clientId));
  }
  add(index.byTab, login.tab);
  if (login.opener !== login.tab) add(index.byTab, login.opener);
  add(index.byApp, login.clientId);
  add(index.byAccount, login.userHash);
}

/** Forgets the index of a state's logins, after a login has changed its app. */
export function forgetIndex({ logins }: LoginState): void {
  indexes.delete(logins);
}

/** Notes that the account of a login is known from now on. */
export function indexAccount(loginState: LoginState, login: Login): void {
  const { byAccount } = indexOf(loginState);
  if (login.userHash === null) return;
  const list = byAccount.get(login.userHash) ?? [];
  if (!list.includes(login)) list.push(login);
  byAccount.set(
    login.userHash,
    list.sort((a, b) => a.ordinal - b.ordinal),
  );
}

/** The logins that satisfy a condition, in order of arrival: the one search that walks all of them. */
export function findLogins(loginState: LoginState, matches: (login: Login) => boolean): Login[] {
  return [...loginState.logins.values()].filter(matches);
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

/** The logins of one account, in order of arrival. */
export function loginsOfAccount(loginState: LoginState, userHash: string): readonly Login[] {
  return indexOf(loginState).byAccount.get(userHash) ?? NONE;
}

/** The logins of all apps that a site has logins of, in order of arrival; of every app where the site is not known. */
export function loginsOfAppsOn(loginState: LoginState, site: string | null): Login[] {
  if (site === null) return findLogins(loginState, () => true);
  const apps = indexOf(loginState).appsOfSite.get(site) ?? new Set<string>();
  return [...apps]
    .flatMap((clientId) => [...loginsOfApp(loginState, clientId)])
    .sort((a, b) => a.ordinal - b.ordinal);
}

/**
 * The `client_id`s that may be keys of one app together with a given one: they share a domain or an
 * account, directly or through others.
 */
export function appsThatMayBeOne(loginState: LoginState, clientId: string): Set<string> {
  const { byApp, appsOfDomain, byAccount } = indexOf(loginState);
  const found = new Set([clientId]);
  for (const key of found) {
    const sites = new Set<string>();
    const accounts = new Set<string>();
    for (const login of byApp.get(key) ?? NONE) {
      for (const site of sitesOf(login)) sites.add(registeredDomain(site));
      if (login.userHash) accounts.add(login.userHash);
    }
    for (const site of sites) for (const other of appsOfDomain.get(site) ?? []) found.add(other);
    for (const account of accounts)
      for (const other of byAccount.get(account) ?? NONE) found.add(other.clientId);
  }
  return found;
}
