import { browser } from 'wxt/browser';
import { openExtensionPage } from './extension-pages.ts';

/** Where the popup's page is shown: as the browser's popup, in its side panel, or in a tab. */
export type PopupView = 'popup' | 'panel' | 'tab';

/** Tells where this page is shown. */
export function popupView(): PopupView {
  if (location.pathname === '/sidepanel.html') return 'panel';
  return browser.extension.getViews({ type: 'popup' }).includes(window) ? 'popup' : 'tab';
}

/** Opens the report page in a tab, at a part of it such as `#recipes`, and closes the popup. */
export async function openReport(part = ''): Promise<void> {
  await openExtensionPage('/report.html', part);
  closePopup();
}

/** Closes the popup. A page that is no popup stays. */
export function closePopup(): void {
  if (popupView() === 'popup') window.close();
}
