import { messageKey } from '../../i18n/message.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { ImportError } from './import-error.ts';

/** Why a file cannot be imported, in one line. */
export function importErrorText({ problem, field, detail }: ImportError, t: Translate): string {
  const about = field || detail || '?';
  switch (problem) {
    case 'not-json':
    case 'version':
    case 'twice':
      return t(messageKey('report.problem', problem), [about]);
    case 'too-large':
    case 'field':
    case 'counts':
      return t(messageKey('report.problem', problem), [about, detail]);
    default:
      return t(messageKey('report.problem', problem));
  }
}
