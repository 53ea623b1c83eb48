import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { LinkwatchDb } from './schema.ts';

type Tx = IDBPTransaction<LinkwatchDb, StoreNames<LinkwatchDb>[], 'versionchange'>;

/** Each step takes the database from the version before it to its own; steps are never edited once released. */
export const MIGRATIONS: readonly ((db: IDBPDatabase<LinkwatchDb>, tx: Tx) => void)[] = [
  // 1: the first layout
  (db) => {
    const observations = db.createObjectStore('observations', {
      keyPath: 'seq',
      autoIncrement: true,
    });
    observations.createIndex('session', 'session');
    const logins = db.createObjectStore('logins', { keyPath: 'id' });
    for (const name of ['standing', 'passed', 'newest'] as const)
      logins.createIndex(name, `index.${name}`);
    logins.createIndex('site', 'site');
    db.createObjectStore('apps', { keyPath: 'clientId' });
    db.createObjectStore('sessions', { keyPath: 'id' });
    db.createObjectStore('notices', { keyPath: 'id' });
    db.createObjectStore('meta');
  },
];

/** The version that the last step leads to. */
export const DB_VERSION = MIGRATIONS.length;

/** Runs the steps from one version to another, in order. */
export function migrate(
  db: IDBPDatabase<LinkwatchDb>,
  from: number,
  tx: Tx,
  to: number = DB_VERSION,
): void {
  for (const step of MIGRATIONS.slice(from, to)) step(db, tx);
}
