import { messageKey } from '../../../utils/i18n/message.ts';
import type { Kind } from '../../../utils/model/login.ts';
import { siteName } from '../../../utils/model/site-name.ts';
import type { VerdictName, Visibility } from '../../../utils/model/verdict.ts';
import { appName } from '../../shared/app-name.ts';
import { t } from '../../shared/text.ts';
import { kindWord } from '../kind-word.ts';
import type { Dimension } from './login-row.ts';

/** Returns the value of a dimension in words. */
export function dimensionWord(by: Dimension, value: string): string {
  if (by === 'verdict') return t(messageKey('verdict', value as VerdictName));
  if (by === 'visibility') return t(messageKey('visibility', value as Visibility));
  if (by === 'kind') return kindWord(value as Kind);
  return by === 'site' ? siteName(value) : appName(value);
}
