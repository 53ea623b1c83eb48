import type { Judged } from '../judged.ts';
import { t } from '../text.ts';

/** The tester's name for an account, else its number. */
export function accountName({ login, account }: Judged): string {
  return login.label ?? t('card.account', [String(account)]);
}
