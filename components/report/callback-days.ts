import type { Observation } from '../../utils/model/observation.ts';

/** How many users of an app were told on a day to be cut, and why. */
export interface CallbackDay {
  /** Local day, as 2026-11-22. */
  day: string;
  /** An instant of that day, epoch ms. */
  at: number;
  appId: string | null;
  referrerType: string;
  users: number;
}

/** Unlink callbacks summed per day, app and reason, the latest day first; a user counts once. */
export function callbackDays(observations: readonly Observation[]): CallbackDay[] {
  const groups = new Map<string, CallbackDay & { known: Set<string> }>();
  for (const o of observations) {
    if (o.type !== 'unlink-callback') continue;
    const d = new Date(o.at);
    const two = (n: number) => String(n).padStart(2, '0');
    const day = `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
    const key = `${day} ${o.appId ?? ''} ${o.referrerType}`;
    const { appId, referrerType } = o;
    const group = groups.get(key) ?? {
      day,
      at: o.at,
      appId,
      referrerType,
      users: 0,
      known: new Set<string>(),
    };
    group.known.add(o.account ?? o.id);
    group.users = group.known.size;
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({ known: _known, ...day }) => day)
    .sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : b.users - a.users));
}
