import { beforeEach, expect, test, vi } from 'vitest';
import { createStateLoader } from '../../../../utils/background/record/loaded-state.ts';
import { openStore, type Db } from '../../../../utils/store/open.ts';
import { freshProfile } from '../../store/database.ts';

beforeEach(freshProfile);

/** A loader, with what it opened: each connection's close, and what tells the loader that it has gone. */
function watchedLoader(prepare: (db: Db) => void = () => {}) {
  const opened: { close: Db['close']; gone: () => void }[] = [];
  const loader = createStateLoader(async (gone) => {
    const db = await openStore(gone);
    opened.push({ close: vi.spyOn(db, 'close'), gone });
    prepare(db);
    return db;
  });
  return { loader, opened };
}

test('state that is dropped: its connection is closed, and its end drops no later one', async () => {
  const { loader, opened } = watchedLoader();
  await loader.load();
  loader.drop();
  const next = await loader.load();
  expect(opened[0]?.close).toHaveBeenCalledTimes(1);
  opened[0]?.gone();
  expect(await loader.load()).toBe(next);
  opened[1]?.gone();
  expect(await loader.load()).not.toBe(next);
  loader.drop();
});

test('loading that fails: the connection is closed, and the next load opens another', async () => {
  let fails = true;
  const { loader, opened } = watchedLoader((db) => {
    if (fails) vi.spyOn(db, 'getAll').mockRejectedValue(new DOMException('', 'UnknownError'));
    fails = false;
  });
  await expect(loader.load()).rejects.toMatchObject({ problem: 'db-failed' });
  expect(opened[0]?.close).toHaveBeenCalledTimes(1);
  expect(await loader.load()).toMatchObject({ hasLogins: false });
  loader.drop();
});
