import type { Login } from '../model/login.ts';

/**
 * Puts logins of one app and site, in order of arrival, into groups: one group, one Kakao account, as far as is known.
 * A tester's label and a user id's hash decide; without them, logins of one Kakao session belong together.
 * Returns the group of every login, named after its first login.
 */
export function groupByAccount(logins: readonly Login[]): Map<string, string> {
  const parent = new Map<string, string>();
  const root = (id: string): string => {
    const up = parent.get(id) ?? id;
    return up === id ? id : root(up);
  };
  const byLabel = new Map<string, string>();
  const byHash = new Map<string, string>();
  const bySession = new Map<string, Login>();
  /** Known identity per root, to keep two known accounts of one session apart. */
  const hashOf = new Map<string, string>();
  const labelOf = new Map<string, string>();
  const differ = (known: Map<string, string>, a: string, value: string | null) =>
    value !== null && known.has(a) && known.get(a) !== value;
  const join = (a: string, b: string) => {
    const [to, from] = [root(a), root(b)];
    if (to === from) return;
    parent.set(from, to);
    for (const known of [hashOf, labelOf]) {
      const value = known.get(from);
      if (value !== undefined && !known.has(to)) known.set(to, value);
    }
  };

  for (const l of logins) {
    parent.set(l.id, l.id);
    if (l.userHash) hashOf.set(l.id, l.userHash);
    if (l.label) labelOf.set(l.id, l.label);
    const sameHash = l.userHash ? byHash.get(l.userHash) : undefined;
    if (sameHash) join(sameHash, l.id);
    const sameLabel = l.label ? byLabel.get(l.label) : undefined;
    if (sameLabel && !differ(hashOf, root(sameLabel), l.userHash)) join(sameLabel, l.id);
    const sameSession = bySession.get(l.kakaoSession);
    if (sameSession) {
      const other = root(sameSession.id);
      const mine = root(l.id);
      const apart =
        differ(hashOf, other, hashOf.get(mine) ?? null) ||
        differ(labelOf, other, labelOf.get(mine) ?? null);
      if (!apart) join(other, l.id);
    }
    bySession.set(l.kakaoSession, l);
    if (l.userHash) byHash.set(l.userHash, l.id);
    if (l.label) byLabel.set(l.label, l.id);
  }
  return new Map(logins.map((l) => [l.id, root(l.id)]));
}

/** Whether two logins are known to be of different accounts: both have a user id (or both a label) and they differ. */
export function areDifferentAccounts(a: Login, b: Login): boolean {
  if (a.userHash && b.userHash) return a.userHash !== b.userHash;
  return !!a.label && !!b.label && a.label !== b.label;
}
