import { beforeEach, expect, test, vi } from 'vitest';
import type { Login } from '../../../utils/model/login.ts';
import { toStoredLogin } from '../../../utils/store/login-state-store.ts';
import { PIECE } from '../../../utils/store/read-in-pieces.ts';
import { createRecordsReader } from '../../../utils/store/read-records.ts';
import { replay } from '../../../utils/verdict/reduce.ts';
import { exchange, firstLogin, me, T0 } from '../fixtures.ts';
import { freshProfile, onStore } from './database.ts';

beforeEach(freshProfile);

test.each([0, 1, PIECE, PIECE + 1, 2 * PIECE + 1])(
  'records: all of %i rows are read, in order, no more than a piece at once',
  async (count) => {
    const read = vi.spyOn(IDBObjectStore.prototype, 'getAll');
    const { rows, loginState } = await onStore(async (db) => {
      const like = me(T0);
      const [login] = loginsOfOne();
      const tx = db.transaction(['observations', 'logins'], 'readwrite');
      for (let i = 0; i < count; i += 1) {
        void tx.objectStore('observations').add({ ...like, id: `o${i}`, session: 's' } as never);
        const row = { ...login, id: `l${(i * 7919) % 10_007}`, ordinal: i };
        void tx.objectStore('logins').put(toStoredLogin({ apps: new Map() }, row));
      }
      await tx.done;
      return createRecordsReader()(db);
    });
    expect(rows.map((row) => row.id)).toEqual(Array.from({ length: count }, (_, i) => `o${i}`));
    expect([...loginState.logins.values()].map((l) => l.ordinal)).toEqual(
      Array.from({ length: count }, (_, i) => i),
    );
    const ofMany = read.mock.contexts.flatMap((store, i) =>
      store instanceof IDBObjectStore && ['observations', 'logins'].includes(store.name)
        ? [read.mock.calls[i]?.[1]]
        : [],
    );
    expect(ofMany.length).toBeGreaterThan(0);
    for (const most of ofMany) expect(most).toBe(PIECE);
    read.mockRestore();
  },
);

/** A login out of the judgement itself. */
function loginsOfOne(): [Login] {
  const { logins } = replay([...firstLogin(T0), exchange(T0 + 4000)]);
  const [login] = logins.values();
  if (!login) throw new Error('no login');
  return [login];
}
