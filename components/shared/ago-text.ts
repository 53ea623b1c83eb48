import { t } from './text.ts';
import type { Times } from './times.ts';

/** How long before `now` an instant was, in the largest unit that fits; of less than a minute that it was just now. Epoch ms. */
export function agoText(times: Times, at: number, now: number): string {
  return times.ago(at, now) || t('time.justNow');
}
