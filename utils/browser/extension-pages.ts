import { browser } from 'wxt/browser';

/** Opens one of the extension's own pages in a new tab; `suffix` is its query or fragment. */
export async function openExtensionPage(
  page: '/popup.html' | '/report.html',
  suffix = '',
): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL(page) + suffix });
}
