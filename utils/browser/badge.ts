import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import type { Outlook } from '../link/outlook.ts';

const COLORS = { missed: '#b3261e', late: '#9a5b00', unseen: '#5f6368' } as const;

/** Shows how many logins need attention, coloured by the worst, and says the same in words. */
export async function showBadge(o: Outlook, pausedAt: number | null): Promise<void> {
  const { missed, late, unseen, pending } = o.count;
  const total = missed + late + unseen;
  const worst = missed ? 'missed' : late ? 'late' : 'unseen';
  const words = [
    i18n.t('badge.name'),
    ...(pausedAt === null ? [] : [i18n.t('badge.paused')]),
    ...(o.rehearsal ? [i18n.t('badge.rehearsal')] : []),
    ...(missed ? [i18n.t('badge.missed', missed)] : []),
    ...(late ? [i18n.t('badge.late', late)] : []),
    ...(unseen ? [i18n.t('badge.unseen', unseen)] : []),
    ...(pending ? [i18n.t('badge.pending', pending)] : []),
  ];
  await Promise.all([
    browser.action.setBadgeText({ text: total ? String(Math.min(total, 999)) : '' }),
    browser.action.setBadgeBackgroundColor({ color: COLORS[worst] }),
    browser.action.setTitle({ title: words.join(' · ') }),
  ]);
}
