import { appOf, linkMode, type App } from '../../model/app.ts';
import type { DerivedFields, Login } from '../../model/login.ts';
import { WRONG_ZONE_MS } from '../../model/time.ts';
import type { LoginState } from '../state/login-state.ts';
import { CONNECTED_TOLERANCE_MS } from '../state/time-limits.ts';
import { AccountGroups, relate, type Relation } from './accounts.ts';
import type { ChangedLogins } from './changed-logins.ts';
import { wasToldOfOwnLink } from './classify-login.ts';
import { EvidenceQueue } from './evidence-queue.ts';
import type { FoundLink, FoundLinks } from './found-links.ts';
import { Journal } from './journal.ts';
import { LinkIndex } from './link-index.ts';
import { isCut, isDead, isSurelyAlive, isSurelyFirst, type Link } from './link.ts';
import type { LoginLinks } from './login-links.ts';
import { TimeList } from './time-list.ts';

/** How to come back to the place before a login was derived. */
interface Checkpoint {
  ordinal: number;
  journal: number;
  evidence: number;
}

/** How many logins can be derived anew without beginning from the first one. */
export const MAX_CHECKPOINTS = 400;
/** A link's time is over once so many logins in a row are later: a single one may only show that the clock was moved. */
const LATER_LOGINS = 5;

/**
 * What has been derived so far of all logins, in order of arrival. Every change is written in a journal: new facts of a login
 * take back what was derived since, and leave the logins before it as they are. Logins of all apps are held together, since
 * two keys may be of one app.
 */
export class Derivation {
  readonly loginState: LoginState;
  readonly journal = new Journal();
  readonly groups = new AccountGroups(this.journal, (kept, joined) =>
    this.#links.joinGroups(kept, joined),
  );
  /** By the login's id. */
  readonly linksOfLogins = new Map<string, LoginLinks>();
  /** The logins derived so far, in order of arrival. */
  readonly done: Login[] = [];
  /** The requests still to be applied, and those that were. */
  readonly evidence = new EvidenceQueue();
  /** Hears of logins whose derived fields change; null where nobody asks which do. */
  changed: ChangedLogins | null;
  readonly #note = (login: Login) => this.changed?.note(login);
  readonly #checkpoints: Checkpoint[] = [];
  readonly #links = new LinkIndex(this.journal, this.groups);
  readonly #byConnectedAt = new Map<number, Login[]>();
  readonly #byTime = new TimeList<Login>(this.journal, (login) => login.loggedInAt);
  /** Links of logins before this ordinal may have been cut by a request of which it is not certain whose it is. */
  #unsureCut = { before: 0 };

  constructor(loginState: LoginState, changed: ChangedLogins | null) {
    this.loginState = loginState;
    this.changed = changed;
  }

  /** What is known of a login's app. */
  appOf(login: Login): App {
    return appOf(this.loginState, login.clientId);
  }

