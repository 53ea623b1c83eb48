import type { Login } from '../../utils/model/login.ts';
import type { Verdict } from '../../utils/model/verdict.ts';
import { DAY, MINUTE, SECOND } from './history.ts';
import type { Link, TrueLogin } from './kakao.ts';

/**
 * When a judge is surely wrong. Words: a login's LINK is the one its token is for; a login is FIRST if it made its link;
 * a link is IN TIME if Kakao counted a call for it within 24 h (a listed call with 200 under auto-link, the sign-up
 * call under manual link), from wherever that call came; it is ALIVE until it is cut. Everything is taken at the instant
 * of judgement, with what Kakao knew then; the judge had what had arrived by then.
 *
 * Only what is said with certainty counts. Wrong are
 * - a certain `kind`: `first` for a login that is not first, `repeat` for one that is;
 * - `complete` (but for the tester's word) for a first login that is not in time, or a repeat whose link is not
 *   completed at all, or only since then and too late for the login that made it, which the judge knows;
 * - `missed` for a first login in time, or for a repeat; also where the link was cut within the 24 h by an unlink
 *   call whose 200 the judge was given: then it was unlinked;
 * - `late` for a first login in time, one that is not completed at all, or a repeat;
 * - `unlinked` for a link that is alive;
 * - `not-applicable` for a first login;
 * - `pending` for a link that is completed, or was unlinked, by a call the judge was given anything of;
 * - `missed` and `late` where Kakao makes links with tokens, and nobody has asked for the one that makes the login's. Of what kind
 *   it is cannot be told then, and what is completed or cut is the account's link, whichever login made it;
 * - `pending` and `unseen` never for want of what nobody could see; `unseen` is an admission and never wrong.
 *
 * Around the deadline there is slack: five minutes, and as much as the clock was moved. What falls into it is not
 * checked.
 *
 * Undecidable, so counted apart and never as wrong: a certain answer that is wrong only for something that leaves no
 * trace at all. That is a link made on another device (`link-elsewhere`), or in a private window where the extension is not
 * allowed; a late call that nobody saw and that saved the
 * link (Kakao does not publish whether one does); and `missed` or `late` where each call in time was one whose only
 * observation was lost, or that was made in a private window where the extension is not allowed, or on a site without access by
 * a login of which the one step that could be seen was lost, or that a server made beside a page or a report that tells of
 * everything else, unless `has_signed_up: true` was told later.
 */
export interface WrongAnswer {
  wrong: 'kind' | Verdict['verdict'];
  why: string;
  undecidable: boolean;
}

const SLACK = 5 * MINUTE;
/** The answer to a token request comes within this time, ms. */
const ANSWER_TAKES = SECOND;

/** What really holds of a link at an instant (true time); within `slack` ms of a deadline that is unclear. */
export function truthOf(link: Link, at: number, slack: number) {
  const counted = link.counted.filter((c) => c.at <= at);
  const first = counted[0];
  const deadline = link.at + DAY;
  const near = (instant: number) => Math.abs(instant - deadline) <= slack;
  return {
    completedAt: first?.at ?? null,
    inTime: !!first && first.at <= deadline,
    traceless:
      !(link.knownSignedUpAt !== null && link.knownSignedUpAt <= at) &&
      counted.every((c) => c.traceless || c.at > deadline),
    seenDone: counted.some((c) => c.seenAt !== null && c.seenAt <= at),
    lateUnseen: !!first && first.at > deadline && first.seenAt === null,
    unclear:
      near(at) || counted.some((c) => near(c.at)) || (link.cutAt !== null && near(link.cutAt)),
    alive: link.cutAt === null || link.cutAt > at,
    seenCutAt: link.cutSeenAt !== null && link.cutSeenAt <= at ? link.cutAt : null,
    deadline,
  };
}

type Truth = ReturnType<typeof truthOf>;

/** What a judge says of a login at an instant. */
interface Said {
  login: Login;
  verdict: Verdict;
}

/**
 * Says where a judge is surely wrong about a login at an instant. `real` is null where no authorization came back at all;
 * `moved` is how far the clock was moved in all, ms; `elsewhere` are the links that were made on other devices, `ofKnown` those
 * that logins made which the judge knows.
 */
