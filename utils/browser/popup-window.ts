import { browser } from 'wxt/browser';
import { currentSite } from './current-site.ts';
import { openExtensionPage } from './extension-pages.ts';

/** Tells whether this page is shown as the browser's popup, not in a tab. */
export function isShownAsPopup(): boolean {
  return browser.extension.getViews({ type: 'popup' }).includes(window);
}

/** Opens the report page in a tab, at a part of it such as `#recipes`, and closes the popup. */
export async function openReport(part = ''): Promise<void> {
  await openExtensionPage('/report.html', part);
  closePopup();
}

/** Opens the popup as a page in a tab, for the site of the tab it stands over, and closes the popup. */
export async function openPopupInTab(): Promise<void> {
  const site = await currentSite();
  await openExtensionPage('/popup.html', site ? `?site=${encodeURIComponent(site)}` : '');
  closePopup();
}

/** Closes the popup. A page that was opened for a site stays. */
function closePopup(): void {
  if (!location.search) window.close();
}
