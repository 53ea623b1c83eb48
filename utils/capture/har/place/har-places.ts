import { isSentByPage, senderOf, type HarEntry } from '../entry/har-entry.ts';
import { pagerefOf } from '../entry/raw-entry.ts';
import { readEntries, readStarted, type StartedEntry } from '../entry/read-entry.ts';
import { createLoginNumberer } from './har-logins.ts';
import { isAskedAsPage, isDocument } from './har-page.ts';
import { createTabNamer, pageNumberOf } from './har-tabs.ts';
import { sendersOfWindows } from './har-windows.ts';

/** Where an entry was made, as far as the file tells. */
export interface Place {
  cookieStore: string;
  tab: string | null;
  /**
   * A server made it, which shares no cookies with any browser; or it is treated so, since it is a call of any of several
   * windows: only its token tells whose it is.
   */
  isBackEnd: boolean;
}

/**
 * Makes a function that says where an entry was made, of entries in the order of their start. A browser's own recording is
 * one cookie store. A proxy may record several devices, told apart by user agent and address, and the calls of a back end,
 * which are of some browser's login. Windows of one browser, where they show, are told apart by their logins alone.
 */
export function createPlaces(inOrder: readonly StartedEntry[]): (entry: HarEntry) => Place {
  const pages = pagesOf(inOrder);
  const [first] = readEntries(inOrder);
  const isOfProxy = pages.size === 0 || isNameOfAll(pages, inOrder);
  const tabOf = createTabNamer(first?.at ?? 0, !isOfProxy);
  if (inOrder.some(({ part }) => part > 0)) return placeInJoined(tabOf);
  const stores = isOfProxy ? storesOf(inOrder) : new Map<string, string>();
  if (stores.size === 0)
    return ({ pageref }) => ({ cookieStore: 'har', tab: tabOf(pageref), isBackEnd: false });
  return placeBehindProxy(tabOf, stores, sendersOfWindows(inOrder));
}

/** The names of the pages that entries are of. */
function pagesOf(inOrder: readonly StartedEntry[]): Set<string> {
  const pages = new Set<string>();
  for (const one of inOrder) {
    const page = pagerefOf(one.entry);
    if (page !== null && readStarted(one) !== null) pages.add(page);
  }
  return pages;
}

/** Whether the only name is that of a proxy's recording, of several browsers, as BrowserMob names it; not that of a page load. */
function isNameOfAll(pages: ReadonlySet<string>, inOrder: readonly StartedEntry[]): boolean {
  const [page = null] = pages;
  return pages.size === 1 && pageNumberOf(page) === null && storesOf(inOrder).size > 1;
}

/**
 * The same of what a proxy recorded of browsers, whose cookie `stores` are by sender. Those in `windows` are several windows
 * each.
 */
function placeBehindProxy(
  tabOf: (pageref: string | null) => string | null,
  stores: ReadonlyMap<string, string>,
  windows: ReadonlySet<string>,
): (entry: HarEntry) => Place {
  const loginOf = createLoginNumberer();
  return (entry) => {
    const sender = senderOf(entry);
    // Asked of each entry: what one names says of which login later ones are.
    const login = loginOf(entry);
    if (windows.has(sender)) {
      // Each login may be of a window of its own, and a call of any of them.
      if (login === null) return { cookieStore: 'any', tab: null, isBackEnd: true };
      const cookieStore = `har-window-${login}`;
      return { cookieStore, tab: tabOf(cookieStore), isBackEnd: false };
    }
    const cookieStore = stores.get(sender);
    if (cookieStore === undefined) {
      const isOfOnlyBrowser = stores.size === 1 && windows.size === 0;
      return { cookieStore: isOfOnlyBrowser ? 'har' : 'any', tab: null, isBackEnd: true };
    }
    // Pages have no names in such a file: each device counts as one tab.
    const tab = tabOf(cookieStore === 'har' ? null : `device ${cookieStore}`);
    return { cookieStore, tab, isBackEnd: false };
  };
}

/**
 * The same of several recordings in one file. Each is a tab of its own, and its logins count as one browser's; a call may be
 * of any, since nothing says whether their windows share cookies.
 */
function placeInJoined(
  tabOf: (pageref: string | null, part: number) => string | null,
): (entry: HarEntry) => Place {
  return (entry) => {
    const { pageref, part, endpoint, isToKakao, url } = entry;
    const isStep = isToKakao ? endpoint !== 'api' : url.search !== '' && isDocument(entry);
    const cookieStore = isStep ? (part ? `har-${part + 1}` : 'har') : 'any';
    return { cookieStore, tab: tabOf(pageref, part), isBackEnd: false };
  };
}

/** A cookie store for each sender that is a browser, in order of appearance; every other sender is a back end. */
function storesOf(inOrder: readonly StartedEntry[]): Map<string, string> {
  const stores = new Map<string, string>();
  for (const entry of readEntries(inOrder)) {
    const sender = senderOf(entry);
    if (stores.has(sender) || !isOfBrowser(entry)) continue;
    stores.set(sender, stores.size ? `har-${stores.size + 1}` : 'har');
  }
  return stores;
}

/** Whether only a browser sends an entry. Back ends ask other hosts too, which answer with pages and redirects. */
function isOfBrowser(entry: HarEntry): boolean {
  if (entry.isToKakao)
    return /^(authorize|sdk-frame)$/.test(entry.endpoint ?? '') && isDocument(entry);
  return isAskedAsPage(entry) || isSentByPage(entry);
}