  /** Changes derived fields of a login. */
  changeLogin(login: Login, changes: Partial<DerivedFields>): void {
    this.journal.assign<Login>(login, changes, this.#note);
  }

  /** Changes what is known of a link. */
  changeLink(link: Link, changes: Partial<Link>): void {
    this.journal.assign(link, changes);
    this.#links.noteChange(link);
  }

  /** Notes the place before a login is derived: `undoTo` comes back to it. */
  addCheckpoint(login: Login): void {
    this.#checkpoints.push({
      ordinal: login.ordinal,
      journal: this.journal.place(),
      evidence: this.evidence.applied,
    });
    if (this.#checkpoints.length < 2 * MAX_CHECKPOINTS) return;
    this.#checkpoints.splice(0, MAX_CHECKPOINTS);
    this.journal.forgetBefore(this.#checkpoints[0]?.journal ?? 0);
  }

  /** Takes back all from the login with an ordinal on. Returns whether that was possible. */
  undoTo(ordinal: number): boolean {
    const place = this.#checkpoints.findLastIndex((c) => c.ordinal < ordinal) + 1;
    const checkpoint = this.#checkpoints[place];
    if (!checkpoint) return true;
    const isFirst = this.done[0]?.ordinal === checkpoint.ordinal;
    if (place === 0 && !isFirst && checkpoint.ordinal > ordinal) return false;
    this.#checkpoints.length = place;
    this.journal.undoTo(checkpoint.journal);
    this.evidence.applied = checkpoint.evidence;
    return true;
  }

  /** Adds the login that was derived last. */
  addDone(login: Login): void {
    this.journal.push(this.done, login);
    this.#byTime.add(login);
    const { connectedAt } = login;
    if (connectedAt !== null) this.journal.pushTo(this.#byConnectedAt, connectedAt, login);
  }

  /** The logins that ended between two instants (epoch ms, inclusive). */
  loginsEndedBetween(from: number, to: number): Login[] {
    return this.#byTime.between(from, to);
  }

  /** The logins that were told a `connected_at` (epoch ms), in order of arrival; none for null. */
  loginsConnectedAt(connectedAt: number | null): readonly Login[] {
    return this.#byConnectedAt.get(connectedAt ?? Number.NaN) ?? [];
  }

  /** Adds the link that the latest login made or found. */
  addLink(link: Link): void {
    this.#links.add(link);
  }

  /** Says how a login stands to an earlier one. */
  relationTo(earlier: Login, login: Login): Relation {
    const relation = relate(earlier, login, this.groups, (l) => this.appOf(l));
    if (relation === 'maybe' && isOfOlderLink(login, earlier)) return 'different';
    if (relation !== 'same' && relation !== 'session') return relation;
    return contradictsLink(earlier, login, this.appOf(login)) ? 'maybe' : relation;
  }

  /** Whether a login was told of another link than one that an earlier login made, as far as clocks agree. */
  isToldOfOther(login: Login, { maker }: Link): boolean {
    return contradictsLink(maker, login, this.appOf(login));
  }

  /** The links that are not surely dead and that a login may be of, as far as they differ. */
  findLinks(login: Login): FoundLinks {
    // What is missed is gone after two days, unless a login of the account itself shows otherwise.
    return this.#findUncut(
      login,
      ({ link, relation }) => relation !== 'maybe' || !isDead(link, login.loggedInAt),
    );
  }

  /** Whether a login may be of another link, made later than a given one, that also counts as missed by what was seen. */
  mayBeOfMissed(login: Login, since: Link): boolean {
    const missed = this.#findUncut(login, ({ link }) => isDead(link, login.loggedInAt));
    return missed.linksAfter(since).length > 0;
  }

  /** The links that are not surely cut, that a login may be of, and that satisfy a condition. */
  #findUncut(login: Login, matches: (found: FoundLink) => boolean): FoundLinks {
    return this.#links.candidatesOf(login, (link) => {
      if (isCut(link, login.loggedInAt)) return null;
      const relation = this.relationTo(link.maker, login);
      if (relation === 'different') return null;
      const found = { link, relation };
      return matches(found) ? found : null;
    });
  }

  /** The latest link, cut or not, that is surely of a login's account. */
  latestLinkOf(login: Login): Link | undefined {
    const links = this.#links.ofAccount(login);
    return links.findLast((link) => this.relationTo(link.maker, login) === 'same');
  }

  /** The latest links that a login's user surely made or found before and that are not surely cut. */
  linksOfUser(login: Login): Link[] {
    return login.userHash === null
      ? []
      : this.#links.latestOfAccount(login).filter((l) => l.maker.userHash === login.userHash);
  }

  /** Closes the links that nothing before or after a new login can complete any more. */
  closeLinks(login: Login): void {
    const latest = [...this.done.slice(1 - LATER_LOGINS), login];
    this.#links.close(
      latest.length < LATER_LOGINS ? -Infinity : Math.min(...latest.map((l) => l.loggedInAt)),
    );
  }

  /** Closes links of which everything is in doubt that a later login may say of them. */
  closeAll(links: readonly Link[]): void {
    this.#links.closeAll(links);
  }

  /** Notes that a request which arrived before the login with an ordinal may have cut any link. */
  noteUnsureCut(before: number): void {
    this.journal.assign(this.#unsureCut, { before });
  }

  /** Whether a link was surely there at an instant (epoch ms), if nobody cut it in Kakao's settings. */
  isSurelyAlive(link: Link, at: number): boolean {
    return isSurelyAlive(link, at, this.#unsureCut.before);
  }
}

/**
 * Whether a login's link is surely older than the one that an earlier login made, whatever zone a clock is in: an account and app
 * that were linked are not asked for a first consent.
 */
function isOfOlderLink(login: Login, maker: Login): boolean {
  const { connectedAt } = login;
  if (connectedAt === null || !wasToldOfOwnLink(login) || !isSurelyFirst(maker)) return false;
  return connectedAt < maker.startedAt - WRONG_ZONE_MS;
}

/** Whether a login's `connected_at` is not that of the link that an earlier login made. */
function contradictsLink(maker: Login, { connectedAt }: Login, app: App): boolean {
  if (connectedAt === null) return false;
  if (connectedAt < maker.startedAt - CONNECTED_TOLERANCE_MS) return true;
  return linkMode(app) === 'auto' && connectedAt > maker.loggedInAt + CONNECTED_TOLERANCE_MS;
}
