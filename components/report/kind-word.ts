import type { Certainty, Kind } from '../../utils/model/login.ts';
import { t } from '../shared/text.ts';

/** A login's kind in a word, no surer than it is. */
export function kindWord(kind: Kind, certainty: Certainty = 'certain'): string {
  if (kind === 'unknown' || (kind === 'first' && certainty === 'likely'))
    return t('report.kindUnknown');
  return t(kind === 'first' ? 'report.first' : 'report.repeat');
}
