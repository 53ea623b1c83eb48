import { CUT_BY_MS, WINDOW_MS } from '../../kakao/policy.ts';
import { linkMode } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import type { AccountGroups } from './accounts.ts';
import { FoundLinks, type FoundLink } from './found-links.ts';
import type { Journal } from './journal.ts';
import { isCut, sessionKeyOf, type Link } from './link.ts';
import { byArrival, joinLists, OpenLinks } from './open-links.ts';

/** How many closed links are kept that stand for all that are like them, and how many of an account are looked at. */
const MAX_ALIKE = 4;

/** Links by what finds them again: by who logged in, and whether calls can still say something of them. */
export class LinkIndex {
  readonly #journal: Journal;
  readonly #groups: AccountGroups;
  readonly #open: OpenLinks;
  /** Those that were added or changed since links were last closed. */
  readonly #changed: { links: Link[] } = { links: [] };
  /** The latest of those not open, alike in key and in what is known of the account. */
  readonly #closed = new Map<string, readonly Link[]>();
  readonly #byGroup = new Map<string, Link[]>();
  readonly #bySession = new Map<string, Link[]>();

  constructor(journal: Journal, groups: AccountGroups) {
    this.#journal = journal;
    this.#groups = groups;
    this.#open = new OpenLinks(journal, groups);
  }

  /** Adds the link of the latest login. */
  add(link: Link): void {
    const { maker } = link;
    this.#open.add(link);
    this.#journal.pushTo(this.#byGroup, this.#groups.groupOf(maker), link);
    this.#journal.pushTo(this.#bySession, sessionKeyOf(maker), link);
    this.noteChange(link);
  }

  /** Notes that something else is known of a link now. */
  noteChange(link: Link): void {
    this.#journal.push(this.#changed.links, link);
  }

  /** Puts the links of one group, by its name, to those of another. */
  joinGroups(kept: string, joined: string): void {
    joinLists(this.#journal, this.#byGroup, kept, joined);
    this.#open.joinGroups(kept, joined);
  }

  /**
   * The links that a login may be of, and some that it is not: `find` says which are and how. Of links that no call can
   * change any more, those that stand for all others like them.
   */
  candidatesOf(login: Login, find: (link: Link) => FoundLink | null): FoundLinks {
    const closed = new Set([
      ...[...this.#closed.values()].flat(),
      ...latestUncut(this.#bySession.get(sessionKeyOf(login)), login),
      ...latestUncut(this.ofAccount(login), login),
    ]);
    const others = [...closed].sort(byArrival);
    return new FoundLinks(
      [...this.#open.listsFor(login), others],
      [...this.#open.listsNear(login), others],
      find,
    );
  }

  /** The links of a login's account, as far as it is known, in order of arrival. */
  ofAccount(login: Login): readonly Link[] {
    return this.#byGroup.get(this.#groups.groupOf(login)) ?? [];
  }

  /** The latest links of a login's account that are not surely cut. */
  latestOfAccount(login: Login): Link[] {
    return latestUncut(this.ofAccount(login), login);
  }

  /**
   * Closes the links that no call can change any more: older ones, those that were seen to be completed, and those made more
   * than 48 h before an instant (epoch ms) that all later calls come after.
   */
  close(since: number): void {
    const due = this.#open.before(since - CUT_BY_MS);
    const known = this.#changed.links.filter((link) => link.isOlder || wasSeenCompleted(link));
    this.#journal.assign(this.#changed, { links: [] });
    this.closeAll([...new Set([...due, ...known])].sort(byArrival));
  }

  /** Closes links, which are given in order of arrival. */
  closeAll(links: readonly Link[]): void {
    for (const link of links) if (this.#open.remove(link)) this.#keepClosed(link);
  }

  #keepClosed(link: Link): void {
    const { userHash, label } = this.#groups.identityOf(link.maker);
    const key = `${link.maker.clientId} ${userHash !== null} ${label !== null}`;
    const alike = [...(this.#closed.get(key) ?? []), link].slice(-MAX_ALIKE);
    this.#journal.set(this.#closed, key, alike);
  }
}

function latestUncut(links: readonly Link[] = [], login: Login): Link[] {
  const found: Link[] = [];
  for (let i = links.length - 1; i >= 0 && found.length < MAX_ALIKE; i -= 1) {
    const link = links[i];
    if (link && !isCut(link, login.loggedInAt)) found.push(link);
  }
  return found;
}

/** Whether a link was completed by what was seen, so that further calls say nothing new under the mode that is known. */
function wasSeenCompleted(link: Link): boolean {
  if (link.completed) return true;
  const listed = link.maker.creditedListedCall;
  return (
    linkMode(link.app) !== 'manual' &&
    listed?.doubt === null &&
    listed.at - link.maker.loggedInAt <= WINDOW_MS
  );
}
