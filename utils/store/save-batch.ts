import type { IDBPObjectStore, IDBPTransaction } from 'idb';
import type { StoredObservation } from '../model/observation.ts';
import type { Session } from '../model/session.ts';
import type { LoginState, StateChange } from '../verdict/state/login-state.ts';
import { toStoredLogin } from './login-state-store.ts';
import { healthOf } from './meta.ts';
import type { Db } from './open.ts';
import type { LinkwatchDb } from './schema.ts';

/** What a batch of observations adds to the database. */
export interface Batch {
  rows: StoredObservation[];
  changes: StateChange[];
  /** All sessions there are now. */
  sessions: Session[];
  /** Those of them that are new, or that a new one ended. */
  changedSessions: Session[];
}

/** What is stored along with a batch. */
export interface BatchExtras {
  /** Observations lost since the database last took a batch. */
  dropped: number;
  /** Id of the last observation of the batch that came out of the pending queue. */
  lastRestoredId: string | undefined;
}

/** What each connection last stored of the tracking, as text: most calls leave it as it is. */
const storedTracking = new WeakMap<Db, string>();

const STORES = ['observations', 'logins', 'apps', 'sessions', 'meta'] as const;
type WriteTransaction = IDBPTransaction<LinkwatchDb, typeof STORES, 'readwrite'>;

/**
 * Stores observations and all that they changed, in one transaction: after it, the worker may die.
 * Stores everything or nothing; rejects with the error that tells most.
 */
export async function saveBatch(
  db: Db,
  loginState: LoginState,
  batch: Batch,
  extras: BatchExtras = { dropped: 0, lastRestoredId: undefined },
): Promise<void> {
  const tx = db.transaction(STORES, 'readwrite');
  const writes: Promise<unknown>[] = [tx.done];
  const tracking = JSON.stringify(loginState.tracking);
  try {
    writes.push(...writeObservations(tx.objectStore('observations'), batch));
    if (tracking !== storedTracking.get(db))
      writes.push(tx.objectStore('meta').put(loginState.tracking, 'track'));
    writes.push(...writeLogins(tx, loginState, batch.changes));
    for (const session of batch.changedSessions)
      writes.push(tx.objectStore('sessions').put(session));
    writes.push(...writeExtras(tx, extras));
    // Where nothing is read first, the browser need not ask whether more will come: it commits even if the worker ends now.
    if (!extras.dropped && !batch.changes.some((change) => change.attached.size)) tx.commit();
  } catch (error) {
    // What was already asked for would be committed without the rest.
    writes.push(Promise.reject(error));
    tx.abort();
  }
  const failures = (await Promise.allSettled(writes)).flatMap((write) =>
    write.status === 'rejected' ? [write.reason as unknown] : [],
  );
  if (failures.length) throw causeOf(failures);
  storedTracking.set(db, tracking);
}

/** Of a transaction's errors the cause: an aborted one fails every request of its own with an AbortError. */
function causeOf(errors: unknown[]): unknown {
  return errors.find((e) => !(e instanceof Error && e.name === 'AbortError')) ?? errors[0];
}

type ObservationStore = IDBPObjectStore<LinkwatchDb, typeof STORES, 'observations', 'readwrite'>;

function writeObservations(store: ObservationStore, batch: Batch): Promise<unknown>[] {
  const attached = new Map(batch.changes.flatMap((change) => [...change.attached]));
  return batch.rows.map((row, i) => {
    const added = store.add(row);
    // Once the first is there, so are the others, which were asked for before that.
    return i === 0 && attached.size ? added.then((seq) => attachRows(store, attached, seq)) : added;
  });
}

/** How far back, in rows, an observation that has found its login may lie. */
const ATTACHABLE_ROWS = 500;

/**
 * Notes on rows the login that they have found since, or that they have lost it: on those of the batch, of which `seq` is the
 * first, and on those before it.
 */
async function attachRows(
  store: ObservationStore,
  attached: ReadonlyMap<string, string | null>,
  seq: number,
): Promise<void> {
  for (const row of await store.getAll(IDBKeyRange.lowerBound(seq - ATTACHABLE_ROWS))) {
    const loginId = attached.get(row.id);
    if (loginId === undefined) continue;
    const { loginId: _lost, ...bare } = row;
    await store.put(loginId ? { ...bare, loginId } : bare);
  }
}

function writeLogins(
  tx: WriteTransaction,
  { logins, apps }: LoginState,
  changes: readonly StateChange[],
): Promise<unknown>[] {
  const writes: Promise<unknown>[] = [];
  for (const id of new Set(changes.flatMap((change) => [...change.logins]))) {
    const login = logins.get(id);
    if (login) writes.push(tx.objectStore('logins').put(toStoredLogin({ apps }, login)));
  }
  for (const id of new Set(changes.flatMap((change) => [...change.apps]))) {
    const app = apps.get(id);
    if (app) writes.push(tx.objectStore('apps').put(app));
  }
  return writes;
}

function writeExtras(tx: WriteTransaction, extras: BatchExtras): Promise<unknown>[] {
  const { dropped, lastRestoredId } = extras;
  const meta = tx.objectStore('meta');
  const writes: Promise<unknown>[] = [];
  if (lastRestoredId) writes.push(meta.put(lastRestoredId, 'lastRestoredId'));
  if (dropped)
    writes.push(
      meta.get('health').then((stored) => {
        const health = healthOf(stored);
        return meta.put({ ...health, dropped: health.dropped + dropped }, 'health');
      }),
    );
  return writes;
}
