import type { Login } from '../../utils/model/login.ts';
import type { Verdict } from '../../utils/model/verdict.ts';
import { DAY, MINUTE } from './history.ts';
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
 *   completed at all;
 * - `missed` for a first login in time, or for a repeat; also where the link was cut within the 24 h by an unlink
 *   call whose 200 the judge was given: then it was unlinked;
 * - `late` for a first login in time, one that is not completed at all, or a repeat;
 * - `unlinked` for a link that is alive;
 * - `not-applicable` for a first login;
 * - `pending` for a link that is completed, or was unlinked, by a call the judge was given anything of;
 * - `pending` and `unseen` never for want of what nobody could see; `unseen` is an admission and never wrong.
 *
 * Around the deadline there is slack: five minutes, and as much as the clock was moved. What falls into it is not
 * checked.
 *
 * Undecidable, so counted apart and never as wrong: a certain answer that is wrong only for something that leaves no
 * trace at all. That is a link made on another device (`link-elsewhere`); a late call that nobody saw and that saved the
 * link (Kakao does not publish whether one does); and `missed` or `late` where each call in time was one whose only
 * observation was lost, or that was made in a private window where the extension is not allowed, or that a server made beside a page or a report that tells of everything else, unless
 * `has_signed_up: true` was told later.
 */
export interface Finding {
  wrong: 'kind' | Verdict['verdict'];
  why: string;
  undecidable: boolean;
}

const SLACK = 5 * MINUTE;

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
      !(link.toldAt !== null && link.toldAt <= at) &&
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

/**
 * Says where a judge is surely wrong about a login at an instant.
 * `real` is null where no authorization came back at all; `moved` is how far the clock was moved in all, ms.
 */
export function findMistakes(
  said: { login: Login; verdict: Verdict },
  real: TrueLogin | null,
  at: number,
  moved: number,
  elsewhere: readonly Link[],
): Finding[] {
  const { login, verdict } = said;
  const found: Finding[] = [];
  const untraceable =
    !!real && elsewhere.some((l) => l.who === real.link.who && l.app === real.link.app);
  const wrong = (what: Finding['wrong'], why: string, undecidable = false) =>
    found.push({ wrong: what, why, undecidable: undecidable || untraceable });
  const name = verdict.verdict;
  const certain = verdict.certainty === 'certain';
  if (!real) {
    if (certain && ['missed', 'late', 'complete'].includes(name))
      wrong(name, 'there was no login at all');
    return found;
  }
  if (login.certainty === 'certain') {
    if (login.kind === 'first' && !real.first)
      wrong('kind', `a repeat is called first (${login.kindBecause})`);
    if (login.kind === 'repeat' && real.first)
      wrong('kind', `a first login is called a repeat (${login.kindBecause})`);
  }
  if (!certain) return found;
  const truth = truthOf(real.link, at, SLACK + moved);
  const timed = !truth.unclear;
  switch (name) {
    case 'complete':
      if (verdict.because === 'tester') break;
      if (real.first && timed && !truth.inTime)
        wrong(
          name,
          `${verdict.because}, but it was ${truth.completedAt === null ? 'never completed' : 'completed late'}`,
          verdict.because === 'link-survived' && truth.lateUnseen,
        );
      else if (!real.first && timed && truth.completedAt === null)
        wrong(name, `${verdict.because}, but its link was never completed`);
      break;
    case 'missed':
      if (!real.first) wrong(name, 'a repeat');
      else if (timed && truth.inTime) wrong(name, 'it was completed in time', truth.traceless);
      else if (timed && truth.seenCutAt !== null && truth.seenCutAt <= truth.deadline)
        wrong(name, 'it was unlinked within the window by a call that was seen');
      break;
    case 'late':
      if (!real.first) wrong(name, 'a repeat');
      else if (timed && truth.inTime) wrong(name, 'it was completed in time', truth.traceless);
      else if (timed && truth.completedAt === null) wrong(name, 'it was never completed');
      break;
    case 'unlinked':
      if (verdict.because !== 'tester' && truth.alive)
        wrong(name, `${verdict.because}, but the link is alive`);
      break;
    case 'not-applicable':
      if (real.first && login.certainty !== 'certain') wrong(name, 'a first login');
      break;
    case 'pending':
      if (timed && truth.seenDone) wrong(name, 'it was completed by a call that was seen');
      else if (truth.seenCutAt !== null) wrong(name, 'it was unlinked by a call that was seen');
      break;
    case 'unseen':
      break;
  }
  return found;
}
