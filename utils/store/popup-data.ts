import type { App, Login } from '../model/login.ts';

/** What the tester can set. */
export interface Settings {
  /** Observations older than this are pruned. */
  retentionDays: number;
  /** At most this many observations are kept. */
  retentionCount: number;
  /** Alerts before and at a deadline; the browser's permission is asked for when it is turned on. */
  notifications: boolean;
}

/** What is read of the popup's data at one instant: first what cards need, then what takes longer or is rarely news. */
export interface PopupReading {
  data: PopupData;
  rest: Promise<{ counts: Counts; health?: Health }>;
}

export const DEFAULT_SETTINGS: Settings = {
  retentionDays: 90,
  retentionCount: 50_000,
  notifications: false,
};

/** Something that keeps observations from being stored, told in one sentence. */
export type Problem = 'db-full' | 'db-newer' | 'db-failed';

/** How recording fares. Epoch ms throughout. */
export interface Health {
  problem: Problem | null;
  /** Observations kept aside until the database takes them again. */
  held: number;
  /** Observations that could not be kept at all. */
  dropped: number;
  /** Observations removed by retention, so far. */
  pruned: number;
}

/** Logins of one list beyond this are counted, not handed over. */
export const LIMIT = 50;

/** How many logins there are of each sort. */
export interface Counts {
  open: number;
  attention: number;
  /** Complete, unlinked and repeat logins. Read on demand with `loadDone`. */
  done: number;
}

/** Everything the popup shows, read in one go. Epoch ms throughout. */
export interface PopupData {
  /** First logins (and logins that may be) inside their window, nearest deadline first; at most `LIMIT`. */
  open: Login[];
  /** Window passed without completion (`missed`, `unseen`) or `late`; newest deadline first; at most `LIMIT`. */
  attention: Login[];
  /** Null until they are counted. */
  counts: Counts | null;
  /** Every app by client_id. */
  apps: Map<string, App>;
  /** Whether the site has any login at all, and since when it is watched (null: not watched). */
  site: { hasLogins: boolean; watchedSince: number | null };
  /** Null while recording runs. */
  pausedAt: number | null;
  settings: Settings;
  health: Health;
}

/** What the tester says of a session, or with `begin` of a new one that ends the open one; `end` only ends it. */
export interface SessionEdit {
  type: 'session';
  begin?: boolean;
  end?: boolean;
  id?: string;
  name?: string;
  tester?: string;
  build?: string;
  environment?: string;
  notes?: string;
  held?: boolean;
}

/** An unlink callback as the page read it out of a log; `at` is epoch ms, absent where the log named no time. */
export interface ReadCallback {
  at?: number;
  appId: string | null;
  account: string;
  referrerType: string;
}

/** What a page may ask of the worker, the only writer. */
export type Command =
  | { type: 'label'; login: string; label: string }
  | { type: 'mark'; login: string; mark: 'complete' | 'cut' | null; note: string }
  | {
      type: 'app';
      clientId: string;
      linkMode?: 'auto' | 'manual' | 'unknown';
      fixedUserId?: 'on' | 'off' | 'unknown';
      windowMs?: number | null;
    }
  | { type: 'pause'; paused: boolean }
  | { type: 'silence'; clientId: string; rule: string; silenced: boolean }
  | { type: 'step'; text: string }
  | { type: 'callbacks'; read: ReadCallback[] }
  | SessionEdit
  | { type: 'settings'; settings: Partial<Settings> }
  | { type: 'clear' }
  | { type: 'reset-salt' }
  | { type: 'reconcile' };

export type CommandResult = { ok: true } | { ok: false; problem: Problem | 'bad-command' };
