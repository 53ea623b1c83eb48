import { CUT_BY_MS, WINDOW_MS } from '../../kakao/policy.ts';
import { linkMode, type App } from '../../model/app.ts';
import type { EvidenceKind, Login } from '../../model/login.ts';
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

/** Whether a link was surely there at an instant (epoch ms), if nobody cut it in Kakao's settings. */
export function isSurelyAlive(link: Link, at: number): boolean {
  const { maker } = link;
  if (link.maybeCut || isDead(link, at)) return false;
  // What a server unlinks may go unseen.
  const isYoung =
    isSurelyFirst(maker) &&
    (maker.seenInBrowser || maker.reportedByServer) &&
    at - maker.loggedInAt <= WINDOW_MS &&
    at >= maker.startedAt;
  return isYoung || link.completed || link.survived;
}

/** Whether a request of a kind completes a link in the app's mode; under an unknown mode nothing surely does. */
export function completes(what: EvidenceKind, app: App): 'yes' | 'maybe' | 'no' {
  const mode = linkMode(app);
  const isSignup = what === 'signup' || what === 'signed-up';
  if (what === 'listed') return mode === 'auto' ? 'yes' : mode === 'manual' ? 'no' : 'maybe';
  if (isSignup) return mode === 'manual' ? 'yes' : mode === 'auto' ? 'no' : 'maybe';
  if (what === 'signup-unanswered') return mode === 'auto' ? 'no' : 'maybe';
  if (what === 'listed-unanswered') return mode === 'manual' ? 'no' : 'maybe';
  return what === 'unlink' ? 'no' : 'maybe';
}
