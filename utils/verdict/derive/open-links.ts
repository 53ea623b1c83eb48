import { firstIndexNot } from '../../model/first-index.ts';
import type { Login } from '../../model/login.ts';
import type { AccountGroups } from './accounts.ts';
import type { Journal } from './journal.ts';
import { sessionKeyOf, type Link } from './link.ts';
import { TimeList } from './time-list.ts';

/**
 * Links that calls can still complete, or cast a doubt on, by what finds them again. Lists are in order of arrival, so
 * that whoever asks for the latest need not look at all of them.
 */
export class OpenLinks {
  readonly #journal: Journal;
  readonly #groups: AccountGroups;
  readonly #byTime: TimeList<Link>;
  readonly #all: Link[] = [];
  /** By the user id that their login was told; null where it was told none. */
  readonly #ofUser = new Map<string | null, Link[]>();
  readonly #ofGroup = new Map<string, Link[]>();
  readonly #ofSession = new Map<string, Link[]>();

  constructor(journal: Journal, groups: AccountGroups) {
    this.#journal = journal;
    this.#groups = groups;
    this.#byTime = new TimeList(journal, (link) => link.maker.loggedInAt);
  }

  /** Adds the link of the latest login. */
  add(link: Link): void {
    const { maker } = link;
    this.#byTime.add(link);
    this.#journal.push(this.#all, link);
    this.#journal.pushTo(this.#ofUser, maker.userHash, link);
    this.#journal.pushTo(this.#ofGroup, this.#groups.groupOf(maker), link);
    this.#journal.pushTo(this.#ofSession, sessionKeyOf(maker), link);
  }

  /** Removes a link; returns whether it was there. */
  remove(link: Link): boolean {
    if (!this.#byTime.remove(link)) return false;
    const { maker } = link;
    this.#removeFrom(this.#all, link);
    this.#removeFrom(this.#ofUser.get(maker.userHash), link);
    this.#removeFrom(this.#ofGroup.get(this.#groups.groupOf(maker)), link);
    this.#removeFrom(this.#ofSession.get(sessionKeyOf(maker)), link);
    return true;
  }

  /** Puts the links of one group, by its name, to those of another. */
  joinGroups(kept: string, joined: string): void {
    joinLists(this.#journal, this.#ofGroup, kept, joined);
  }

  /** Those made before an instant (epoch ms). */
  before(at: number): Link[] {
    return this.#byTime.before(at);
  }

  /** Lists of the links whose login was told no other user id than a login: another one is another link. */
  listsFor(login: Login): (readonly Link[])[] {
    const { userHash } = this.#groups.identityOf(login);
    if (userHash === null) return [this.#all];
    return [this.#ofUser.get(userHash) ?? [], this.#ofUser.get(null) ?? []];
  }

  /** Lists of the links of a login's account, as far as it is known, or of its Kakao session. */
  listsNear(login: Login): (readonly Link[])[] {
    return [
      this.#ofGroup.get(this.#groups.groupOf(login)) ?? [],
      this.#ofSession.get(sessionKeyOf(login)) ?? [],
    ];
  }

  #removeFrom(list: Link[] = [], link: Link): void {
    const { ordinal } = link.maker;
    const place = firstIndexNot(list, (other) => other.maker.ordinal < ordinal);
    if (list[place] === link) this.#journal.remove(list, place);
  }
}

/** Puts the links that a map has for one key to those for another, in order of arrival. */
export function joinLists(
  journal: Journal,
  lists: Map<string, Link[]>,
  kept: string,
  joined: string,
): void {
  const more = lists.get(joined);
  if (more) journal.set(lists, kept, [...(lists.get(kept) ?? []), ...more].sort(byArrival));
}

/** Compares links by when their logins arrived. */
export function byArrival(a: Link, b: Link): number {
  return a.maker.ordinal - b.maker.ordinal;
}
