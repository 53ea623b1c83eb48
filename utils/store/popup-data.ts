import type { App } from '../model/app.ts';
import type { Health } from '../model/health.ts';
import type { Login } from '../model/login.ts';
import type { Settings } from '../model/settings.ts';

/** The popup's data at one instant: first what the cards need, then what takes longer or rarely changes. */
export interface PopupReading {
  data: PopupData;
  rest: Promise<Pick<PopupData, 'unanswered'> & { counts: Counts }>;
}

/** Most logins of one list that are handed over; more are only counted. */
export const MOST_LISTED = 50;

/** How many cards the popup draws at a time: about as many as fit into it, so that nobody waits for what is below. */
export const CARDS_AT_A_TIME = 8;

/** How many logins there are of each sort. */
export interface Counts {
  open: number;
  attention: number;
  /** Complete, unlinked and repeat logins. Read on demand with `loadDone`. */
  done: number;
}

/** Everything the popup shows, read in one go. Epoch ms throughout. */
export interface PopupData {
  /** First logins (and logins that may be) inside their window, nearest deadline first; at most `MOST_LISTED`. */
  open: Login[];
  /** Window passed without completion (`missed`, `unseen`) or `late`; newest deadline first; at most `MOST_LISTED`. */
  attention: Login[];
  /**
   * Complete by a listed call, of apps whose link mode is not known: the newest of them, counted as done. Empty until the
   * rest is read.
   */
  unanswered: Login[];
  /** Null until they are counted. */
  counts: Counts | null;
  /** Every app by client_id. */
  apps: Map<string, App>;
  /** Whether the site has any login at all, and since when it is watched (null: not watched). */
  site: { hasLogins: boolean; watchedSince: number | null };
  /** The sites that are watched. */
  watched: ReadonlySet<string>;
  /** Null while recording runs. */
  pausedAt: number | null;
  settings: Settings;
  health: Health;
}
