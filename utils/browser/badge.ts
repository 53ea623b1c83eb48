import { browser } from 'wxt/browser';
import type { LoginSummary } from '../verdict/summarize-logins.ts';
import { t } from './messages-catalogue.ts';

const COLORS = { missed: '#b3261e', late: '#9a5b00', unseen: '#5f6368' } as const;
const WORST_FIRST = ['missed', 'late', 'unseen'] as const;

/** Shows how many logins need attention, coloured by the worst, and says the same in words. */
export async function showBadge(o: LoginSummary, pausedAt: number | null): Promise<void> {
  const has = (verdict: keyof LoginSummary['count']) => o.count[verdict] > 0;
  const { missed, late, unseen } = o.count;
  const total = missed + late + unseen;
  const title = [
    t('badge.name'),
    ...(pausedAt === null ? [] : [t('badge.paused')]),
    ...(o.rehearsal ? [t('badge.rehearsal')] : []),
    ...([...WORST_FIRST, 'pending'] as const)
      .filter(has)
      .map((verdict) => t(`badge.${verdict}`, [String(o.count[verdict])])),
  ];
  await Promise.all([
    browser.action.setBadgeText({ text: total ? String(Math.min(total, 999)) : '' }),
    browser.action.setBadgeBackgroundColor({ color: COLORS[WORST_FIRST.find(has) ?? 'unseen'] }),
    browser.action.setTitle({ title: title.join(' · ') }),
  ]);
}