export function findMistakes(
  said: Said,
  real: TrueLogin | null,
  {
    at,
    moved,
    elsewhere,
    ofKnown,
  }: { at: number; moved: number; elsewhere: readonly Link[]; ofKnown: ReadonlySet<Link> },
): WrongAnswer[] {
  const { verdict, certainty } = said.verdict;
  const isCertain = certainty === 'certain';
  if (!real) {
    const isOfLogin = ['missed', 'late', 'complete'].includes(verdict);
    const why = 'there was no login at all';
    return isCertain && isOfLogin ? [{ wrong: verdict, why, undecidable: false }] : [];
  }
  const { who, app, at: linkedAt } = real.link;
  const knownAt = real.linkedAt === undefined ? -Infinity : real.linkedAt + ANSWER_TAKES;
  if (linkedAt === Infinity || at < knownAt) {
    const why = 'nobody had asked for the token that makes its link';
    const isWrong = isCertain && ['missed', 'late'].includes(verdict);
    return isWrong ? [{ wrong: verdict, why, undecidable: false }] : [];
  }
  const isUntraceable = elsewhere.some((l) => l.who === who && l.app === app);
  const ofKind = kindMistake(said.login, real);
  const ofVerdict = isCertain
    ? verdictMistake(said, real, truthOf(real.link, at, SLACK + moved), ofKnown)
    : null;
  const found: WrongAnswer[] = [];
  if (ofKind) found.push({ wrong: 'kind', why: ofKind, undecidable: isUntraceable });
  if (ofVerdict) {
    const { why, undecidable = false } = ofVerdict;
    found.push({ wrong: verdict, why, undecidable: undecidable || isUntraceable });
  }
  return found;
}

function kindMistake({ kind, kindBecause, certainty }: Login, { first }: TrueLogin): string | null {
  if (certainty !== 'certain') return null;
  if (kind === 'first' && !first) return `a repeat is called first (${kindBecause})`;
  return kind === 'repeat' && first ? `a first login is called a repeat (${kindBecause})` : null;
}

/** Why a certain verdict is wrong. */
interface Wrong {
  why: string;
  undecidable?: boolean;
}

function verdictMistake(
  { login, verdict }: Said,
  real: TrueLogin,
  truth: Truth,
  ofKnown: ReadonlySet<Link>,
): Wrong | null {
  const { first } = real;
  const isTesters = verdict.because === 'tester';
  switch (verdict.verdict) {
    case 'complete':
      return isTesters || truth.unclear
        ? null
        : completeMistake(verdict.because, real, truth, ofKnown.has(real.link));
    case 'missed':
      return missedMistake(first, truth);
    case 'late':
      return lateMistake(first, truth);
    case 'unlinked':
      return !isTesters && truth.alive
        ? { why: `${verdict.because}, but the link is alive` }
        : null;
    case 'not-applicable':
      return first && login.certainty !== 'certain' ? { why: 'a first login' } : null;
    case 'pending':
      return pendingMistake(truth);
    case 'unseen':
      return null;
  }
}

function completeMistake(
  because: Verdict['because'],
  { first, at }: TrueLogin,
  truth: Truth,
  isMakerKnown: boolean,
): Wrong | null {
  const { inTime, completedAt, lateUnseen } = truth;
  if (inTime) return null;
  if (!first) {
    if (completedAt === null) return { why: `${because}, but its link was never completed` };
    const isSince = completedAt >= at && isMakerKnown;
    return isSince ? { why: `${because}, but too late for its link` } : null;
  }
  const really = completedAt === null ? 'never completed' : 'completed late';
  return {
    why: `${because}, but it was ${really}`,
    undecidable: because === 'link-survived' && lateUnseen,
  };
}

function missedMistake(first: boolean, truth: Truth): Wrong | null {
  const { unclear, inTime, traceless, seenCutAt, deadline } = truth;
  if (!first) return { why: 'a repeat' };
  if (unclear) return null;
  if (inTime) return { why: 'it was completed in time', undecidable: traceless };
  return seenCutAt !== null && seenCutAt <= deadline
    ? { why: 'it was unlinked within the window by a call that was seen' }
    : null;
}

function lateMistake(first: boolean, truth: Truth): Wrong | null {
  const { unclear, inTime, traceless, completedAt } = truth;
  if (!first) return { why: 'a repeat' };
  if (unclear) return null;
  if (inTime) return { why: 'it was completed in time', undecidable: traceless };
  return completedAt === null ? { why: 'it was never completed' } : null;
}

function pendingMistake({ unclear, seenDone, seenCutAt }: Truth): Wrong | null {
  if (!unclear && seenDone) return { why: 'it was completed by a call that was seen' };
  return seenCutAt === null ? null : { why: 'it was unlinked by a call that was seen' };
}
