import { beforeEach, expect, test } from 'vitest';
import type { Db } from '../../../utils/store/open.ts';
import { createRecordsReader } from '../../../utils/store/read-records.ts';
import { me, T0 } from '../fixtures.ts';
import { freshProfile, onStore } from './database.ts';

beforeEach(freshProfile);

/** More than are read again each time. */
const MANY = 2100;

async function add(db: Db, count: number, more: object = {}): Promise<void> {
  const tx = db.transaction('observations', 'readwrite');
  for (let i = 0; i < count; i += 1) void tx.store.add({ ...me(T0 + i), session: 's', ...more });
  await tx.done;
}

test.each<[string, (db: Db) => Promise<unknown>]>([
  ['some more were stored', (db) => add(db, 3)],
  ['the oldest has gone', (db) => db.delete('observations', 1)],
  ['one in the middle has gone', (db) => db.delete('observations', 50)],
])('read again after %s: what is stored now', (_what, change) =>
  onStore(async (db) => {
    await add(db, MANY);
    const read = createRecordsReader();
    expect((await read(db)).rows).toHaveLength(MANY);
    await change(db);
    expect((await read(db)).rows).toEqual(await db.getAll('observations'));
  }),
);

test('observations that the judgement cannot read: left out', () =>
  onStore(async (db) => {
    await add(db, 2);
    await add(db, 1, { unread: true });
    expect((await createRecordsReader()(db)).rows).toHaveLength(2);
  }));
