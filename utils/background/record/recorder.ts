import type { PendingStorage } from '../../browser/pending-storage.ts';
import { HEALTHY, type Health, type Problem } from '../../model/health.ts';
import type { Observation } from '../../model/observation.ts';
import type { Session } from '../../model/session.ts';
import type { Settings } from '../../model/settings.ts';
import { clearRecords } from '../../store/clear-records.ts';
import { readSettings, writeSettings } from '../../store/meta.ts';
import { asStoreProblem, problemOf, type Db } from '../../store/open.ts';
import { readRecentIds } from '../../store/recent-ids.ts';
import type { LoginState, Tracking } from '../../verdict/state/login-state.ts';
import { logError } from '../tasks/log-error.ts';
import { SerialQueue } from '../tasks/serial-queue.ts';
import {
  createStateLoader,
  loadLogins,
  type LoadedState,
  type OpenDatabase,
  type StateLoader,
} from './loaded-state.ts';
import { createPendingQueue, type PendingQueue } from './pending-queue.ts';
import { storeBatch } from './store-batch.ts';

/** What a recorder needs of the browser. */
export interface RecorderPorts {
  open: OpenDatabase;
  /** Deletes the database, which cannot be used. */
  deleteDatabase(): Promise<void>;
  pendingStorage: PendingStorage;
  /** Called after anything was stored or put into the pending queue. */
  changed(): void;
}

/** The only writer of observations and of what follows from them. */
export interface Recorder {
  /**
   * Adds observations, in order; settles when they are stored, or saved in the pending queue, and tells whether a login or
   * an app has changed by that. What is added while a transaction runs goes into the next one. Traffic is passed by while
   * recording is paused. Never rejects. With none, tries again to store what is pending.
   */
  record(observations: Observation[]): Promise<boolean>;
  /**
   * Runs work that reads or writes the database, in turn with recording. Rejects with StoreProblem where the database
   * fails, else with what the work throws.
   */
  withStore<T>(work: (db: Db, loginState: LoginState) => Promise<T>): Promise<T>;
  /** The same for work that needs no login: it does not wait until all of them are loaded. */
  withTracking<T>(work: (db: Db, tracking: Tracking) => Promise<T>): Promise<T>;
  /** Replaces the sessions; those that stay the same object are not written. Rejects with StoreProblem. */
  editSessions(edit: (sessions: Session[]) => Session[]): Promise<void>;
  /** The tester's settings as stored. Rejects with StoreProblem. */
  settings(): Promise<Settings>;
  /** Changes those settings that are given. Rejects with StoreProblem. */
  editSettings(edit: Partial<Settings>): Promise<void>;
  /**
   * Forgets everything recorded, also what is pending. A database that fails is deleted. Rejects with StoreProblem.
   */
  clear(): Promise<void>;
  health(): Health;
  /** Whether what is recorded now is written at once: the database is open, and nothing is on its way to it. */
  isIdle(): boolean;
  /** Those of some ids (of observations) that are neither stored of late nor pending. Rejects with StoreProblem. */
  unknownOf(ids: readonly string[]): Promise<string[]>;
}

/** Makes a recorder. Memory is only a cache: whatever happens, the database and the pending queue are the truth. */
export function createRecorder(ports: RecorderPorts): Recorder {
  return new DatabaseRecorder(ports);
}

class DatabaseRecorder implements Recorder {
  readonly #tasks = new SerialQueue();
  readonly #loader: StateLoader;
  readonly #deleteDatabase: () => Promise<void>;
  readonly #pending: PendingQueue;
  readonly #changed: () => void;
  /** Observations that wait for the next flush. */
  #fresh: Observation[] = [];
  #problem: Problem | null = null;
  /** The database has taken a batch since it was opened. */
  #isOpen = false;
  /** What was last loaded, or made of it since. */
  #lastState: LoadedState | null = null;
  /** As the database last told it. */
  #storedHealth = HEALTHY;

  constructor({ open, deleteDatabase, pendingStorage, changed }: RecorderPorts) {
    this.#deleteDatabase = deleteDatabase;
    this.#loader = createStateLoader(open);
    this.#pending = createPendingQueue(pendingStorage);
    this.#changed = changed;
  }

  record(observations: Observation[]): Promise<boolean> {
    this.#fresh.push(...observations.filter((o) => this.#pending.accept(o)));
    return this.#tasks.add(() => this.#flush());
  }

