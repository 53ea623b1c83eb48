import { openDB, type IDBPDatabase } from 'idb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DB_VERSION, migrate, MIGRATIONS } from '../../../utils/store/migrations.ts';
import { openStore, problemOf } from '../../../utils/store/open.ts';
import { DB_NAME, type LinkwatchDb } from '../../../utils/store/schema.ts';
import { freshProfile } from './database.ts';

beforeEach(freshProfile);

type Untyped = IDBPDatabase<unknown>;

/** What a step must do with the database of the version before it. */
interface Proof {
  /** Puts rows of the version before into it. */
  fill(db: Untyped): Promise<void>;
  /** Says that the layout is right and, where it was filled, that the rows are kept. */
  check(db: Untyped, filled: boolean): Promise<void>;
}

const shape = (db: Untyped) =>
  Object.fromEntries(
    [...db.objectStoreNames].map((name) => {
      const { keyPath, autoIncrement, indexNames } = db.transaction(name).store;
      return [name, [keyPath, autoIncrement, ...indexNames].join(' ')];
    }),
  );

/** By the version that a step leads to. */
const PROOFS: Record<number, Proof> = {
  1: {
    fill: async () => {},
    async check(db) {
      expect(shape(db)).toEqual({
        apps: 'clientId false',
        logins: 'id false newest passed site standing',
        meta: ' false',
        notices: 'id false',
        observations: 'seq true session',
        sessions: 'id false',
      });
    },
  },
};

const openAt = (version: number) =>
  openDB<LinkwatchDb>(DB_NAME, version, {
    upgrade: (db, from, _to, tx) => migrate(db, from, tx, version),
  }) as unknown as Promise<Untyped>;

describe('migrations', () => {
  test('every step has its proof', () => {
    expect(Object.keys(PROOFS).map(Number)).toEqual(MIGRATIONS.map((_, i) => i + 1));
    expect(DB_VERSION).toBe(MIGRATIONS.length);
  });

  const steps = MIGRATIONS.flatMap((_, i) => [
    [i + 1, 'empty', false] as const,
    [i + 1, 'filled', true] as const,
  ]);
  test.each(steps)('to version %i from a database that is %s', async (version, _name, filled) => {
    const proof = PROOFS[version];
    if (version > 1) {
      const before = await openAt(version - 1);
      if (filled) await proof?.fill(before);
      before.close();
    }
    const after = await openAt(version);
    expect(after.version).toBe(version);
    await proof?.check(after, filled);
    after.close();
  });

  test('no step runs twice', () =>
    expect(() => migrate(null as never, DB_VERSION, null as never)).not.toThrow());

  test('all steps at once give the same layout as one by one', async () => {
    for (let v = 1; v <= DB_VERSION; v++) (await openAt(v)).close();
    const oneByOne = await openStore();
    const layout = shape(oneByOne as unknown as Untyped);
    oneByOne.close();
    freshProfile();
    const atOnce = await openStore();
    expect(shape(atOnce as unknown as Untyped)).toEqual(layout);
    atOnce.close();
  });

  test('step that fails: the database stays as it was', async () => {
    const before = await openAt(DB_VERSION);
    await before.put('meta', 'salt', 'salt');
    before.close();
    const broken = openDB(DB_NAME, DB_VERSION + 1, {
      upgrade(db, _from, _to, tx) {
        tx.done.catch(() => {});
        db.createObjectStore('half');
        throw new Error('broken step');
      },
    });
    await expect(broken).rejects.toThrow('');
    const after = await openStore();
    expect(after.version).toBe(DB_VERSION);
    expect([...after.objectStoreNames]).not.toContain('half');
    expect(await after.get('meta', 'salt')).toBe('salt');
    after.close();
  });
});

describe('opening the database', () => {
  test('newer database: a problem with a name, nothing is changed', async () => {
    const newer = await openDB(DB_NAME, DB_VERSION + 1, {
      upgrade: (db) => void db.createObjectStore('later'),
    });
    newer.close();
    await expect(openStore()).rejects.toMatchObject({ problem: 'db-newer' });
    const again = await openDB(DB_NAME);
    expect([...again.objectStoreNames]).toEqual(['later']);
    again.close();
  });

  test('newer version that opens it: the older connection closes and says so', async () => {
    let closed = 0;
    const db = await openStore(() => (closed += 1));
    const newer = await openDB(DB_NAME, DB_VERSION + 1, {
      blocked: () => expect.unreachable(),
    });
    expect(closed).toBe(1);
    expect(() => db.transaction('logins')).toThrow(DOMException);
    newer.close();
  });

  test('first opening that fails: told, and tried again from nothing', async () => {
    const create = vi.spyOn(IDBDatabase.prototype, 'createObjectStore');
    create.mockImplementationOnce(() => {
      throw new DOMException('', 'UnknownError');
    });
    await expect(openStore()).rejects.toMatchObject({ problem: 'db-failed' });
    create.mockRestore();
    const db = await openStore();
    expect(await db.count('observations')).toBe(0);
    db.close();
  });

  test.each([
    ['VersionError', 'db-newer'],
    ['QuotaExceededError', 'db-full'],
    ['UnknownError', 'db-failed'],
  ])('%s is told as %s', (name, problem) =>
    expect(problemOf(new DOMException('', name))).toBe(problem),
  );
  test('any other error is told as a failure', () => expect(problemOf('?')).toBe('db-failed'));
});
