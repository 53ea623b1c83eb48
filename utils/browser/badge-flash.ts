import { browser } from 'wxt/browser';

/** How long a sign stands on the toolbar button, in ms. */
const SHOWN_MS = 2000;

/** Shows a sign on the toolbar button of one tab for a moment, in place of the number that stands there. */
export async function flashBadge(tabId: number, sign: '✓' | '!'): Promise<void> {
  await browser.action.setBadgeText({ tabId, text: sign });
  setTimeout(() => {
    // Without a text of its own the tab shows again what all tabs show; the types do not know of null.
    const none = null as unknown as string;
    // The tab may be gone by now.
    browser.action.setBadgeText({ tabId, text: none }).catch(() => {});
  }, SHOWN_MS);
}
