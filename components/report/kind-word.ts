import { shownKind, type Kind, type Login } from '../../utils/model/login.ts';
import { t } from '../shared/text.ts';

/** A login's kind in a word, no surer than it is. */
export function kindWord(login: Pick<Login, 'kind' | 'certainty'>): string {
  return wordOfKind(shownKind(login));
}

/** A kind in a word. */
export function wordOfKind(kind: Kind): string {
  if (kind === 'unknown') return t('report.kindUnknown');
  return t(kind === 'first' ? 'report.first' : 'report.repeat');
}
