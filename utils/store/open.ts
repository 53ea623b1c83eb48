import { deleteDB, openDB, type IDBPDatabase } from 'idb';
import type { Problem } from '../model/health.ts';
import { DB_VERSION, migrate } from './migrations.ts';
import { DB_NAME, type LinkwatchDb } from './schema.ts';

/** The open database. */
export type Db = IDBPDatabase<LinkwatchDb>;

/** The database cannot be used; `problem` names the reason, which the pages show. */
export class StoreProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem, cause: unknown) {
    super(problem, { cause });
    this.problem = problem;
  }
}

/** The reason behind an IndexedDB error. */
export function problemOf(error: unknown): Problem {
  if (error instanceof StoreProblem) return error.problem;
  const name = error instanceof Error ? error.name : '';
  if (name === 'VersionError') return 'db-newer';
  return name === 'QuotaExceededError' ? 'db-full' : 'db-failed';
}

/** Turns an IndexedDB error into the StoreProblem that names it; leaves every other error as it is. */
export function asStoreProblem(error: unknown): unknown {
  return error instanceof DOMException ? new StoreProblem(problemOf(error), error) : error;
}

/**
 * Opens the database and brings it to this version. Gives way to a newer version in another tab by closing.
 * `onClosed` is told when the connection has gone. Throws StoreProblem.
 */
export async function openStore(onClosed: () => void = () => {}): Promise<Db> {
  try {
    return await openDB<LinkwatchDb>(DB_NAME, DB_VERSION, {
      upgrade(db, from, _to, tx) {
        tx.done.catch(() => {}); // opening itself rejects then
        migrate(db, from, tx);
      },
      blocking: (_current, _blocked, event) => {
        (event.target as IDBDatabase).close();
        onClosed();
      },
      terminated: onClosed,
    });
  } catch (error) {
    throw new StoreProblem(problemOf(error), error);
  }
}

/** Deletes the whole database, settings included. Rejects where the browser cannot. */
export function deleteStore(): Promise<void> {
  return deleteDB(DB_NAME);
}
