/** An unlink callback, as far as it is summed. */
export interface CountedCallback {
  /** Epoch ms. */
  at: number;
  appId: string | null;
  referrerType: string;
  /** What tells one user from another. */
  user: string;
}

/** How many users of an app were cut on a day, and why. */
export interface CallbackDay {
  /** Local day, as 2026-11-22. */
  day: string;
  /** An instant of that day, epoch ms. */
  at: number;
  appId: string | null;
  referrerType: string;
  users: number;
}

/** Sums unlink callbacks per day, app and reason, the latest day first; a user counts once. */
export function callbackDays(callbacks: readonly CountedCallback[]): CallbackDay[] {
  const groups = new Map<string, CallbackDay & { known: Set<string> }>();
  for (const { at, appId, referrerType, user } of callbacks) {
    const day = localDay(at);
    const key = `${day} ${appId ?? ''} ${referrerType}`;
    const group = groups.get(key) ?? {
      day,
      at,
      appId,
      referrerType,
      users: 0,
      known: new Set<string>(),
    };
    group.known.add(user);
    group.users = group.known.size;
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({ known: _known, ...day }) => day)
    .sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : b.users - a.users));
}

function localDay(at: number): string {
  const d = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
}
