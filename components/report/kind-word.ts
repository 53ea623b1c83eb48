import type { Kind } from '../../utils/model/login.ts';
import { t } from '../shared/text.ts';

/** A login's kind in a word. */
export function kindWord(kind: Kind): string {
  if (kind === 'unknown') return t('report.kindUnknown');
  return t(kind === 'first' ? 'report.first' : 'report.repeat');
}
