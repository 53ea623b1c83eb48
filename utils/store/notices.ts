import type { Db } from './open.ts';

/** Of the alerts with these ids those that were not shown yet; they count as shown, at an instant (epoch ms), from now on. */
export async function claimNotices(
  db: Db,
  ids: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> {
  const tx = db.transaction('notices', 'readwrite');
  const claimed = new Set<string>();
  for (const id of ids) {
    if (await tx.store.get(id)) continue;
    await tx.store.put({ id, at: now });
    claimed.add(id);
  }
  await tx.done;
  return claimed;
}
