import type { Finding } from '../../utils/guidance/rule.ts';
import { RichText } from './rich-text.tsx';
import { t } from './text.ts';

/** A finding in one line: how grave it is, and what it says. */
export function FindingLine({ finding }: { finding: Finding }) {
  return (
    <span class="finding-line" data-finding={finding.rule} data-severity={finding.severity}>
      <b>{t(`guidance.ui.${finding.severity}`)}</b> <RichText text={finding.title} />
    </span>
  );
}
