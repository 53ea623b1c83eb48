import { browser } from 'wxt/browser';

/** Origin of the active tab, or of the site that this page was opened for (`?site=`); null on a page of the browser's own. */
export async function currentSite(): Promise<string | null> {
  const pinned = new URLSearchParams(location.search).get('site');
  const url = pinned ?? (await activeTabUrl());
  if (!url || !URL.canParse(url)) return null;
  const { protocol, origin } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? origin : null;
}

async function activeTabUrl(): Promise<string | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.url ?? null;
}
