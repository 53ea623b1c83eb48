import type { JudgedLogin } from './judged-login.ts';
import { t } from './text.ts';

/** The account of a login: the tester's name for it, else its number. */
export function accountName({ login, account }: Pick<JudgedLogin, 'login' | 'account'>): string {
  return login.label ?? t('card.account', [String(account)]);
}
