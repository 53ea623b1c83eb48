import { CUT_BY_MS, WINDOW_MS } from '../../kakao/policy.ts';
import { linkMode, type App } from '../../model/app.ts';
import type { EvidenceKind, Login } from '../../model/login.ts';
import type { LinkMode } from '../../model/observation.ts';
import { wasTokenIssued } from '../state/token-issue.ts';

/** A link between account and app, named after the login that made it or is the first known to have found it. */
export interface Link {
  maker: Login;
  app: App;
  /** Surely there before `maker`, which only found it. */
  isOlder: boolean;
  /** Earlier links that it may really be. */
  mayBe: readonly Link[];
  /** When it was surely cut, epoch ms; null where it was not. `maybeCut` holds then, too. */
  cutAt: number | null;
  /** Only Kakao's callback told of the cut, so the link was there up to then. */
  cutByCallback: boolean;
  /** A request may have cut it. */
  maybeCut: boolean;
  /** A repeat showed, 48 h or later, that Kakao's job has left it. */
  survived: boolean;
  /** Surely completed in its window. */
  completed: boolean;
  /** Something may have completed it. */
  maybeCompleted: boolean;
  /** Its maker was told the `connected_at` of an earlier login's link, so that its calls may be of that link. */
  isToldOfEarlier: boolean;
}

/** Makes a link of which nothing else is `known` yet, but that its maker may be marked as complete. */
export function newLink(known: Pick<Link, 'maker' | 'app' | 'mayBe'> & Partial<Link>): Link {
  return {
    isOlder: false,
    cutAt: null,
    cutByCallback: false,
    maybeCut: false,
    survived: false,
    completed: known.maker.testerMark?.mark === 'complete',
    maybeCompleted: false,
    isToldOfEarlier: false,
    ...known,
  };
}

/** The key by which a link is looked up: the Kakao session that a login ran in, of one app. */
export function sessionKeyOf({ kakaoSession, clientId }: Login): string {
  return `${kakaoSession} ${clientId}`;
}

/** Whether a link was surely cut before an instant (epoch ms) by what was seen, or by the tester's word. */
export function isCut({ maker, cutAt, cutByCallback }: Link, at: number): boolean {
  if (cutAt !== null && (!cutByCallback || cutAt <= at)) return true;
  return maker.testerMark?.mark === 'cut' && maker.testerMark.at <= at;
}

/** Whether a link was surely gone at an instant (epoch ms): it was cut, or Kakao's job took it. */
export function isDead(link: Link, at: number): boolean {
  const { maker } = link;
  if (isCut(link, at)) return true;
  return isSurelyIncomplete(link) && at - maker.loggedInAt > CUT_BY_MS;
}

/** Whether everything about a link was seen so far and nothing of it can have completed it. */
function isSurelyIncomplete(link: Link): boolean {
  const { maker } = link;
  return (
    !link.completed &&
    !link.maybeCompleted &&
    !link.survived &&
    isSurelyFirst(maker) &&
    (maker.seenInBrowser || maker.reportedByServer) &&
    maker.visibilityGap === null &&
    maker.restartedAt === null &&
    maker.lostAt === undefined &&
    wasTokenIssued(maker)
  );
}

/** Whether a login surely made a link, so that the link's window is known. */
export function isSurelyFirst({ kind, certainty }: Login): boolean {
  return kind === 'first' && certainty === 'certain';
}

/**
 * Whether a link was surely there at an instant (epoch ms), if nobody cut it in Kakao's settings. Those of logins before the
 * ordinal `unsureCutBefore` may have been cut by a request of which it is not certain whose it is.
 */
export function isSurelyAlive(link: Link, at: number, unsureCutBefore: number): boolean {
  const { maker } = link;
  if (maker.ordinal < unsureCutBefore || link.maybeCut || isDead(link, at)) return false;
  // What a server unlinks may go unseen.
  const isYoung =
    isSurelyFirst(maker) &&
    (maker.seenInBrowser || maker.reportedByServer) &&
    at - maker.loggedInAt <= WINDOW_MS &&
    at >= maker.startedAt;
  return isYoung || link.completed || link.survived;
}

/** The one link mode in which requests of a kind complete a link; of kinds that are not named it may be any. */
const COMPLETES_UNDER: Partial<Record<EvidenceKind, LinkMode>> = {
  listed: 'auto',
  'listed-unanswered': 'auto',
  unconfirmed: 'auto',
  signup: 'manual',
  'signed-up': 'manual',
  'signup-unanswered': 'manual',
  'signup-unconfirmed': 'manual',
};

/**
 * Whether a request of a kind completes a link in the app's mode; under an unknown mode nothing surely does. An unlink without
 * an answer is a `maybe`, too, so that it casts its doubt whatever the mode.
 */
export function completes(what: EvidenceKind, app: App): 'yes' | 'maybe' | 'no' {
  if (what === 'unlink') return 'no';
  const mode = linkMode(app);
  const needed = COMPLETES_UNDER[what];
  if (needed === undefined || mode === 'unknown') return 'maybe';
  if (mode !== needed) return 'no';
  return /un(answered|confirmed)$/.test(what) ? 'maybe' : 'yes';
}
