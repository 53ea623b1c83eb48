import type { Kind } from '../../utils/model/login.ts';
import { t } from '../shared/text.ts';

/** A kind in a word. A login's own is no surer than `shownKind` says. */
export function kindWord(kind: Kind): string {
  if (kind === 'unknown') return t('report.kindUnknown');
  return t(kind === 'first' ? 'report.first' : 'report.repeat');
}
