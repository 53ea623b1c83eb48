import type { Translate } from '../../i18n/translate.ts';
import type { ImportError } from '../import/import-error.ts';

/** Why a file of link modes is not taken over, in one line: what is wrong, where, and what to do. */
export function linkModesRefusal({ problem, field, mismatch }: ImportError, t: Translate): string {
  if (mismatch)
    return t('report.link_modes.field', [field, t(mismatch.expected), t(mismatch.found)]);
  switch (problem) {
    case 'empty':
    case 'truncated':
      return t('report.link_modes.cut');
    case 'not-json':
      return field ? t('report.link_modes.not_json_at', [field]) : t('report.link_modes.not_json');
    case 'version':
      return t('report.link_modes.version');
    case 'twice':
      return t('report.link_modes.twice', [field]);
    case 'too-large':
      return t('report.link_modes.too_large');
    default:
      return t('report.link_modes.not_ours');
  }
}
