import type { Frame, Page } from 'puppeteer-core';
import type { BrowserName } from '../../../scripts/browsers.ts';

export interface LaunchOptions {
  /** Folder of the built extension. It is copied; the original is never written to. */
  extensionDir: string;
  /** The proxy of the emulator is the only way out: every other host is refused. */
  emulator: { proxyPort: number };
  /** The authority that the browser trusts, and the key that it vouches for: no page says that it is not secure. Default: any is taken. */
  certificate?: { pem: string; spki: string };
  /** Sites whose access is granted before `launch` returns, as origins: `https://page.shop.test`. */
  grants?: string[];
  /** Language of the browser's interface, hence of the extension. Default `en`. */
  lang?: 'en' | 'ko';
  /** A folder to keep between launches. Default: a temporary one, removed by `close`. */
  profileDir?: string;
  /** A folder that an earlier launch kept, with the same extension: the browser starts from a copy of it, sooner. */
  template?: string;
  /** Default true. */
  headless?: boolean;
  /** Extra wait before every action of the browser, in ms, for people to watch. */
  slowMo?: number;
  /** False: the caller closes the browser on SIGINT, SIGTERM and SIGHUP itself. Default true. */
  handleSignals?: boolean;
  /** Pages whose address contains this are left to themselves in Chromium: a debugger makes them slower. */
  unattached?: string;
}

export interface PageLook {
  /** CSS pixels. */
  width?: number;
  height?: number;
  dark?: boolean;
  reducedMotion?: boolean;
}

/** One browser with the extension installed for good: it is there again after `restart`. */
export interface TestBrowser {
  readonly name: BrowserName;
  readonly version: string;
  /** `chrome-extension://…/` or `moz-extension://…/`. */
  readonly extensionUrl: string;
  /**
   * A tab of the normal window, in front. Call `bringToFront` before clicking in a tab that another
   * one covers: Chromium may hang or crash on a click in a covered tab.
   */
  newPage(url?: string): Promise<Page>;
  /**
   * Gives back a tab that shows a site or a page of the extension, for a later call: opening one and closing it costs a
   * browser as much as several navigations. It is empty afterwards, as a closed one would be gone.
   */
  leave(page: Page): Promise<void>;
  /**
   * A page of the extension in a tab. `path` may carry a query. In Firefox `page.url()`, `goto` and
   * `waitForNavigation` do not work on it; everything that evaluates, clicks, types or shoots does.
   */
  openExtensionPage(path: string, look?: PageLook): Promise<Page>;
  /** Changes the size, the theme and the motion that an open page is shown with. */
  setLook(page: Page, look: PageLook): Promise<void>;
  /**
   * The toolbar popup itself, opened over `page`. Only Chromium lets a test into it; elsewhere open
   * the popup's page in a tab. It closes when another window takes the focus.
   */
  openPopup?(page: Page): Promise<Page>;
  /** Opens the developer tools of a tab; returns once the extension's page in them runs. */
  openTools(page: Page): Promise<void>;
  /** Shows the extension's panel in the open developer tools of a tab. Only Chromium lets a test into it. */
  openToolsPanel?(page: Page): Promise<Frame>;
  /** The first page whose address starts with `url`, for example a popup the site opened. */
  waitForPage(url: string, timeoutMs?: number): Promise<Page>;
  /** Opens `url` in a private window. The extension sees it after `allowPrivate` only. */
  openPrivatePage(url: string): Promise<Page>;
  /** Lets the extension into private windows. It starts anew by that; pages of before may be dead. */
  allowPrivate(): Promise<void>;
  /** Gives or takes away access to a site while everything runs, as the browser's own settings do. */
  grant(origin: string): Promise<void>;
  revoke(origin: string): Promise<void>;
  /** Origins the extension holds now, as match patterns. */
  granted(): Promise<string[]>;
  /** Ends the worker (Chromium) or event page (Firefox) and returns once it is gone. */
  killWorker(): Promise<void>;
  workerRuns(): Promise<boolean>;
  /** False once the browser has quit, or a person has closed its last window. */
  isOpen(): boolean;
  /** A page of the extension that runs none of its code and stays open, for calls of the extension's API. */
  apiPage(): Promise<Page>;
  /** For a person to go on: `url` alone in the window, with the side panel beside it. Nothing else works after it. */
  handOver(url: string): Promise<void>;
  /** Closes every tab and window but the one that keeps the browser open, the page for calls, and `kept`. */
  closePages(...kept: (Page | undefined)[]): Promise<void>;
  /** Forgets the cookies of every site. */
  clearCookies(): Promise<void>;
  /** Switches the extension off and on again, as a person can on the browser's page for that. */
  switchOffAndOn(): Promise<void>;
  /** Quits the browser and starts it with the same profile. Pages of before are dead. */
  restart(): Promise<void>;
  close(): Promise<void>;
}
