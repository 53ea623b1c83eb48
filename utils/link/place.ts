import { originOf } from './flow.ts';
import type { Ledger } from './ledger.ts';
import type { Completion, Login } from './login.ts';
import type { Observation } from './observation.ts';

/** The site a request was made for; SDK v1's kapi frame works for the site that opened it. */
export function siteOf(ledger: Ledger, o: Observation): string | null {
  if (o.site) return o.site;
  return o.tab ? (ledger.track.frames[o.tab]?.site ?? null) : null;
}

/**
 * Finds the login a request belongs to: the latest one before it of the same site (or whose redirect URI is there)
 * and cookie store, preferring the same tab. A login known to be another account's is passed over: a user id that is known of both
 * overrides. Null where there is none.
 */
export function placeOf(
  ledger: Ledger,
  o: Observation,
  account: string | null,
): { login: Login; doubt: Completion['doubt'] } | null {
  const site = siteOf(ledger, o);
  const inStore = [...ledger.logins.values()]
    .filter((l) => l.cookieStore === o.cookieStore)
    .reverse();
  const ofSite = inStore.filter((l) => site === null || l.site === site);
  // A site's back end, and with it the redirect URI, may have an origin of its own.
  const near = ofSite.length ? ofSite : inStore.filter((l) => originOf(l.redirectUri) === site);
  const inTab = (l: Login) => o.tab !== null && (l.tab === o.tab || l.opener === o.tab);
  const inOpener = (l: Login) => o.opener !== null && l.tab === o.opener;
  const possible = near.filter((l) => site !== null || inTab(l) || inOpener(l));
  const fits = possible.filter((l) => !account || !l.userHash || l.userHash === account);
  const login =
    fits.find(inTab) ||
    fits.find(inOpener) ||
    (account && fits.find((l) => l.userHash === account)) ||
    fits[0];
  if (!login) return null;

  const known = account !== null && login.userHash === account;
  const rivals = possible.filter((l) => l !== login && l.sessionKey !== login.sessionKey);
  // Another account logged in elsewhere on the site since, or the call's own tab never logged in.
  const otherTab = rivals.some(
    (l) => l.tab !== login.tab && !inTab(l) && (!inTab(login) || l.ordinal > login.ordinal),
  );
  const doubt = known
    ? null
    : otherTab
      ? 'other-tab'
      : o.at < login.loggedInAt
        ? o.source === 'server'
          ? 'reported-before'
          : 'clock-moved'
        : null;
  return { login, doubt };
}
