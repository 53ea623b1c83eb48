import { browser } from 'wxt/browser';
import type { LoginSummary } from '../verdict/decide/summarize-logins.ts';
import { t } from './messages-catalogue.ts';

const COLORS = {
  missed: '#b3261e',
  late: '#9a5b00',
  unseen: '#5f6368',
  unanswered: '#9a5b00',
} as const;
const WORST_FIRST = ['missed', 'late', 'unseen', 'unanswered'] as const;

/**
 * Shows on the toolbar button how many logins need attention, coloured by the worst; its title says the same in words.
 * Where what is seen cannot be stored, the button shows that instead.
 */
export async function showBadge(
  { count, rehearsal }: Pick<LoginSummary, 'count' | 'rehearsal'>,
  pausedAt: number | null,
  hasProblem: boolean,
): Promise<void> {
  const has = (standing: keyof LoginSummary['count']) => count[standing] > 0;
  const total = WORST_FIRST.reduce((sum, standing) => sum + count[standing], 0);
  const title = [
    t('badge.name'),
    ...(hasProblem ? [t('badge.problem')] : []),
    ...(pausedAt === null ? [] : [t('badge.paused')]),
    ...(rehearsal ? [t('badge.rehearsal')] : []),
    ...([...WORST_FIRST, 'pending'] as const)
      .filter(has)
      .map((standing) => t(`badge.${standing}`, [String(count[standing])])),
  ];
  const text = total ? String(Math.min(total, 999)) : '';
  const worst = hasProblem ? 'missed' : (WORST_FIRST.find(has) ?? 'unseen');
  await Promise.all([
    browser.action.setBadgeText({ text: hasProblem ? '!' : text }),
    browser.action.setBadgeBackgroundColor({ color: COLORS[worst] }),
    browser.action.setTitle({ title: title.join(' · ') }),
  ]);
}
