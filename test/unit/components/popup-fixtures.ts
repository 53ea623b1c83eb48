import type { PopupPorts } from '../../../components/popup/popup-ports.ts';
import { newApp, type App } from '../../../utils/model/app.ts';
import type { Command, CommandResult } from '../../../utils/model/command.ts';
import type { Completion, Login } from '../../../utils/model/login.ts';
import { DEFAULT_SETTINGS } from '../../../utils/model/settings.ts';
import type { PopupData, PopupReading } from '../../../utils/store/popup-data.ts';

export const HOUR = 3_600_000;
export const NOW = Date.UTC(2026, 10, 22, 5, 0, 0);
export const KEY = 'c0ffee4f6a7b8c9d';
export const SITE = 'https://shop.test';

/** Returns a first login so many ms before NOW; everything else has a default. */
export function loginOf(id: string, ago: number, more: Partial<Login> = {}): Login {
  const at = NOW - ago;
  return {
    id,
    ordinal: 0,
    clientId: KEY,
    site: SITE,
    redirectUri: `${SITE}/cb`,
    cookieStore: '0',
    tab: 'r:1',
    startedAt: at - 1000,
    loggedInAt: at,
    consent: 'shown',
    extraConsentRequested: false,
    consentUnseenBecause: null,
    kakaoSession: id,
    userHash: null,
    label: null,
    connectedAt: null,
    notSignedUp: false,
    seenInBrowser: true,
    reportedByServer: false,
    visibilityGap: null,
    restartedAt: null,
    listedCall: null,
    signupCall: null,
    unlinkCall: null,
    callback: null,
    testerMark: null,
    calls: [],
    evidence: [],
    screenOrdinal: null,
    tokenAt: at,
    tokenRefused: false,
    consentRequiredAt: null,
    possibleCalls: {},
    openDoubts: [],
    kind: 'first',
    kindBecause: 'consent',
    certainty: 'certain',
    accountId: id,
    creditedListedCall: null,
    creditedSignupCall: null,
    cut: null,
    linkSurvived: null,
    ...more,
  } as Login;
}

/** Returns a listed call that answered 200 so many ms before NOW. */
export function listedCall(ago: number): Completion {
  return {
    at: NOW - ago,
    source: 'browser',
    method: 'GET',
    path: '/v2/user/me',
    status: 200,
    doubt: null,
  };
}

/** Returns the popup's data; what is not given is empty. */
export function dataOf(more: Partial<PopupData> = {}): PopupData {
  return {
    open: [],
    attention: [],
    unanswered: [],
    counts: { open: 0, attention: 0, done: 0 },
    apps: new Map<string, App>([[KEY, newApp(KEY)]]),
    site: { hasLogins: true, watchedSince: NOW - HOUR },
    watched: new Set([SITE]),
    pausedAt: null,
    settings: DEFAULT_SETTINGS,
    health: { problem: null, held: 0, dropped: 0, pruned: 0 },
    ...more,
  };
}

/** Returns the reading of stored data: the lists at once, the counts after. */
export function readingOf(data: PopupData): PopupReading {
  const counts = data.counts ?? { open: 0, attention: 0, done: 0 };
  const { unanswered } = data;
  return {
    data: { ...data, unanswered: [], counts: null },
    rest: Promise.resolve({ counts, unanswered }),
  };
}

/** Stands in for the browser and the store: `set` changes what is stored and calls the listeners. */
export function fakePorts(first: PopupData, more: Partial<PopupPorts> = {}) {
  let data = first;
  let now = NOW;
  const listeners = new Set<() => void>();
  const sent: Command[] = [];
  const counts = { load: 0 };
  const yes = async () => true;
  const ports: PopupPorts = {
    now: () => now,
    loadSnapshot: async () => null,
    async load() {
      counts.load += 1;
      return readingOf(data);
    },
    loadPendingHealth: async () => null,
    loadDone: async () => [],
    onChange(callback) {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
    async send(command): Promise<CommandResult> {
      sent.push(command);
      return { ok: true };
    },
    currentSite: async () => SITE,
    isWatched: yes,
    watch: yes,
    unwatch: yes,
    hasKakaoAccess: yes,
    askKakaoAccess: yes,
    askNotifications: yes,
    advise: async () => [],
    openReport: async () => {},
    openSidePanel: async () => {},
    view: 'popup',
    locale: 'en',
    ...more,
  };
  return {
    ports,
    sent,
    counts,
    listeners,
    set(next: PopupData) {
      data = next;
      for (const listener of listeners) listener();
    },
    advance(ms: number) {
      now += ms;
    },
  };
}
