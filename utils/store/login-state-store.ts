import type { IDBPObjectStore, IDBPTransaction, StoreNames } from 'idb';
import { appOf } from '../model/app.ts';
import { deadlineOf } from '../verdict/deadline.ts';
import { HEALTHY, type Health } from '../model/health.ts';
import { createLoginState, type LoginState, type Tracking } from '../verdict/login-state.ts';
import type { Login } from '../model/login.ts';
import { loginStatus } from '../verdict/verdict.ts';
import type { Batch } from '../background/reduce-batch.ts';
import type { Db } from './open.ts';
import type { LinkwatchDb, LoginRow } from './schema.ts';

/** A login with what it is found by. */
export function toLoginRow(loginState: LoginState, login: Login): LoginRow {
  const app = appOf(loginState, login.clientId);
  const standing = loginStatus(login, app);
  const deadline = deadlineOf(login, app);
  return {
    ...login,
    index: {
      standing: [standing, deadline],
      passed: [standing, -deadline],
      newest: [standing, -login.loggedInAt],
    },
  };
}

/** Where the loginState is kept. */
export const LOGIN_STATE_STORES: StoreNames<LinkwatchDb>[] = ['logins', 'apps', 'meta'];

/** A transaction that reaches the stores the loginState is kept in. */
type Reading = IDBPTransaction<LinkwatchDb, StoreNames<LinkwatchDb>[], 'readonly'>;

/** Reads the state of the judgement as it was last stored. */
export async function loadLoginState(tx: Reading): Promise<LoginState> {
  const [logins, apps, track] = await Promise.all([
    tx.objectStore('logins').index('ordinal').getAll(),
    tx.objectStore('apps').getAll(),
    tx.objectStore('meta').get('track') as Promise<Tracking | undefined>,
  ]);
  const loginState = createLoginState();
  for (const { index: _by, ...login } of logins) loginState.logins.set(login.id, login);
  for (const app of apps) loginState.apps.set(app.clientId, app);
  if (track) loginState.tracking = { ...loginState.tracking, ...track };
  return loginState;
}

/** What is stored along with a batch. */
export interface BatchExtras {
  /** Observations lost since the database last took a batch. */
  dropped: number;
  /** Id of the last observation of the batch that was held aside. */
  lastRestoredId: string | undefined;
}

/**
 * Stores observations and all that they changed, in one transaction: after it, the worker may die.
 * Stores everything or nothing; rejects with the error that tells most.
 */
export async function saveBatch(
  db: Db,
  loginState: LoginState,
  batch: Batch,
  along: BatchExtras = { dropped: 0, lastRestoredId: undefined },
): Promise<void> {
  const stores = ['observations', 'logins', 'apps', 'sessions', 'meta'] as const;
  const tx = db.transaction(stores, 'readwrite');
  const meta = tx.objectStore('meta');
  const writes: Promise<unknown>[] = [tx.done];
  try {
    const observations = tx.objectStore('observations');
    const adopted = new Map(batch.changes.flatMap((c) => [...c.attached]));
    for (const row of batch.rows) {
      const adding = observations.add(row);
      writes.push(adding);
      // Its own rows know already: only what came before has to be found again.
      if (row === batch.rows[0] && adopted.size)
        writes.push(adding.then((seq) => placeAdopted(observations, adopted, seq)));
    }
    for (const id of new Set(batch.changes.flatMap((c) => [...c.logins]))) {
      const login = loginState.logins.get(id);
      if (login) writes.push(tx.objectStore('logins').put(toLoginRow(loginState, login)));
    }
    for (const id of new Set(batch.changes.flatMap((c) => [...c.apps]))) {
      const app = loginState.apps.get(id);
      if (app) writes.push(tx.objectStore('apps').put(app));
    }
    for (const s of batch.changedSessions) writes.push(tx.objectStore('sessions').put(s));
    writes.push(meta.put(loginState.tracking, 'track'));
    if (along.lastRestoredId) writes.push(meta.put(along.lastRestoredId, 'lastRestoredId'));
    if (along.dropped)
      writes.push(
        meta.get('health').then((stored) => {
          const health = { ...HEALTHY, ...(stored as Partial<Health>) };
          return meta.put({ ...health, dropped: health.dropped + along.dropped }, 'health');
        }),
      );
  } catch (error) {
    // What was already asked for would be committed without the rest.
    writes.push(Promise.reject(error));
    tx.abort();
  }
  const failed = (await Promise.allSettled(writes)).flatMap((w) =>
    w.status === 'rejected' ? [w.reason as unknown] : [],
  );
  if (failed.length) throw tellingMost(failed);
}

/** Of a transaction's errors the cause: an aborted one fails every request of its with an AbortError. */
function tellingMost(errors: unknown[]): unknown {
  return errors.find((e) => !(e instanceof Error && e.name === 'AbortError')) ?? errors[0];
}

/** How far back an observation that has found its login may lie. */
const ADOPTABLE_ROWS = 500;

type Observations = IDBPObjectStore<
  LinkwatchDb,
  ArrayLike<StoreNames<LinkwatchDb>>,
  'observations',
  'readwrite'
>;

/** Notes on rows before `seq` the login that they have found since. */
async function placeAdopted(
  observations: Observations,
  adopted: ReadonlyMap<string, string>,
  seq: number,
): Promise<void> {
  for (const row of await observations.getAll(IDBKeyRange.lowerBound(seq - ADOPTABLE_ROWS))) {
    const loginId = adopted.get(row.id);
    if (loginId) await observations.put({ ...row, loginId });
  }
}
