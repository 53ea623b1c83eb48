import type { Finding } from '../../utils/guidance/rule.ts';
import type { Command, CommandResult } from '../../utils/model/command.ts';
import type { Health } from '../../utils/model/health.ts';
import type { Login } from '../../utils/model/login.ts';
import type { PopupReading } from '../../utils/store/popup-data.ts';
import type { PopupSnapshot } from '../../utils/store/popup-snapshot.ts';

/** What the popup needs from outside. The entrypoint wires it to the browser, tests wire it to fixtures. */
export interface PopupPorts {
  /** Epoch ms. */
  now(): number;
  /** Gives what is shown until the database is read; null where nothing was kept. Never rejects. */
  loadSnapshot(): Promise<PopupSnapshot | null>;
  /** Reads everything the popup shows; `site` is the current tab's. Rejects with a StoreProblem where it cannot. */
  load(site: string | null): Promise<PopupReading>;
  /** Reads how recording fares without the database; null while all is well. */
  loadPendingHealth(): Promise<Health | null>;
  /** Reads complete, unlinked and repeat logins, newest first. */
  loadDone(limit: number): Promise<Login[]>;
  /** Calls back after anything stored, or the tab that is followed, has changed; returns what ends that. */
  onChange(callback: () => void): () => void;
  send(command: Command): Promise<CommandResult>;
  /** Returns the origin of the current tab, or null on a browser page. */
  currentSite(): Promise<string | null>;
  /** Tells whether access to the site is granted. */
  isWatched(site: string): Promise<boolean>;
  /** Asks the browser for access; call it straight from a click. Resolves to whether it was granted. */
  watch(site: string): Promise<boolean>;
  /** Gives access back. Resolves to whether it is gone: it stays where more sites are granted at once. */
  unwatch(site: string): Promise<boolean>;
  /** Tells whether access to Kakao's own hosts is granted; Firefox lets people take it away. */
  hasKakaoAccess(): Promise<boolean>;
  askKakaoAccess(): Promise<boolean>;
  /** Asks for the notifications permission; call it straight from a click. */
  askNotifications(): Promise<boolean>;
  /** Gives what guidance says of some logins at an instant (epoch ms), worst first. Never rejects. */
  advise(logins: readonly string[], at: number): Promise<readonly Finding[]>;
  /** Opens the report page in a tab, at a part of it. */
  openReport(part?: string): Promise<void>;
  /** Opens the side panel; call it straight from a click. Null where there is none, or this is it. */
  openSidePanel: (() => Promise<void>) | null;
  /** Where the page is shown. Only the popup is told the address of a tab whose site is not watched. */
  view: 'popup' | 'panel' | 'tab';
  /** Language for dates and durations. */
  locale: string;
}
