import type { PopupPorts } from '../../components/popup/popup-ports.ts';
import { newApp } from '../../utils/model/app.ts';
import type { Call, Login } from '../../utils/model/login.ts';
import type { PopupData } from '../../utils/store/popup-data.ts';
import {
  dataOf,
  HOUR,
  KEY,
  listedCall,
  loginOf,
  NOW,
  SITE,
} from '../unit/components/popup-fixtures.ts';
import { STORY_DONE, STORY_MISS, STORY_POPUP, STORY_SITE } from './story.ts';

/** What a popup shows: its data, what the browser says, and what is opened. */
export interface GalleryState {
  data: PopupData;
  ports?: Partial<PopupPorts>;
  /** Every `<details>` that this finds is opened. */
  open?: string;
  /** In pixels; as wide as a popup where it is left out. */
  width?: number;
}

const MANUAL = 'a1f04e5d6c7b8a01';
const UNTOLD = 'beef4e5d6c7b8a02';

const login = (name: string, ago: number, more: Partial<Login> = {}) =>
  loginOf(name, ago, { label: name, ...more });

const dark = { seenInBrowser: false } satisfies Partial<Login>;

/** A call that returned 200, so many ms before now. */
const called = (ago: number, method: string, path: string): Call => ({
  at: NOW - ago,
  source: 'browser',
  method,
  path,
  status: 200,
  code: null,
  times: 1,
  lastAt: NOW - ago,
});
/** What a login is that a listed call completes, so many ms before now. */
const completed = (ago: number): Partial<Login> => ({
  creditedListedCall: listedCall(ago),
  calls: [called(ago, 'GET', '/v2/user/me')],
});

const open = [
  login('dave', 15.8 * HOUR, { site: 'https://server.shop.test', ...dark }),
  login('carol', 9.5 * HOUR, { site: 'https://manual.shop.test', clientId: MANUAL }),
  login('alice', 1.93 * HOUR),
];
const attention = [
  login('bob', 30 * HOUR),
  login('erin', 26 * HOUR, { site: 'https://server.shop.test', ...dark }),
  login('gina', 40 * HOUR, completed(HOUR)),
];
const unanswered = [
  login('frank', 2 * HOUR, {
    site: 'https://stage.shop.test',
    clientId: UNTOLD,
    ...completed(HOUR),
  }),
];
const done = [
  login('hana', 3 * HOUR, completed(2.9 * HOUR)),
  login('ivan', 60 * HOUR, {
    cut: { at: NOW - 50 * HOUR, because: 'unlink-call' },
    calls: [called(50 * HOUR, 'POST', '/v1/user/unlink')],
  }),
  login('judy', 4 * HOUR, { kind: 'repeat', kindBecause: 'no-consent' }),
];

const apps = new Map([
  [
    KEY,
    {
      ...newApp(KEY),
      inferredLinkMode: 'auto' as const,
      inferredBecause: 'no-has_signed_up' as const,
      inferredAt: NOW - 40 * HOUR,
    },
  ],
  [MANUAL, { ...newApp(MANUAL), linkModeOverride: 'manual' as const }],
  [UNTOLD, newApp(UNTOLD)],
]);

const counts = { open: 3, attention: 3, done: 4 };
/** Calls of these sites could not be seen; one of them is watched by now. */
const gap = { ...dark, visibilityGap: { at: NOW - HOUR, reason: 'no-site-access' as const } };
const unseen = [
  login('lena', HOUR, gap),
  login('mona', HOUR, { site: 'https://m.shop.test', ...gap }),
];
const every = dataOf({ open, attention, unanswered, apps, counts });
const empty = dataOf({
  apps: new Map(),
  site: { hasLogins: false, watchedSince: null },
  watched: new Set(),
});
const no = async () => false;

const story = { currentSite: async () => STORY_SITE, loadDone: async () => STORY_DONE };

/** Every state of the popup, by name. */
export const STATES: Readonly<Record<string, GalleryState>> = {
  every: { data: every, ports: { loadDone: async () => done } },
  opened: { data: every, open: '[data-login-id="alice"] > details, .ask details' },
  miss: {
    data: dataOf({ attention, apps, counts: { open: 0, attention: 3, done: 0 } }),
    open: '[data-login-id] > details',
  },
  'watched-by-now': {
    data: dataOf({ open: unseen, apps, counts: { open: 2, attention: 0, done: 0 } }),
    ports: { isWatched: async (site) => site === SITE },
    open: '[data-login-id] > details',
  },
  done: { data: every, ports: { loadDone: async () => done }, open: '.done' },
  unwatched: { data: empty, ports: { isWatched: no } },
  watched: {
    data: { ...empty, site: { hasLogins: false, watchedSince: NOW }, watched: new Set([SITE]) },
  },
  'browser-page': { data: empty, ports: { currentSite: async () => null } },
  paused: { data: { ...every, pausedAt: NOW - HOUR } },
  rehearsal: {
    data: dataOf({
      open: [login('kim', 0.01 * HOUR, { clientId: UNTOLD })],
      counts: { open: 1, attention: 0, done: 0 },
      apps: new Map([
        [UNTOLD, { ...newApp(UNTOLD), linkModeOverride: 'auto' as const, windowMs: 300_000 }],
      ]),
    }),
  },
  settings: { data: every, open: '.settings, .app, .site details' },
  'no-kakao': { data: empty, ports: { hasKakaoAccess: no } },
  panel: {
    data: every,
    ports: { view: 'panel', openSidePanel: null, loadDone: async () => done },
    open: '[data-login-id="carol"] > details, .done',
    width: 640,
  },
  'panel-narrow': {
    data: every,
    ports: { view: 'panel', openSidePanel: null, currentSite: async () => null },
    width: 320,
  },
  'story-popup': { data: STORY_POPUP, ports: story, open: '.done' },
  'story-panel': {
    data: STORY_POPUP,
    ports: { ...story, view: 'panel', openSidePanel: null },
    open: `[data-login-id="${STORY_MISS}"] > details, .done`,
    width: 480,
  },
  newer: {
    data: empty,
    ports: { load: () => Promise.reject(Object.assign(new Error(SITE), { problem: 'db-newer' })) },
  },
  failure: {
    data: empty,
    ports: { load: () => Promise.reject(Object.assign(new Error(SITE), { problem: 'db-full' })) },
  },
};
