import { browser } from 'wxt/browser';
import type { RequestContext } from '../model/observation.ts';
import { ANY_COOKIE_STORE } from '../verdict/attribute-request.ts';

/** The fields of a webRequest event that say where it happened. */
interface RequestOrigin {
  tabId: number;
  /** Firefox. */
  cookieStoreId?: string;
  incognito?: boolean;
}

/** What is known of tabs: a popup may be closed by the time its last event is looked up. */
const knownTabs = new Map<number, { opener: number | undefined; incognito: boolean }>();

async function tabOf(id: number) {
  const tab = await browser.tabs.get(id).catch(() => null);
  if (tab) knownTabs.set(id, { opener: tab.openerTabId, incognito: tab.incognito });
  return knownTabs.get(id);
}

/** Finds out where a request happened: tab, opener and cookie store. `run` names this run of the browser, since tab ids begin anew with each. */
export async function resolveTabContext(
  d: RequestOrigin,
  run: Promise<string>,
): Promise<Omit<RequestContext, 'site'>> {
  const [tab, runName] = await Promise.all([d.tabId < 0 ? undefined : tabOf(d.tabId), run]);
  const tabName = (id: number | undefined) =>
    id === undefined || id < 0 ? null : `${runName}:${id}`;
  const isPrivate = d.incognito ?? tab?.incognito;
  // Chromium does not say whether a service worker, which has no tab, belongs to a private window.
  const isUnknown = d.tabId < 0 && isPrivate === undefined;
  const isAny = isUnknown && (await browser.extension.isAllowedIncognitoAccess());
  return {
    tab: tabName(d.tabId),
    opener: tabName(tab?.opener),
    cookieStore: d.cookieStoreId ?? (isAny ? ANY_COOKIE_STORE : isPrivate ? 'private' : 'default'),
  };
}
