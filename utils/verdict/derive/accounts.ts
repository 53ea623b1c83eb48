import type { App } from '../../model/app.ts';
import { linkMode, UNKNOWN_APP } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import { DAY_MS } from '../../model/time.ts';
import type { Journal } from './journal.ts';

/** A Kakao session surely lasts this long: docs/kakao-rules.md#kakao-session. */
const SESSION_SURE_MS = DAY_MS;
/** No Kakao session lasts longer. */
const SESSION_MOST_MS = 31 * DAY_MS;

/**
 * How two logins stand to each other: surely of one account and app; so by a Kakao session that may have ended
 * meanwhile; perhaps; or surely not.
 */
export type Relation = 'same' | 'session' | 'maybe' | 'different';

/** What is known of whose account a group of logins is of. */
interface Identity {
  userHash: string | null;
  /** Ordinal of the login that told the user id. */
  toldBy: number;
  /** The tester's name for the account. */
  label: string | null;
}

/**
 * Groups logins, given one by one in order of arrival: one group, surely one account. User ids and the tester's labels
 * decide; without them, logins of one Kakao session belong together as long as it surely lasts.
 */
export class AccountGroups {
  readonly #journal: Journal;
  readonly #joined: (kept: string, joined: string) => void;
  readonly #parents = new Map<string, string>();
  /** By the login that a group is named after. */
  readonly #identities = new Map<string, Identity>();
  readonly #latestOfHash = new Map<string, Login>();
  readonly #latestOfLabel = new Map<string, Login>();
  readonly #latestOfSession = new Map<string, Login>();

  /** `joined` is told when one group, by its name, was added to another. */
  constructor(journal: Journal, joined: (kept: string, joined: string) => void) {
    this.#journal = journal;
    this.#joined = joined;
  }

  /** The group of a login, named after one of its logins. */
  groupOf({ id }: Login): string {
    return this.#rootOf(id);
  }

  /** What is known of whose account the group of a login is of. */
  identityOf(login: Login): Identity {
    return this.#identities.get(this.#rootOf(login.id)) ?? ownIdentity(login);
  }

  /** Adds the next login. `maker` is the earlier one that made its account's link, where that is known. */
  add(login: Login, maker?: Login): void {
    const { userHash, label, kakaoSession } = login;
    this.#journal.set(this.#identities, login.id, ownIdentity(login));
    const sameHash = userHash ? this.#latestOfHash.get(userHash) : undefined;
    if (sameHash) this.#join(sameHash, login);
    if (maker && !haveDifferentIdentities(this.identityOf(maker), this.identityOf(login)))
      this.#join(maker, login);
    // User ids differ from app to app, so sessions and labels join the logins of one key only.
    const labelKey = `${label} ${login.clientId}`;
    const sessionKey = `${kakaoSession} ${login.clientId}`;
    const sameLabel = label ? this.#latestOfLabel.get(labelKey) : undefined;
    if (sameLabel && !differs(this.identityOf(sameLabel).userHash, userHash))
      this.#join(sameLabel, login);
    const sameSession = this.#latestOfSession.get(sessionKey);
    if (
      sameSession &&
      Math.abs(login.loggedInAt - sameSession.loggedInAt) <= SESSION_SURE_MS &&
      !haveDifferentIdentities(this.identityOf(sameSession), this.identityOf(login)) &&
      !(sameHash && this.#mayBeAnother(sameSession, sameHash))
    )
      this.#join(sameSession, login);

    if (userHash) this.#journal.set(this.#latestOfHash, userHash, login);
    if (label) this.#journal.set(this.#latestOfLabel, labelKey, login);
    this.#journal.set(this.#latestOfSession, sessionKey, login);
  }

  /**
   * Whether a login may be of another account than an earlier one of the same session: it was asked for consent, which the
   * earlier one's account, being linked, was not, and nothing named its user. Somebody may have switched accounts unseen.
   */
  #mayBeAnother(login: Login, earlier: Login): boolean {
    return (
      login.consent === 'shown' &&
      login.ordinal > earlier.ordinal &&
      this.identityOf(login).userHash === null &&
      this.#rootOf(login.id) !== this.#rootOf(earlier.id)
    );
  }

  #rootOf(id: string): string {
    let root = id;
    for (let up = this.#parents.get(root); up !== undefined; up = this.#parents.get(root))
      root = up;
    return root;
  }

  #join(group: Login, login: Login): void {
    const [kept, joined] = [this.#rootOf(group.id), this.#rootOf(login.id)];
    if (kept === joined) return;
    const [identity, other] = [this.identityOf(group), this.identityOf(login)];
    this.#journal.set(this.#parents, joined, kept);
    this.#journal.set(this.#identities, kept, {
      ...(identity.userHash === null ? other : identity),
      label: identity.label ?? other.label,
    });
    this.#joined(kept, joined);
  }
}

function ownIdentity({ userHash, ordinal, label }: Login): Identity {
  return { userHash, toldBy: ordinal, label };
}

/**
 * What is known of the account of a login that may have made a link (`isMaker`). Where the app's user ids are not fixed, an id
 * that only an earlier login was told may belong to an earlier link, so it does not count: docs/kakao-rules.md#user-id.
 */
function identityOf(login: Login, isMaker: boolean, groups: AccountGroups, app: App): Identity {
  const identity = groups.identityOf(login);
  const isOwn =
    !isMaker ||
    login.userHash !== null ||
    identity.toldBy >= login.ordinal ||
    app.fixedUserId === 'on';
  return isOwn ? identity : { ...identity, userHash: null };
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
  const a = identityOf(earlier, earlier.kind !== 'repeat', groups, appOf(earlier));
  const b = identityOf(login, login.consent === 'shown', groups, appOf(login));
  // User ids are per app and, where they are not fixed, per link: another id is another link.
  if (haveDifferentIdentities(a, b)) return 'different';
  const isSameGroup = groups.groupOf(earlier) === groups.groupOf(login);
  const app = relateApps(earlier, login, isSameGroup, appOf);
  if (app !== 'same') return app;
  if (isSameGroup) return 'same';
  const isSameSession =
    earlier.kakaoSession === login.kakaoSession &&
    Math.abs(login.loggedInAt - earlier.loggedInAt) <= SESSION_MOST_MS;
  return isSameSession ? 'session' : 'maybe';
}

/** Whether two logins are of one app: of one key, or of one user, since user ids and links differ from app to app. */
function relateApps(
  a: Login,
  b: Login,
  isSameUser: boolean,
  appOf: (login: Login) => App,
): 'same' | 'maybe' | 'different' {
  if ((a.clientId === b.clientId && a.clientId !== UNKNOWN_APP) || isSameUser) return 'same';
  const modes = [linkMode(appOf(a)), linkMode(appOf(b))];
  if (modes.includes('auto') && modes.includes('manual')) return 'different';
  return 'maybe';
}
