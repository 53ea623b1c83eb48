import { CUT_BY_MS, WINDOW_MS } from '../kakao/policy.ts';
import { linkMode } from '../model/app.ts';
import type { Login } from '../model/login.ts';
import type { AccountGroups } from './accounts.ts';
import type { Journal } from './journal.ts';
import { isCut, type Link } from './link.ts';
import { TimeList } from './time-list.ts';

/** How many closed links are kept that stand for all that are like them, and how many of an account are looked at. */
const MAX_ALIKE = 4;

/** Links by what finds them again: by who logged in, and whether calls can still say something of them. */
export class LinkIndex {
  readonly #journal: Journal;
  readonly #groups: AccountGroups;
  /** Links that calls can still complete, or cast a doubt on, by when they were made. */
  readonly #open: TimeList<Link>;
  /** The same by the user id that their login was told; null where it was told none. */
  readonly #openOfUser = new Map<string | null, Link[]>();
  /** Those that were added or changed since links were last closed. */
  readonly #changed: { links: Link[] } = { links: [] };
  /** The latest of the others, alike in key and in what is known of the account. */
  readonly #closed = new Map<string, readonly Link[]>();
  readonly #byGroup = new Map<string, Link[]>();
  readonly #bySession = new Map<string, Link[]>();

  constructor(journal: Journal, groups: AccountGroups) {
    this.#journal = journal;
    this.#groups = groups;
    this.#open = new TimeList(journal, (link) => link.maker.loggedInAt);
  }

  add(link: Link): void {
    const { maker } = link;
    this.#open.add(link);
    this.#journal.pushTo(this.#openOfUser, maker.userHash, link);
    this.#journal.pushTo(this.#byGroup, this.#groups.groupOf(maker), link);
    this.#journal.pushTo(this.#bySession, sessionOf(maker), link);
    this.noteChange(link);
  }

  /** Notes that something else is known of a link now. */
  noteChange(link: Link): void {
    this.#journal.push(this.#changed.links, link);
  }

  /** Puts the links of one group, by its name, to those of another. */
  joinGroups(kept: string, joined: string): void {
    const more = this.#byGroup.get(joined);
    if (!more) return;
    const links = [...(this.#byGroup.get(kept) ?? []), ...more];
    this.#journal.set(this.#byGroup, kept, links.sort(byArrival));
  }

  /**
   * The links that a login may be of, in order of arrival, and some that it is not. Of links that no call can change any
   * more, those that stand for all others like them.
   */
  candidatesOf(login: Login): Link[] {
    const candidates = new Set([
      ...this.#openFor(login),
      ...[...this.#closed.values()].flat(),
      ...latestUncut(this.#bySession.get(sessionOf(login)), login),
      ...latestUncut(this.ofAccount(login), login),
    ]);
    return [...candidates].sort(byArrival);
  }

  /** The links of a login's account, as far as it is known, in order of arrival. */
  ofAccount(login: Login): readonly Link[] {
    return this.#byGroup.get(this.#groups.groupOf(login)) ?? [];
  }

  /** The open links whose login was told no other user id: another one is another link. */
  #openFor(login: Login): readonly Link[] {
    const { userHash } = this.#groups.identityOf(login);
    if (userHash === null) return this.#open.all;
    const [same, untold] = [userHash, null].map((user) => this.#openOfUser.get(user) ?? []);
    return [...(same ?? []), ...(untold ?? [])];
  }

  /**
   * Closes the links that no call can change any more: those that are settled, and those made more than 48 h before an
   * instant (epoch ms) that all later calls come after.
   */
  close(since: number): void {
    const due = this.#open.before(since - CUT_BY_MS);
    const settled = this.#changed.links.filter((link) => link.isOlder || isSettled(link));
    this.#journal.assign(this.#changed, { links: [] });
    for (const link of [...new Set([...due, ...settled])].sort(byArrival)) {
      if (!this.#open.remove(link)) continue;
      const ofUser = this.#openOfUser.get(link.maker.userHash) ?? [];
      const place = ofUser.lastIndexOf(link);
      if (place >= 0) this.#journal.remove(ofUser, place);
      this.#keepClosed(link);
    }
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

function byArrival(a: Link, b: Link): number {
  return a.maker.ordinal - b.maker.ordinal;
}

function sessionOf({ kakaoSession, clientId }: Login): string {
  return `${kakaoSession} ${clientId}`;
}

/** Whether a link was completed by what was seen, so that further calls say nothing new under the mode that is known. */
function isSettled(link: Link): boolean {
  if (link.completed) return true;
  const listed = link.maker.creditedListedCall;
  return (
    linkMode(link.app) !== 'manual' &&
    listed?.doubt === null &&
    listed.at - link.maker.loggedInAt <= WINDOW_MS
  );
}
