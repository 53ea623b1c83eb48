import type { Login } from '../model/login.ts';

/** What is known of whose account a group of logins is of. */
interface Identity {
  userHash: string | null;
  /** The tester's name for the account. */
  label: string | null;
}

/**
 * Groups logins of one app on one site, given in order of arrival: one group, one Kakao account, as far as is known.
 * User ids and the tester's labels decide; without them, logins of one Kakao session belong together.
 * Returns the group of every login, named after one of its logins.
 */
export function groupByAccount(logins: readonly Login[]): Map<string, string> {
  const parents = new Map<string, string>();
  /** By the login that a group is named after. */
  const identities = new Map<string, Identity>();
  const latestOfHash = new Map<string, Login>();
  const latestOfLabel = new Map<string, Login>();
  const latestOfSession = new Map<string, Login>();

  const groupOf = (id: string): string => {
    const parent = parents.get(id) ?? id;
    return parent === id ? id : groupOf(parent);
  };
  const identityOf = (login: Login): Identity => identities.get(groupOf(login.id)) ?? login;
  const join = (group: Login, login: Login) => {
    const [kept, joined] = [groupOf(group.id), groupOf(login.id)];
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
    const sameLabel = label ? latestOfLabel.get(label) : undefined;
    if (sameLabel && !differs(identityOf(sameLabel).userHash, userHash)) join(sameLabel, login);
    const sameSession = latestOfSession.get(kakaoSession);
    if (sameSession && !haveDifferentIdentities(identityOf(sameSession), identityOf(login)))
      join(sameSession, login);

    if (userHash) latestOfHash.set(userHash, login);
    if (label) latestOfLabel.set(label, login);
    latestOfSession.set(kakaoSession, login);
  }
  return new Map(logins.map((l) => [l.id, groupOf(l.id)]));
}

/** Whether both values are known and are not the same. */
function differs(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}

/** Two accounts may be logged in one after the other in one session: any known difference keeps them apart. */
function haveDifferentIdentities(a: Identity, b: Identity): boolean {
  return differs(a.userHash, b.userHash) || differs(a.label, b.label);
}

/** Whether two logins are known to be of different accounts. User ids decide; labels where one has no user id. */
export function areDifferentAccounts(a: Login, b: Login): boolean {
  if (a.userHash && b.userHash) return a.userHash !== b.userHash;
  return differs(a.label, b.label);
}
