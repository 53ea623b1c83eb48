import { messageKey, type Message } from '../../utils/i18n/message.ts';
import type { Verdict, VisibilityBecause } from '../../utils/model/verdict.ts';
import { needsWord } from '../../utils/verdict/decide/needs-word.ts';
import type { JudgedLogin } from '../shared/judged-login.ts';

/**
 * Says in one line what to do now about a login, or why it ended as it did where nothing can be done, at an instant
 * (epoch ms); `moment` writes an instant, and `watched` are the sites that are watched.
 */
export function nextStep(
  judged: Pick<JudgedLogin, 'login' | 'verdict'>,
  now: number,
  moment: (at: number) => string,
  watched: ReadonlySet<string>,
): Message {
  const { login, verdict } = judged;
  const isWatched = login.site !== null && watched.has(login.site);
  switch (verdict.verdict) {
    case 'pending':
      if (isCalledElsewhere(verdict)) return toSee(verdict.visibilityBecause, isWatched);
      return [verdict.linkMode === 'manual' ? 'now.callSignup' : 'now.callMe'];
    case 'missed':
      return afterMiss(verdict, now, moment);
    case 'unseen':
      return toSee(verdict.visibilityBecause, isWatched);
    case 'late':
      return ['now.late'];
    default:
      if (needsWord(judged)) return ['now.word'];
      return [messageKey('because', verdict.because)];
  }
}

/** Whether the calls of a login cannot be seen from here: a page that was given the token may yet make them. */
const isCalledElsewhere = ({ visibility, visibilityBecause }: Verdict) =>
  visibility === 'none' && visibilityBecause !== 'token-by-message';

/** What lets the calls of a login be seen, by why they cannot be and whether its site is watched by now. */
function toSee(because: VisibilityBecause, isWatched: boolean): Message {
  if (because === 'server-side') return ['now.serverSide'];
  if (because === 'no-site-access') return [isWatched ? 'now.watchedByNow' : 'now.noSiteAccess'];
  if (because === 'paused') return ['now.paused'];
  return ['now.unseen'];
}

function afterMiss({ cutBand }: Verdict, now: number, moment: (at: number) => string): Message {
  if (!cutBand || now > cutBand.to) return ['now.missedLongAgo'];
  if (now < cutBand.from) return ['now.rehearsed', [moment(cutBand.from)]];
  return ['now.missed', [moment(cutBand.to)]];
}
