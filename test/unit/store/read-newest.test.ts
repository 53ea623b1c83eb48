import { beforeEach, expect, test } from 'vitest';
import type { Session } from '../../../utils/model/session.ts';
import { toStoredLogin } from '../../../utils/store/login-state-store.ts';
import { readNewest } from '../../../utils/store/read-newest.ts';
import { replay } from '../../../utils/verdict/reduce.ts';
import { exchange, firstLogin, me, T0 } from '../fixtures.ts';
import { freshProfile, onStore } from './database.ts';

beforeEach(freshProfile);

const session = (id: string, startedAt: number): Session => ({
  id,
  name: id,
  startedAt,
  endedAt: null,
  tester: '',
  build: '',
  notes: '',
});

/** Reads the newest of so many observations of two sessions in turn, each of a login of its own. */
function newestOf(count: number) {
  return onStore(async (db) => {
    const [login] = replay([...firstLogin(T0), exchange(T0 + 4000)]).logins.values();
    if (!login) throw new Error('no login');
    const tx = db.transaction(['observations', 'logins', 'sessions'], 'readwrite');
    for (let i = 0; i < count; i += 1) {
      const row = { ...me(T0), id: `o${i}`, session: i % 2 ? 'late' : 'early', loginId: `l${i}` };
      void tx.objectStore('observations').add(row);
      const stored = { ...login, id: `l${i}`, ordinal: i };
      void tx.objectStore('logins').put(toStoredLogin({ apps: new Map() }, stored));
    }
    const unread = {
      ...me(T0),
      id: 'unread',
      session: 'late',
      loginId: 'l1',
      unread: true as const,
    };
    if (count > 20) void tx.objectStore('observations').add(unread);
    void tx.objectStore('sessions').put(session('late', T0));
    void tx.objectStore('sessions').put(session('early', T0 - 1));
    await tx.done;
    return readNewest(db, { many: 20, latest: 10 });
  });
}

test('newest: little is not read apart from the rest', async () => {
  expect(await newestOf(20)).toBeNull();
});

test('newest of much: the latest logins of the latest session, and what is of them', async () => {
  const newest = await newestOf(21);
  const ids = [...(newest?.loginState.logins.keys() ?? [])];
  expect(ids).toEqual(['l13', 'l15', 'l17', 'l19']);
  expect(newest?.rows.map((row) => row.loginId)).toEqual(ids);
  expect(newest?.sessions.map((s) => s.id)).toEqual(['early', 'late']);
});
