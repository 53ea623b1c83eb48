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
    return this.#latest(this.#all, matches) !== undefined;
  }

  /** The latest that satisfies a condition, of those of the login's account or Kakao session: `maybe` are left out. */
  latestNear(matches: (found: FoundLink) => boolean): FoundLink | undefined {
    return this.#latest(this.#near, (found) => found.relation !== 'maybe' && matches(found));
  }

  /** The links that are later than one of them, or all, in order of arrival. */
  linksAfter(earlier: Link | null): Link[] {
    const later: Link[] = [];
    this.#latest(this.#all, ({ link }) => {
      if (earlier && link.maker.ordinal <= earlier.maker.ordinal) return true;
      later.push(link);
      return false;
    });
    return later.reverse();
  }

  /**
   * Goes through lists at once, from the latest link to the earliest, each once, up to one that satisfies a condition. Nothing
   * is read at an index below 0: engines look for a property of that name.
   */
  #latest(lists: Lists, matches: (found: FoundLink) => boolean): FoundLink | undefined {
    const lengths = lists.map((list) => list.length);
    for (;;) {
      let latest: Link | undefined;
      for (let i = 0; i < lists.length; i += 1) {
        const length = lengths[i] ?? 0;
        const last = length > 0 ? lists[i]?.[length - 1] : undefined;
        if (last && (!latest || last.maker.ordinal > latest.maker.ordinal)) latest = last;
      }
      if (!latest) return undefined;
      for (let i = 0; i < lists.length; i += 1) {
        const length = lengths[i] ?? 0;
        if (length > 0 && lists[i]?.[length - 1] === latest) lengths[i] = length - 1;
      }
      const found = this.#find(latest);
      if (found && matches(found)) return found;
    }
  }
}
