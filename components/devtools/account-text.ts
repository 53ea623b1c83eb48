import type { JudgedLogin } from '../shared/judged-login.ts';
import { t } from '../shared/text.ts';

/** The account of a login: the tester's name for it, or its number. */
export function nameOfAccount({ login, account }: Pick<JudgedLogin, 'login' | 'account'>): string {
  return login.label ?? t('card.account', [String(account)]);
}
