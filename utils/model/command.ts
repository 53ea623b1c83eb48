import type { Problem } from './health.ts';
import type { Settings } from './settings.ts';

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
