import { openStore, StoreProblem, type Db } from './open.ts';

/** Runs work that reads the database on a page's own connection. Rejects with StoreProblem. */
export type Connection = <T>(work: (db: Db) => T | Promise<T>) => Promise<T>;

/** Makes a connection that is opened when it is first needed, and again after it was closed or reading failed. */
export function createConnection(): Connection {
  let opening: Promise<Db> | null = null;
  const forget = () => {
    opening = null;
  };
  return async (work) => {
    try {
      return await work(await (opening ??= openStore(forget)));
    } catch (error) {
      forget();
      throw error instanceof StoreProblem ? error : new StoreProblem('db-failed', error);
    }
  };
}
