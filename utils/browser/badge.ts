import { browser } from 'wxt/browser';
import type { Outlook } from '../link/outlook.ts';
import { words } from './words.ts';

const COLORS = { missed: '#b3261e', late: '#9a5b00', unseen: '#5f6368' } as const;

/** Shows how many logins need attention, coloured by the worst, and says the same in words. */
export async function showBadge(o: Outlook, pausedAt: number | null): Promise<void> {
  const { missed, late, unseen, pending } = o.count;
  const total = missed + late + unseen;
  const worst = missed ? 'missed' : late ? 'late' : 'unseen';
  const title = [
    words('badge.name'),
    ...(pausedAt === null ? [] : [words('badge.paused')]),
    ...(o.rehearsal ? [words('badge.rehearsal')] : []),
    ...(missed ? [words('badge.missed', String(missed))] : []),
    ...(late ? [words('badge.late', String(late))] : []),
    ...(unseen ? [words('badge.unseen', String(unseen))] : []),
    ...(pending ? [words('badge.pending', String(pending))] : []),
  ];
  await Promise.all([
    browser.action.setBadgeText({ text: total ? String(Math.min(total, 999)) : '' }),
    browser.action.setBadgeBackgroundColor({ color: COLORS[worst] }),
    browser.action.setTitle({ title: title.join(' · ') }),
  ]);
}
