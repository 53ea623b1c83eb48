import { browser } from 'wxt/browser';
import type { RequestContext } from '../model/observation.ts';
import { ANY_COOKIE_STORE } from '../verdict/attribute-request.ts';

/** Of a webRequest event. */
interface Origin {
  tabId: number;
  /** Firefox. */
  cookieStoreId?: string;
  incognito?: boolean;
}

/** A popup may be gone by the time its last event is looked up; what was known of it still holds. */
const known = new Map<number, { opener: number | undefined; incognito: boolean }>();

async function tabOf(id: number) {
  const tab = await browser.tabs.get(id).catch(() => null);
  if (tab) known.set(id, { opener: tab.openerTabId, incognito: tab.incognito });
  return known.get(id);
}

/** Finds out where a request happened: tab, opener and cookie store. `run` makes tab ids unique across browser runs. */
export async function resolveTabContext(
  d: Origin,
  run: Promise<string>,
): Promise<Omit<RequestContext, 'site'>> {
  const [tab, name] = await Promise.all([d.tabId < 0 ? undefined : tabOf(d.tabId), run]);
  const tabName = (id: number | undefined) => (id === undefined || id < 0 ? null : `${name}:${id}`);
  const isPrivate = d.incognito ?? tab?.incognito;
  // Chromium does not say whether a service worker, which has no tab, is a private window's.
  const untold = d.tabId < 0 && isPrivate === undefined;
  const isAny = untold && (await browser.extension.isAllowedIncognitoAccess());
  return {
    tab: tabName(d.tabId),
    opener: tabName(tab?.opener),
    cookieStore: d.cookieStoreId ?? (isAny ? ANY_COOKIE_STORE : isPrivate ? 'private' : 'default'),
  };
}
