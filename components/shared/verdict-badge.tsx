import { messageKey } from '../../utils/i18n/message.ts';
import type { Verdict } from '../../utils/model/verdict.ts';
import { RehearsalBadge } from './rehearsal-badge.tsx';
import { t } from './text.ts';
import { VerdictShape } from './verdict-shape.tsx';

/** A verdict in a word and a shape, with "likely" and "rehearsal" where they hold. */
export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  // "Pending" itself is never in doubt; the card says that it may not be a first login.
  const likely = verdict.certainty === 'likely' && verdict.verdict !== 'pending';
  return (
    <span class="chip">
      <VerdictShape verdict={verdict.verdict} />
      <span class="chip-word">{t(messageKey('verdict', verdict.verdict))}</span>{' '}
      {likely && <span class="chip-note">{t('verdict.likely')}</span>}{' '}
      {verdict.rehearsal && <RehearsalBadge />}
    </span>
  );
}
