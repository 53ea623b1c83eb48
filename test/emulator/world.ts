import type { CutReason, LinkTruth } from './contract.ts';
import { LISTED_CALLS, SIGNUP_CALL, WINDOW_MS } from './listed-calls.ts';

/** A living link: the truth that tests read, plus what the account agreed to. */
export interface Link extends LinkTruth {
  /** Manual link only: false until signup answered 200. */
  registered: boolean;
  scopes: Set<string>;
  terms: Set<string>;
}

export interface LinkPolicy {
  clientId: string;
  linkMode: 'auto' | 'manual';
  fixedUserId: boolean;
}

export interface World {
  /** Every link there ever was, oldest first. */
  readonly links: readonly Link[];
  /** The link that stands between app and account, if any. */
  standing(clientId: string, account: string): Link | undefined;
  /** The standing link a user id of an app belongs to. */
  byUserId(clientId: string, userId: number): Link | undefined;
  /** A login was finished at `at`: the standing link, or a new one. Adds scopes and terms. */
  login(app: LinkPolicy, account: string, agreed: Agreed, at: number): Link;
  /** A call answered `status`; decides whether it completes the sign-up. */
  called(app: LinkPolicy, link: Link, call: Call, at: number): void;
  unlink(link: Link, because: CutReason, at: number): void;
  /** Links whose window passed before `at` without completion. */
  overdue(at: number): Link[];
}

interface Agreed {
  scopes: Iterable<string>;
  terms: Iterable<string>;
}

interface Call {
  method: string;
  path: string;
  status: number;
}

/** An empty world. Pure bookkeeping: instants come in as epoch ms, nothing else is read. */
export function createWorld(): World {
  const links: Link[] = [];
  const fixedIds = new Map<string, number>();
  let nextUserId = 4_000_000_001;

  const standing = (clientId: string, account: string): Link | undefined =>
    links.findLast((l) => l.clientId === clientId && l.account === account && !l.unlinkedAt);

  function userIdOf(app: LinkPolicy, account: string): number {
    const key = `${app.clientId} ${account}`;
    const known = fixedIds.get(key);
    if (known !== undefined && app.fixedUserId) return known;
    const fresh = nextUserId++;
    fixedIds.set(key, fresh);
    return fresh;
  }

  function open(app: LinkPolicy, account: string, at: number): Link {
    const link: Link = {
      clientId: app.clientId,
      account,
      userId: userIdOf(app, account),
      state: 'incomplete',
      linkedAt: at,
      completedAt: null,
      completedBy: null,
      lateAt: null,
      unlinkedAt: null,
      because: null,
      registered: app.linkMode === 'auto',
      scopes: new Set(),
      terms: new Set(),
    };
    links.push(link);
    return link;
  }

  return {
    links,
    standing,
    byUserId: (clientId, userId) =>
      links.findLast((l) => l.clientId === clientId && l.userId === userId && !l.unlinkedAt),
    login(app, account, agreed, at) {
      const link = standing(app.clientId, account) ?? open(app, account, at);
      for (const scope of agreed.scopes) link.scopes.add(scope);
      for (const term of agreed.terms) link.terms.add(term);
      return link;
    },
    called(app, link, call, at) {
      if (call.status !== 200 || link.state !== 'incomplete') return;
      if (call.path === SIGNUP_CALL) link.registered = true;
      const counts =
        app.linkMode === 'manual' ? call.path === SIGNUP_CALL : LISTED_CALLS.has(call.path);
      if (!counts) return;
      if (at > link.linkedAt + WINDOW_MS) {
        link.lateAt ??= at;
        return;
      }
      link.state = 'complete';
      link.completedAt = at;
      link.completedBy = { method: call.method, path: call.path };
    },
    unlink(link, because, at) {
      link.state = 'unlinked';
      link.unlinkedAt = at;
      link.because = because;
    },
    overdue: (at) => links.filter((l) => l.state === 'incomplete' && at > l.linkedAt + WINDOW_MS),
  };
}

/** The part of a link that tests compare with, as a copy. */
export function truthOf(link: Link): LinkTruth {
  const { registered: _r, scopes: _s, terms: _t, ...truth } = link;
  return { ...truth, completedBy: truth.completedBy && { ...truth.completedBy } };
}
