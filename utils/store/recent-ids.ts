import type { Db } from './open.ts';

/** How many of the latest observations are looked at: more than one worker leaves unfinished. */
const RECENT = 500;

/** The ids of the observations that were stored last. */
export async function readRecentIds(db: Db): Promise<string[]> {
  const { store } = db.transaction('observations');
  const last = await store.openKeyCursor(null, 'prev');
  if (!last) return [];
  const rows = await store.getAll(IDBKeyRange.lowerBound(last.key - RECENT));
  return rows.map((row) => row.id);
}

/** When the observation that was stored last was made, epoch ms; null where there is none. */
export async function readLastInstant(db: Db): Promise<number | null> {
  const last = await db.transaction('observations').store.openCursor(null, 'prev');
  return last?.value.at ?? null;
}
