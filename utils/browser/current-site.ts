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

/** Calls back after another tab came to the front or a tab in front went to another page; returns what ends that. */
export function onTabChange(callback: () => void): () => void {
  const onUpdated = (_id: number, { status }: { status?: string }, tab: { active: boolean }) => {
    if (tab.active && status === 'complete') callback();
  };
  browser.tabs.onActivated.addListener(callback);
  browser.tabs.onUpdated.addListener(onUpdated);
  return () => {
    browser.tabs.onActivated.removeListener(callback);
    browser.tabs.onUpdated.removeListener(onUpdated);
  };
}
