/** What a world is made of, as plain data: a setting and a list of actions. The same data plays the same world. */

import type { Exporter } from './exporters.ts';

export const SECOND = 1000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** When every world begins, epoch ms. */
export const START = Date.UTC(2026, 10, 22, 3, 0, 0);

export interface AppSetting {
  name: string;
  /** Kakao's number of the app, as unlink callbacks name it. */
  appId: string;
  /** `client_id` values: REST key, JavaScript key. */
  keys: string[];
  mode: 'auto' | 'manual';
  /** What Kakao does not publish: whether a call after 24 h but before the daily job saves the link. */
  lateSaves: boolean;
  /** User ids stay the same when an account links again. */
  fixedIds: boolean;
}

/** How the calls of a site can be seen. */
export type Style = 'page' | 'server' | 'report';
export type ReportForm = 'good' | 'query' | 'address' | 'lower-case' | 'past-fiftieth';

export interface SiteSetting {
  name: string;
  origin: string;
  app: string;
  /** Which of the app's keys it uses, unless a login says otherwise. */
  key: number;
  style: Style;
  /** All tabs of a cookie store share the latest token; otherwise each tab keeps its own. */
  shared: boolean;
  /** Origin of the host that answers the page's own requests. */
  apiOrigin: string;
  form: ReportForm;
}

export interface Setting {
  kind: string;
  seed: number;
  apps: AppSetting[];
  sites: SiteSetting[];
  /** Links that were there before the recording. */
  links: { who: string; app: string; hoursOld: number; done: boolean }[];
  /** The tester has set each app's link mode. */
  modesKnown: boolean;
  /** Bodies of Kakao's answers are known, as in DevTools. */
  bodies: boolean;
  browser: 'chrome' | 'firefox';
  medium: 'live' | 'har';
  /** The browser lets the extension into private windows. */
  privateSeen: boolean;
  /** What Kakao does not publish: it makes the link with the token; absent where the code makes it already. */
  linkedByToken?: true;
  /** The apps use OpenID Connect: token answers name the user. */
  oidc?: true;
  /** Tokens serve for six hours only. */
  tokensExpire?: true;
  /** Hour of the day, UTC, at which Kakao's daily job runs. */
  jobHour: number;
  /** Where the file ends, ms after the start; null where it ends after the last action. */
  recordedFor: number | null;
  /** What came in the first so many ms was not recorded. */
  recordedFrom?: number;
  /** Which of its requests the file lacks, counted from 0. */
  lacks?: number;
  /** A proxy in front of everything: several devices in one file, and with `back-end` the server's own calls too. */
  proxy: 'devices' | 'back-end' | null;
  /** What wrote the file, where it writes less than a browser. */
  exporter?: Exporter;
  /** How long after the end of everything it is judged, ms. */
  judgedAfter: number;
}

export type Fate = 'lost' | 'fails' | 'cached' | 'no-scope';

/**
 * How Kakao's pages show, but for the tab itself, and how the site gets the result: by polling, after which the page goes to
 * the redirect URI or has kept the code; by message; by polling, from a phone.
 */
export type How = 'poll' | 'kept' | 'message' | 'easy';

export type Deed =
  | {
      do: 'login';
      tab: string;
      site: string;
      how?: How;
      key?: number;
      prompt?: 'login' | 'select_account' | 'create' | 'none';
      /** The request names `scope`; `new` asks for items that this account has not agreed to yet. */
      scope?: 'had' | 'new';
      /** What becomes of the browser's token request; `later` is one that the page sends only when told to. */
      token?: 'lost' | 'fails' | 'none' | 'later';
    }
  /** The page of a tab exchanges the code that it has kept until now. */
  | { do: 'exchange'; tab: string }
  | { do: 'sign-in'; tab: string; who: string; stay?: true }
  | { do: 'agree'; tab: string }
  | { do: 'cancel'; tab: string }
  | { do: 'switch'; tab: string; who: string }
  | {
      do: 'call';
      tab: string;
      path: string;
      method?: 'POST';
      fate?: Fate;
      /** The answer comes this many ms later. */
      slow?: number;
      /** `server` is a call that the page's site makes unseen, or does not report. */
      by?: 'server' | 'worker';
      /** Made with the admin key about this person. */
      about?: string;
    }
  /** The page of a tab, or its site's server, has its token renewed. */
  | { do: 'refresh'; tab: string }
  /** The page logs out: its token, or the browser's Kakao session, ends. */
  | { do: 'logout'; tab: string; of: 'token' | 'session' }
  /** The person logs in with another provider, which gives the site a code of its own. */
  | { do: 'other-login'; tab: string; site: string }
  | { do: 'unlink-in-settings'; who: string; app: string }
  | { do: 'link-elsewhere'; who: string; app: string; done: boolean }
  | { do: 'pause' }
  | { do: 'resume' }
  | { do: 'revoke'; site: string }
  | { do: 'grant'; site: string }
  | { do: 'restart' }
  | { do: 'lose'; count: number }
  | { do: 'clock'; by: number }
  | { do: 'import-callbacks'; timeKnown: boolean }
  | { do: 'false-callback'; who: string; app: string; appId: string; timeKnown: boolean };

