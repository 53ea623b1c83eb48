import type { Page } from 'puppeteer-core';
import type { Browser as ExtensionApi } from 'webextension-polyfill';
import { until } from './until.ts';

/** In functions that run on a page of the extension. */
declare const chrome: ExtensionApi;

/** How the address ends that the extension opens when it is installed. */
export const GREETING = '/report.html#guide';

/** Waits for the tab that the extension opens when it is installed, and closes it by a page of the extension. */
export async function closeGreeting(apiPage: Page): Promise<void> {
  await until('the Guide, which opens at installation', () =>
    apiPage.evaluate(async (ending) => {
      const tab = (await chrome.tabs.query({})).find(({ url }) => url?.endsWith(ending));
      if (tab?.id === undefined) return false;
      await chrome.tabs.remove(tab.id);
      return true;
    }, GREETING),
  );
}
