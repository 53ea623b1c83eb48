import { browser } from 'wxt/browser';
import { isPrivateContext } from './private-context.ts';

/** Where the popup's snapshot is kept. Its methods may reject. */
export interface SnapshotStorage {
  save(snapshot: object): Promise<void>;
  clear(): Promise<void>;
}

const KEY = 'popup';

/**
 * Keeps the snapshot in session storage: it is read at once, never reaches the disk, and is empty after a restart of the
 * browser and an update of the extension. Private windows share it with the others, so what is theirs is not put there.
 */
export const snapshotStorage: SnapshotStorage = {
  async save(snapshot) {
    if (!isPrivateContext()) await browser.storage.session.set({ [KEY]: snapshot });
  },
  async clear() {
    if (!isPrivateContext()) await browser.storage.session.remove(KEY);
  },
};

/** What was kept last; undefined where there is nothing. Never rejects. */
export async function readKeptSnapshot(): Promise<unknown> {
  if (isPrivateContext()) return undefined;
  try {
    const { [KEY]: kept } = await browser.storage.session.get(KEY);
    return kept;
  } catch {
    return undefined;
  }
}
