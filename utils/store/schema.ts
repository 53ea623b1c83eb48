import type { DBSchema } from 'idb';
import type { Tracking } from '../verdict/login-state.ts';
import type { App, Login } from '../model/login.ts';
import type { Observation } from '../model/observation.ts';
import type { loginStatus } from '../verdict/verdict.ts';
import type { Health, Settings } from './popup-data.ts';

export const DB_NAME = 'linkwatch';

/** An observation as stored, in order of arrival. */
export type ObservationRow = Observation & {
  /** Assigned by the database. */
  seq?: number;
  /** The login it was placed on; absent where none. */
  loginId?: string;
  /** The judgement could not read it: it is kept, and counted as dropped. */
  unread?: true;
  session: string;
};

/** A login as stored: what the fold made of it, and what it is found by. */
export type LoginRow = Login & {
  /**
   * Its key in three indexes: its standing, with the deadline and, negated, the deadline and the login (epoch ms). An
   * index is read from its smallest key, and most are wanted newest first.
   */
  index: Record<'standing' | 'passed' | 'newest', [ReturnType<typeof loginStatus>, number]>;
};

/** A named stretch of testing. Epoch ms. */
export interface Session {
  id: string;
  name: string;
  startedAt: number;
  endedAt: number | null;
  tester: string;
  build: string;
  /** Which system was tested, such as staging; absent where the tester did not say. */
  environment?: string;
  notes: string;
  /** It goes on when the day ends. */
  held?: boolean;
}

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
  /** Id of the last observation that came out of what was held aside. */
  lastRestoredId: string;
}

export interface LinkwatchDb extends DBSchema {
  observations: {
    key: number;
    value: ObservationRow;
    indexes: { session: string };
  };
  logins: {
    key: string;
    value: LoginRow;
    indexes: {
      ordinal: number;
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
