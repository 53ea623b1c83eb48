import { browser } from 'wxt/browser';

/** Who sent a message, as far as it is looked at. */
interface Sender {
  id?: string;
  url?: string;
}

/** Tells whether a message comes from one of the extension's own pages, and not from a site or another extension. */
export function isOwnPage({ id, url }: Sender): boolean {
  return id === browser.runtime.id && (url?.startsWith(browser.runtime.getURL('/')) ?? false);
}
