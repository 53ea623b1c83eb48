import { messageKey } from '../../i18n/message.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { ImportError } from './import-error.ts';

/** Why a file cannot be imported, in one line: what is wrong, where, and what to do. */
export function importErrorText(error: ImportError, t: Translate): string {
  const { problem, field, detail, mismatch } = error;
  if (mismatch) return t('report.problem.field', [field, t(mismatch.expected), t(mismatch.found)]);
  switch (problem) {
    case 'not-json':
      return field ? t('report.problem.not_json_at', [field]) : t('report.problem.not_json');
    case 'field':
      return t('report.problem.field', [
        field,
        t('report.expected.value'),
        t('report.found.nothing'),
      ]);
    case 'version':
    case 'no-login':
    case 'twice':
      return t(messageKey('report.problem', problem), [field]);
    case 'too-large':
      return t('report.problem.too_large', [detail]);
    case 'counts':
      return t('report.problem.counts', [field, detail]);
    default:
      return t(messageKey('report.problem', problem));
  }
}
