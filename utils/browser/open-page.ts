import { browser } from 'wxt/browser';
import { currentSite } from './current-site.ts';

/** Opens the report page in a tab, at a part of it such as `#recipes`; closes the popup it was opened from. */
export async function openReport(part = ''): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL('/report.html') + part });
  closePopup();
}

/** Opens the popup as a page in a tab, for the site of the tab it stands over. */
export async function openPopupInTab(): Promise<void> {
  const site = await currentSite();
  const query = site ? `?site=${encodeURIComponent(site)}` : '';
  await browser.tabs.create({ url: browser.runtime.getURL('/popup.html') + query });
  closePopup();
}

/** Closes the popup; where it was opened as a page for a site, the page stays. */
function closePopup(): void {
  if (!location.search) window.close();
}

/** Tells whether this page is shown as the browser's popup, not in a tab. */
export function isShownAsPopup(): boolean {
  return browser.extension.getViews({ type: 'popup' }).includes(window);
}
