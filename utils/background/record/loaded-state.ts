import type { Health } from '../../model/health.ts';
import type { Session } from '../../model/session.ts';
import type { Settings } from '../../model/settings.ts';
import {
  LOGIN_STATE_STORES,
  loadWithoutLogins,
  readLogins,
} from '../../store/login-state-store.ts';
import { readHealth, readLastRestoredId, readSettings } from '../../store/meta.ts';
import { asStoreProblem, type Db } from '../../store/open.ts';
import type { LoginState } from '../../verdict/state/login-state.ts';

/** What the recorder keeps in memory of the database, beside the connection to it. */
export interface LoadedState {
  db: Db;
  /** Without its logins until `loadLogins`. */
  loginState: LoginState;
  hasLogins: boolean;
  sessions: Session[];
  /** As last stored. */
  health: Health;
  settings: Settings;
  /** Id of the last observation that the database took out of the pending queue. */
  lastRestoredId: string | undefined;
}

/** Opens a database; `onClosed` is told when the connection has gone. Rejects with StoreProblem. */
export type OpenDatabase = (onClosed: () => void) => Promise<Db>;

/** Loads the state, its logins left out, when it is first needed and keeps it, as a cache, until it is dropped or the connection has gone. */
export interface StateLoader {
  /** Rejects with StoreProblem. */
  load(): Promise<LoadedState>;
  /** Closes the connection and forgets the state, which may be ahead of the database after a failure. */
  drop(): void;
}

/** Makes a loader; nothing is opened yet. */
export function createStateLoader(open: OpenDatabase): StateLoader {
  let loading: Promise<LoadedState> | null = null;
  return {
    load() {
      if (loading) return loading;
      const forget = () => {
        if (loading === mine) loading = null;
      };
      const mine = loadState(open, forget);
      loading = mine;
      mine.catch(forget);
      return mine;
    },
    drop() {
      loading?.then(({ db }) => db.close()).catch(() => {});
      loading = null;
    },
  };
}

async function loadState(open: OpenDatabase, onClosed: () => void): Promise<LoadedState> {
  const db = await open(onClosed);
  try {
    const [loginState, sessions, health, settings, lastRestoredId] = await Promise.all([
      loadWithoutLogins(db.transaction(LOGIN_STATE_STORES)),
      db.getAll('sessions'),
      readHealth(db),
      readSettings(db),
      readLastRestoredId(db),
    ]);
    return { db, loginState, hasLogins: false, sessions, health, settings, lastRestoredId };
  } catch (error) {
    db.close();
    throw asStoreProblem(error);
  }
}

/** Loads the logins into a state, unless they are there. Rejects where the database fails. */
export async function loadLogins(state: LoadedState): Promise<void> {
  if (state.hasLogins) return;
  const { logins } = state.loginState;
  for (const login of await readLogins(state.db.transaction(LOGIN_STATE_STORES)))
    logins.set(login.id, login);
  state.hasLogins = true;
}
