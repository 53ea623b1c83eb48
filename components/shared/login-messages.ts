import { messageKey } from '../../utils/i18n/message.ts';
import type { Message } from '../../utils/i18n/message.ts';
import { shownKind, type Login } from '../../utils/model/login.ts';
import type { LinkMode } from '../../utils/model/observation.ts';
import type { Verdict } from '../../utils/model/verdict.ts';

/** Says what would complete a login under a link mode. */
export function completesText(mode: LinkMode): Message {
  return [messageKey('completes', mode)];
}

/** Says which call completed a login, or null where none did; `moment` writes an instant (epoch ms). */
export function completedText(verdict: Verdict, moment: (at: number) => string): Message | null {
  const call = verdict.completedBy;
  if (!call || (verdict.verdict !== 'complete' && verdict.verdict !== 'late')) return null;
  return [
    verdict.verdict === 'late' ? 'completes.late' : 'completes.done',
    [call.method, call.path, moment(call.at)],
  ];
}

/** Says why a login may not be a first login, or null where that is certain. */
export function maybeText(login: Login): Message | null {
  if (shownKind(login) !== 'unknown') return null;
  const { kindBecause } = login;
  return [kindBecause === 'consent' ? 'kind.consent_maybe' : messageKey('kind', kindBecause)];
}

/** Says why a verdict is only likely, or null. That a first login may be none is left to `maybeText`. */
export function doubtText({ verdict, because, doubt }: Verdict): Message | null {
  if (!doubt) return null;
  if (doubt === 'link-mode-unknown') return ['doubt.link_mode_in_settings'];
  if (doubt === 'cut-unsure' && because === 'consent-again') return ['doubt.consent_unsure'];
  if (doubt !== 'kind-unknown') return [messageKey('doubt', doubt)];
  return verdict === 'not-applicable' ? ['doubt.repeat_unsure'] : null;
}

/**
 * Says what is known at an instant (epoch ms) of the cut that Kakao's daily job makes, or null where no cut is due;
 * `moment` writes an instant.
 */
export function bandText(
  verdict: Verdict,
  now: number,
  moment: (at: number) => string,
): Message | null {
  const band = verdict.cutBand;
  if (!band) return null;
  if (now < band.from) return ['band.before', [moment(band.from)]];
  const unseen = verdict.verdict === 'unseen';
  if (now > band.to) return [unseen ? 'band.overUnseen' : 'band.over'];
  return [unseen ? 'band.insideUnseen' : 'band.inside', [moment(band.from), moment(band.to)]];
}
