import type { JudgedLogin } from '../shared/judged-login.ts';
import { t } from '../shared/text.ts';

/** Returns the tester's name for an account, else its number. */
export function accountName({ login, account }: JudgedLogin): string {
  return login.label ?? t('card.account', [String(account)]);
}
