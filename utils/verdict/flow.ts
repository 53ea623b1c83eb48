import { HOUR_MS } from '../model/time.ts';
import type { Observation } from '../model/observation.ts';
import type { Flow } from './login-state.ts';

/** A flow, or a popup's poll, that was still for this long is over. */
export const FLOW_TIMEOUT_MS = HOUR_MS;

/** The key by which the flow of one tab in one cookie store is kept. */
export function flowKey(o: { cookieStore: string; tab: string | null }): string {
  return `${o.cookieStore}|${o.tab ?? '-'}`;
}

/** The key of a site in one cookie store. */
export function siteKey(o: { cookieStore: string; site: string | null }): string {
  return `${o.cookieStore}|${o.site ?? '-'}`;
}

/** Sets a value by its key and makes it the last one, so that the oldest come first. */
export function setAsLatest<T>(values: Record<string, T>, key: string, value: T): void {
  delete values[key];
  values[key] = value;
}

/** Whether a flow runs in a tab, or in a popup of it. */
export function flowRunsInTab(flow: Flow, tab: string | null): boolean {
  return flow.tab === tab || (tab !== null && flow.opener === tab);
}

/** A flow that begins with an observation and of which only `known` is known. */
export function createFlow(
  o: Observation,
  known: Partial<Flow> & Pick<Flow, 'clientId' | 'site' | 'watched'>,
): Flow {
  return {
    redirectUri: null,
    cookieStore: o.cookieStore,
    tab: o.tab,
    opener: o.opener,
    startedAt: o.at,
    lastAt: o.at,
    whole: false,
    screenShown: false,
    screenOrdinal: null,
    screenAnswered: false,
    leftScreen: false,
    extraConsentRequested: false,
    popup: null,
    polledAfterAnswer: false,
    kakaoSession: null,
    atLoginForm: false,
    done: false,
    awaitsArrival: false,
    ...known,
  };
}
