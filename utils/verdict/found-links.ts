import type { Relation } from './accounts.ts';
import type { Link } from './link.ts';

/** A link that a login may be of, and how they stand to each other. */
export interface FoundLink {
  link: Link;
  relation: Exclude<Relation, 'different'>;
}

/** Lists of links that share some, each in order of arrival. */
type Lists = readonly (readonly Link[])[];

/**
 * The links that a login may be of. They are looked at only as far as a question asks: of thousands of open links, most
 * logins need the latest few.
 */
export class FoundLinks {
  readonly #all: Lists;
  readonly #near: Lists;
  readonly #find: (link: Link) => FoundLink | null;

  /**
   * `all` are the candidates; `near` are at least those of the login's account or Kakao session. `find` says how a
   * candidate stands to the login; null where it is surely not its link.
   */
  constructor(all: Lists, near: Lists, find: (link: Link) => FoundLink | null) {
    this.#all = all;
    this.#near = near;
    this.#find = find;
  }

  /** Whether one of all satisfies a condition. */
  some(matches: (found: FoundLink) => boolean): boolean {
    for (const found of this.#latestFirst(this.#all)) if (matches(found)) return true;
    return false;
  }

  /** The latest that satisfies a condition, of those of the login's account or Kakao session: `maybe` are left out. */
  latestNear(matches: (found: FoundLink) => boolean): FoundLink | undefined {
    for (const found of this.#latestFirst(this.#near))
      if (found.relation !== 'maybe' && matches(found)) return found;
    return undefined;
  }

  /** The links that are later than one of them, or all, in order of arrival. */
  linksAfter(earlier: Link | null): Link[] {
    const later: Link[] = [];
    for (const { link } of this.#latestFirst(this.#all)) {
      if (earlier && link.maker.ordinal <= earlier.maker.ordinal) break;
      later.push(link);
    }
    return later.reverse();
  }

  *#latestFirst(lists: Lists): Generator<FoundLink> {
    for (const link of latestFirst(lists)) {
      const found = this.#find(link);
      if (found) yield found;
    }
  }
}

/** Goes through several lists at once, from the latest link to the earliest, each once. */
function* latestFirst(lists: Lists): Generator<Link> {
  const rest = lists.map((list) => ({ list, length: list.length }));
  for (;;) {
    let latest: Link | undefined;
    for (const { list, length } of rest) {
      const last = list[length - 1];
      if (last && (!latest || last.maker.ordinal > latest.maker.ordinal)) latest = last;
    }
    if (!latest) return;
    for (const one of rest) if (one.list[one.length - 1] === latest) one.length -= 1;
    yield latest;
  }
}
