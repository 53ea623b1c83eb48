import type { LoginState } from '../verdict/login-state.ts';
import type { Observation } from '../model/observation.ts';
import { clearRecords } from '../store/clear-records.ts';
import { reduceBatch, UnreadableObservation } from './reduce-batch.ts';
import { createPendingQueue, type PendingStorage } from './pending-queue.ts';
import { LOGIN_STATE_STORES, loadLoginState, saveBatch } from '../store/login-state-store.ts';
import { readHealth } from '../store/meta.ts';
import { asStoreProblem, problemOf, type Db } from '../store/open.ts';
import { HEALTHY, type Health, type Problem } from '../model/health.ts';
import type { Session } from '../model/session.ts';

export interface RecorderPorts {
  open(onClosed: () => void): Promise<Db>;
  pendingStorage: PendingStorage;
  /** Told after anything was stored or held aside. */
  changed(): void;
}

/** The only writer of observations and of what follows from them. */
export interface Recorder {
  /**
   * Adds observations, in order; settles when they are stored, or held aside. Never rejects. With none, tries again to
   * store what is held.
   */
  record(observations: Observation[]): Promise<void>;
  /**
   * Runs work that reads or writes the database, in turn with recording. Rejects with StoreProblem where the database
   * fails, else with what the work throws.
   */
  withStore<T>(work: (db: Db, loginState: LoginState) => Promise<T>): Promise<T>;
  /** Replaces the sessions; those that stay the same object are not written. Rejects with StoreProblem. */
  editSessions(edit: (sessions: Session[]) => Session[]): Promise<void>;
  /** Forgets everything recorded, also what is held aside. Rejects with StoreProblem. */
  clear(): Promise<void>;
  health(): Health;
}

interface Loaded {
  db: Db;
  loginState: LoginState;
  sessions: Session[];
  lastRestoredId: string | undefined;
}

/** Makes a recorder. Memory is only a cache: whatever happens, the database and what is held aside are the truth. */
export function createRecorder(ports: RecorderPorts): Recorder {
  let loading: Promise<Loaded> | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let pending: Observation[] = [];
  const holding = createPendingQueue(ports.pendingStorage);
  let problem: Problem | null = null;
  /** As the database last told it. */
  let stored: Health = { ...HEALTHY };
  const health = (): Health => ({
    ...stored,
    problem,
    held: holding.held().length,
    dropped: stored.dropped + holding.lost(),
  });

  /** Closes the connection and forgets the loginState, which may be ahead of the database. */
  const drop = () => {
    void loading?.then(({ db }) => db.close()).catch(() => {});
    loading = null;
  };
  const load = async (onClosed: () => void): Promise<Loaded> => {
    const db = await ports.open(onClosed);
    try {
      const [loginState, sessions, known, lastRestoredId] = await Promise.all([
        loadLoginState(db.transaction(LOGIN_STATE_STORES)),
        db.getAll('sessions'),
        readHealth(db),
        db.get('meta', 'lastRestoredId') as Promise<string | undefined>,
      ]);
      stored = known;
      return { db, loginState, sessions, lastRestoredId };
    } catch (error) {
      db.close();
      throw asStoreProblem(error);
    }
  };
  const loaded = (): Promise<Loaded> => {
    if (loading) return loading;
    const forget = () => {
      if (loading === mine) loading = null;
    };
    const mine = load(forget);
    loading = mine;
    mine.catch(forget);
    return mine;
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => {});
    return result;
  };
  /** Runs work on what is loaded, in turn; after a failure memory may be ahead of the database, so it is forgotten. */
  const onLoaded = <T>(work: (state: Loaded) => Promise<T>): Promise<T> =>
    inTurn(async () => {
      const state = await loaded();
      try {
        return await work(state);
      } catch (error) {
        drop();
        throw asStoreProblem(error);
      }
    });
  const tell = () => {
    try {
      ports.changed();
    } catch (error) {
      console.error(error);
    }
  };

  /** Stores what is held and what is new, in one go. One that the judgement cannot read is stored without it. */
  async function store(fresh: readonly Observation[]): Promise<void> {
    const unread = new Set<Observation>();
    for (;;) {
      const state = await loaded();
      holding.skipRestored(state.lastRestoredId);
      const held = holding.held();
      try {
        const batch = reduceBatch(state.loginState, state.sessions, [...held, ...fresh], unread);
        const dropped = holding.lost() + unread.size;
        await saveBatch(state.db, state.loginState, batch, {
          dropped,
          lastRestoredId: held.at(-1)?.id,
        });
        state.sessions = batch.sessions;
        stored = { ...stored, dropped: stored.dropped + dropped };
        return;
      } catch (error) {
        if (!(error instanceof UnreadableObservation)) throw error;
        unread.add(error.observation);
        console.error(error);
        drop();
      }
    }
  }

  async function flush(): Promise<void> {
    await holding.load();
    const fresh = pending;
    pending = [];
    if (fresh.length || holding.held().length || holding.lost()) {
      try {
        await store(fresh);
        problem = null;
        holding.release();
      } catch (error) {
        drop();
        problem = problemOf(error);
        holding.hold(fresh);
      }
      await holding.write(health());
      tell();
    }
  }

  return {
    record(observations) {
      pending.push(...observations.filter((o) => holding.accept(o)));
      return inTurn(flush);
    },
    withStore: (work) => onLoaded(({ db, loginState }) => work(db, loginState)),
    editSessions: (edit) =>
      onLoaded(async (state) => {
        const next = edit(state.sessions);
        const changed = next.filter((s) => !state.sessions.includes(s));
        await Promise.all(changed.map((s) => state.db.put('sessions', s)));
        state.sessions = next;
      }),
    clear: () =>
      onLoaded(async ({ db, loginState }) => {
        await clearRecords(db, loginState.tracking);
        drop();
        await holding.load();
        problem = null;
        stored = { ...HEALTHY };
        holding.release();
        await holding.write(health());
        tell();
      }),
    health,
  };
}
