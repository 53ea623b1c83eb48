import { beforeEach, expect, test } from 'vitest';
import { createConnection } from '../../../utils/store/connection.ts';
import { StoreProblem } from '../../../utils/store/open.ts';
import { DB_NAME } from '../../../utils/store/schema.ts';
import { freshProfile } from './database.ts';

beforeEach(freshProfile);

test('connection is kept, and opened again after reading failed', async () => {
  const reading = createConnection();
  const [one, two] = await Promise.all([reading((db) => db), reading((db) => db)]);
  expect(two).toBe(one);
  const failure = reading((db) => db.get('nowhere' as 'meta', 'salt'));
  await expect(failure).rejects.toBeInstanceOf(StoreProblem);
  await expect(failure).rejects.toMatchObject({ problem: 'db-failed' });
  const three = await reading((db) => db);
  expect(three).not.toBe(one);
  for (const db of [one, three]) db.close();
});

test('newer database: told as such', async () => {
  const newer = indexedDB.open('linkwatch', 99);
  await new Promise((done) => (newer.onsuccess = done));
  newer.result.close();
  await expect(createConnection()((db) => db)).rejects.toMatchObject({ problem: 'db-newer' });
});

test('connection that gave way to a newer version: the next reading says so, and does not use it', async () => {
  const reading = createConnection();
  const one = await reading((db) => db);
  const newer = indexedDB.open(DB_NAME, 99);
  await new Promise((done) => (newer.onsuccess = done));
  newer.result.close();
  await expect(reading((db) => db)).rejects.toMatchObject({ problem: 'db-newer' });
  one.close();
});
