import { browser } from 'wxt/browser';
import { keepLatest } from '../model/keep-latest.ts';
import type { RequestContext } from '../model/observation.ts';
import { isPrivateContext } from './private-context.ts';

/** The fields of a webRequest event that say where it happened. */
export interface RequestOrigin {
  tabId: number;
  /** Firefox. */
  cookieStoreId?: string;
  incognito?: boolean;
}

interface FirefoxTab {
  cookieStoreId?: string;
}

/** What does not change about a tab. */
interface KnownTab {
  opener: number | undefined;
  incognito: boolean;
  /** Firefox. */
  cookieStoreId: string | undefined;
}

/** Tabs whose answer has come. */
const answeredTabs = new Set<number>();

/** How many tabs are remembered; of more, the oldest is forgotten. */
const MAX_TABS = 500;
/** What is known of tabs, each looked up once: a popup may be closed by the time of its last event. */
const knownTabs = new Map<number, Promise<KnownTab | undefined>>();

function tabOf(id: number): Promise<KnownTab | undefined> {
  const known = knownTabs.get(id);
  if (known) return known;
  const asked = browser.tabs.get(id).then(
    (tab) => {
      answeredTabs.add(id);
      const { openerTabId: opener, incognito, cookieStoreId } = tab as typeof tab & FirefoxTab;
      return { opener, incognito, cookieStoreId };
    },
    () => {
      // It is asked for again, because it may only not be there yet.
      knownTabs.delete(id);
      return undefined;
    },
  );
  knownTabs.set(id, asked);
  const forgotten = keepLatest(knownTabs, MAX_TABS);
  if (forgotten !== undefined) answeredTabs.delete(forgotten);
  return asked;
}

/** Whether nothing has to be asked of the browser to find out where a request happened. */
export function isContextKnown({ tabId }: RequestOrigin): boolean {
  return tabId < 0 || answeredTabs.has(tabId);
}

/**
 * Finds out where a tab's page is, as for a request of it; null where the tab is closed, so that nobody can say whether its
 * window was a private one.
 */
export async function findTabContext(
  tabId: number,
  run: Promise<string>,
): Promise<Omit<RequestContext, 'site'> | null> {
  const tab = await tabOf(tabId);
  if (!tab) return null;
  const { incognito, cookieStoreId } = tab;
  return resolveTabContext({ tabId, incognito, ...(cookieStoreId ? { cookieStoreId } : {}) }, run);
}

/** Finds out where a request happened: tab, opener and cookie store. `run` names this run of the browser, since tab ids begin anew with each. */
export async function resolveTabContext(
  d: RequestOrigin,
  run: Promise<string>,
): Promise<Omit<RequestContext, 'site'>> {
  const [tab, runName] = await Promise.all([d.tabId < 0 ? undefined : tabOf(d.tabId), run]);
  const tabName = (id: number | undefined) =>
    id === undefined || id < 0 ? null : `${runName}:${id}`;
  const isPrivate = d.incognito ?? tab?.incognito ?? isPrivateContext();
  return {
    tab: tabName(d.tabId),
    opener: tabName(tab?.opener),
    cookieStore: d.cookieStoreId ?? (isPrivate ? 'private' : 'default'),
  };
}
