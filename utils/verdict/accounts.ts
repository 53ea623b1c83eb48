import type { App } from '../model/app.ts';
import { linkMode } from '../model/app.ts';
import type { Login } from '../model/login.ts';
import { registeredDomain } from '../model/url.ts';
import { sitesOf } from './find-logins.ts';
import { UNKNOWN_APP } from './new-login.ts';

const HOUR = 3_600_000;
/** A Kakao session surely lasts this long: docs/kakao-rules.md#kakao-session. */
const SESSION_SURE_MS = 24 * HOUR;
/** No Kakao session lasts longer. */
const SESSION_MOST_MS = 31 * 24 * HOUR;

/**
 * How two logins stand to each other: surely of one account and app; so by a Kakao session that may have ended
 * meanwhile; perhaps; or surely not.
 */
export type Relation = 'same' | 'session' | 'maybe' | 'different';

/** What is known of whose account a group of logins is of. */
interface Identity {
  userHash: string | null;
  /** The tester's name for the account. */
  label: string | null;
}

/** Logins grouped by account: one group, surely one account. */
export interface AccountGroups {
  /** The group of a login, named after one of its logins. */
  groupOf(login: Login): string;
  identityOf(login: Login): Identity;
}

/**
 * Groups logins, given in order of arrival. User ids and the tester's labels decide; without them, logins of one Kakao
 * session belong together as long as it surely lasts.
 */
export function groupByAccount(logins: readonly Login[]): AccountGroups {
  const parents = new Map<string, string>();
  /** By the login that a group is named after. */
  const identities = new Map<string, Identity>();
  const latestOfHash = new Map<string, Login>();
  const latestOfLabel = new Map<string, Login>();
  const latestOfSession = new Map<string, Login>();

  const rootOf = (id: string): string => {
    let root = id;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root))
      root = parent;
    if (root !== id) parents.set(id, root);
    return root;
  };
  const identityOf = (login: Login): Identity => identities.get(rootOf(login.id)) ?? login;
  const join = (group: Login, login: Login) => {
    const [kept, joined] = [rootOf(group.id), rootOf(login.id)];
    if (kept === joined) return;
    const [identity, other] = [identityOf(group), identityOf(login)];
    parents.set(joined, kept);
    identities.set(kept, {
      userHash: identity.userHash ?? other.userHash,
      label: identity.label ?? other.label,
    });
  };

  for (const login of logins) {
    const { userHash, label, kakaoSession } = login;
    identities.set(login.id, { userHash, label });
    const sameHash = userHash ? latestOfHash.get(userHash) : undefined;
    if (sameHash) join(sameHash, login);
    // User ids differ from app to app, so sessions and labels join the logins of one key only.
    const labelKey = `${label} ${login.clientId}`;
    const sessionKey = `${kakaoSession} ${login.clientId}`;
    const sameLabel = label ? latestOfLabel.get(labelKey) : undefined;
    if (sameLabel && !differs(identityOf(sameLabel).userHash, userHash)) join(sameLabel, login);
    const sameSession = latestOfSession.get(sessionKey);
    if (
      sameSession &&
      Math.abs(login.loggedInAt - sameSession.loggedInAt) <= SESSION_SURE_MS &&
      !haveDifferentIdentities(identityOf(sameSession), identityOf(login))
    )
      join(sameSession, login);

    if (userHash) latestOfHash.set(userHash, login);
    if (label) latestOfLabel.set(labelKey, login);
    latestOfSession.set(sessionKey, login);
  }
  return { groupOf: (login) => rootOf(login.id), identityOf };
}

/** Whether both values are known and are not the same. */
function differs(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}

/** Two accounts may be logged in one after the other in one session: any known difference keeps them apart. */
function haveDifferentIdentities(a: Identity, b: Identity): boolean {
  return differs(a.userHash, b.userHash) || differs(a.label, b.label);
}

/** Says how a login stands to an earlier one. `appOf` gives what is known of a login's app. */
export function relate(
  earlier: Login,
  login: Login,
  groups: AccountGroups,
  appOf: (login: Login) => App,
): Relation {
  const [a, b] = [groups.identityOf(earlier), groups.identityOf(login)];
  // User ids are per app and, where they are not fixed, per link: another id is another link.
  if (haveDifferentIdentities(a, b)) return 'different';
  const app = relateApps(
    earlier,
    login,
    earlier.userHash !== null && earlier.userHash === login.userHash,
    appOf,
  );
  if (app === 'different') return app;
  const isSameGroup = groups.groupOf(earlier) === groups.groupOf(login);
  if (app === 'maybe') return 'maybe';
  if (isSameGroup) return 'same';
  const isSameSession =
    earlier.kakaoSession === login.kakaoSession &&
    Math.abs(login.loggedInAt - earlier.loggedInAt) <= SESSION_MOST_MS;
  return isSameSession ? 'session' : 'maybe';
}

/** Whether two logins are of one app: of one key, or of two keys that name the same user by the same id. */
function relateApps(
  a: Login,
  b: Login,
  isSameUser: boolean,
  appOf: (login: Login) => App,
): 'same' | 'maybe' | 'different' {
  if ((a.clientId === b.clientId && a.clientId !== UNKNOWN_APP) || isSameUser) return 'same';
  const modes = [linkMode(appOf(a)), linkMode(appOf(b))];
  if (modes.includes('auto') && modes.includes('manual')) return 'different';
  const domains = sitesOf(a).map(registeredDomain);
  return sitesOf(b).some((site) => domains.includes(registeredDomain(site)))
    ? 'maybe'
    : 'different';
}
