import type { DBSchema } from 'idb';
import type { App } from '../model/app.ts';
import type { Health } from '../model/health.ts';
import type { Login } from '../model/login.ts';
import type { StoredObservation } from '../model/observation.ts';
import type { Session } from '../model/session.ts';
import type { Settings } from '../model/settings.ts';
import type { loginStatus } from '../verdict/decide/verdict.ts';
import type { Tracking } from '../verdict/state/login-state.ts';

/** The database's name in IndexedDB. */
export const DB_NAME = 'linkwatch';

/** A login as it is stored: what the judgement made of it, and the keys it is found by. */
export type StoredLogin = Login & {
  /**
   * Its keys in three indexes: the login's status with its deadline, with the negated deadline, and with the negated
   * instant of the login (epoch ms). An index is read from its smallest key, so a negated instant reads newest first.
   */
  index: Record<'standing' | 'passed' | 'newest', [ReturnType<typeof loginStatus>, number]>;
};

/** An alert that was shown, so that it is shown once. */
interface Notice {
  id: string;
  at: number;
}

/** Single values by name. */
interface Meta {
  track: Tracking;
  settings: Settings;
  health: Health;
  /** Hex. Hashes of user ids are made with it and are worthless without it. */
  salt: string;
  /** Epoch ms of the last finished retention run. */
  prunedAt: number;
  /** Id of the last observation that came out of the pending queue. */
  lastRestoredId: string;
}

/** The database's stores: keys, values, indexes. */
export interface LinkwatchDb extends DBSchema {
  observations: {
    key: number;
    value: StoredObservation;
    indexes: { session: string };
  };
  logins: {
    key: string;
    value: StoredLogin;
    indexes: {
      standing: [string, number];
      passed: [string, number];
      newest: [string, number];
      site: string;
    };
  };
  apps: { key: string; value: App };
  sessions: { key: string; value: Session };
  notices: { key: string; value: Notice };
  meta: { key: keyof Meta; value: Meta[keyof Meta] };
}