  withStore<T>(work: (db: Db, loginState: LoginState) => Promise<T>): Promise<T> {
    return this.#onLoaded(async (state) => {
      await loadLogins(state);
      return work(state.db, state.loginState);
    });
  }

  withTracking<T>(work: (db: Db, tracking: Tracking) => Promise<T>): Promise<T> {
    return this.#onLoaded(({ db, loginState }) => work(db, loginState.tracking));
  }

  editSessions(edit: (sessions: Session[]) => Session[]): Promise<void> {
    return this.#onLoaded(async (state) => {
      const next = edit(state.sessions);
      const edited = next.filter((session) => !state.sessions.includes(session));
      await Promise.all(edited.map((session) => state.db.put('sessions', session)));
      state.sessions = next;
    });
  }

  settings(): Promise<Settings> {
    return this.#onLoaded(async ({ settings }) => settings);
  }

  editSettings(edit: Partial<Settings>): Promise<void> {
    return this.#onLoaded(async (state) => {
      const next = { ...(await readSettings(state.db)), ...edit };
      await writeSettings(state.db, next);
      state.settings = next;
    });
  }

  clear(): Promise<void> {
    return this.#tasks.add(async () => {
      await this.#pending.load();
      // A connection may have gone; only a database that fails once more is given up.
      await this.#clearDatabase()
        .catch(() => this.#clearDatabase())
        .catch((error: unknown) => {
          if (problemOf(error) !== 'db-failed') throw asStoreProblem(error);
          return this.#replaceDatabase();
        });
      this.#problem = null;
      this.#storedHealth = HEALTHY;
      this.#pending.release();
      await this.#finish();
    });
  }

  health(): Health {
    return {
      ...this.#storedHealth,
      problem: this.#problem,
      held: this.#pending.held().length,
      dropped: this.#storedHealth.dropped + this.#pending.lost(),
    };
  }

  isIdle(): boolean {
    return this.#isOpen && this.#tasks.isIdle;
  }

  unknownOf(ids: readonly string[]): Promise<string[]> {
    return this.#onLoaded(async ({ db }) => {
      await this.#pending.load();
      const known = new Set(this.#pending.held().map((o) => o.id));
      for (const id of await readRecentIds(db)) known.add(id);
      return ids.filter((id) => !known.has(id));
    });
  }

  /** Deletes the database, and begins another with the settings and the pause that were last known, if any were. */
  async #replaceDatabase(): Promise<void> {
    const last = this.#lastState;
    await this.#deleteDatabase();
    if (!last) return;
    try {
      const { db } = await this.#load();
      await writeSettings(db, last.settings);
      await clearRecords(db, last.loginState.tracking, this.#lastHeldId());
    } catch (error) {
      // What is recorded next tells that the database fails still.
      logError(error);
    } finally {
      this.#loader.drop();
    }
  }

  async #clearDatabase(): Promise<void> {
    try {
      const { db, loginState } = await this.#load();
      await clearRecords(db, loginState.tracking, this.#lastHeldId());
    } finally {
      // The next turn begins with what is left.
      this.#loader.drop();
    }
  }

  #lastHeldId(): string | undefined {
    return this.#pending.held().at(-1)?.id;
  }

  async #load(): Promise<LoadedState> {
    const state = await this.#loader.load();
    this.#lastState = state;
    this.#storedHealth = state.health;
    return state;
  }

  /** Runs work on what is loaded, in turn; after a failure memory may be ahead of the database, so it is dropped. */
  #onLoaded<T>(work: (state: LoadedState) => Promise<T>): Promise<T> {
    return this.#tasks.add(async () => {
      const state = await this.#load();
      try {
        return await work(state);
      } catch (error) {
        this.#loader.drop();
        throw asStoreProblem(error);
      }
    });
  }

  /**
   * Stores everything that is pending and new, or keeps it pending where the database fails. Tells whether a login or an app
   * has changed.
   */
  async #flush(): Promise<boolean> {
    await this.#pending.load();
    const observations = this.#fresh;
    this.#fresh = [];
    if (!observations.length && !this.#pending.held().length && !this.#pending.lost()) return false;
    let isChanged = false;
    try {
      const loader = { load: () => this.#load(), drop: () => this.#loader.drop() };
      const stored = await storeBatch(loader, this.#pending, observations);
      this.#storedHealth = stored.health;
      this.#isOpen = true;
      isChanged = stored.isChanged;
      this.#problem = null;
      this.#pending.release();
    } catch (error) {
      this.#loader.drop();
      this.#isOpen = false;
      this.#problem = problemOf(error);
      this.#pending.hold(observations);
    }
    await this.#finish();
    return isChanged;
  }

  /** Saves the pending queue, and tells of the change. */
  async #finish(): Promise<void> {
    await this.#pending.save(this.health());
    try {
      this.#changed();
    } catch (error) {
      logError(error);
    }
  }
}