/** One step, `after` ms after the one before it. */
export type Action = { after: number } & Deed;

export interface History {
  setting: Setting;
  actions: Action[];
}

/** The cookie store of a tab: tabs are named t1, t2 (normal), p1 (private window) and c1 (container). */
export function storeOf(tab: string): string {
  return tab.startsWith('p') ? 'private' : tab.startsWith('c') ? 'container-2' : 'default';
}

/** A length of time in words: `2h`, `3d1h`, `5s`. */
export function lengthInWords(ms: number): string {
  if (ms < SECOND) return `${ms}ms`;
  if (ms < 2 * MINUTE) return `${+(ms / SECOND).toFixed(1)}s`;
  if (ms < 2 * HOUR) return `${+(ms / MINUTE).toFixed(1)}min`;
  return `${+(ms / HOUR).toFixed(2)}h`;
}

function deedInWords(deed: Action): string {
  const { after: _after, do: name, ...rest } = deed;
  const words = Object.entries(rest).map(([key, value]) =>
    ['tab', 'site', 'who', 'app', 'path', 'method'].includes(key) || value === true
      ? value === true
        ? key
        : String(value)
      : `${key}=${key === 'by' && typeof value === 'number' ? lengthInWords(value) : String(value)}`,
  );
  return [name, ...words].join(' ');
}

/** A history as readable text, one action a line. */
export function inWords({ setting, actions }: History): string {
  const { apps, sites, links } = setting;
  let at = 0;
  const used = new Set(
    actions.flatMap((a) => ('site' in a && typeof a.site === 'string' ? [a.site] : [])),
  );
  const shown = sites.filter((s) => used.has(s.name));
  return [
    `${setting.kind} seed ${setting.seed}: ${setting.medium} ${setting.browser}${setting.bodies ? ', bodies known' : ''}${setting.modesKnown ? ', mode set' : ''}${setting.linkedByToken ? ', linked by the token' : ''}${setting.oidc ? ', OpenID Connect' : ''}${setting.exporter ? `, ${setting.exporter}` : ''}${setting.recordedFrom ? `, recorded from ${lengthInWords(setting.recordedFrom)} on` : ''}${setting.recordedFor === null ? '' : `, recorded for ${lengthInWords(setting.recordedFor)}`}${setting.lacks === undefined ? '' : `, lacks request ${setting.lacks}`}`,
    ...apps
      .filter((a) => shown.some((s) => s.app === a.name))
      .map((a) => `app ${a.name}: ${a.mode}, keys ${a.keys.join(' ')}`),
    ...shown.map(
      (s) =>
        `site ${s.name} ${s.origin}: app ${s.app} key ${s.key}, ${s.style}${s.style === 'report' ? ` (${s.form}${s.apiOrigin === s.origin ? '' : `, by ${s.apiOrigin}`})` : ''}, tokens ${s.shared ? 'shared' : 'by tab'}`,
    ),
    ...links.map(
      (l) => `link before: ${l.who}-${l.app}, ${l.hoursOld}h old${l.done ? '' : ', not completed'}`,
    ),
    ...actions.map((a) => {
      at += a.after;
      return `  +${lengthInWords(at)} ${deedInWords(a)}`;
    }),
  ].join('\n');
}
