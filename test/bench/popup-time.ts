import type { Page } from 'puppeteer-core';
import type { Browser as ExtensionApi } from 'webextension-polyfill';
import type { TestBrowser } from '../e2e/browser/contract.ts';
import { inExtension } from '../e2e/extension-api.ts';

/** One opening of the popup, in ms from the start of its navigation. */
export interface Opening {
  /** The browser has read the page and begins to run its script. */
  parsed: number;
  /** Its data is in the page. */
  data: number;
  /** The first text is painted; null where the browser does not tell. */
  painted: number | null;
  /** How long before the navigation the popup was asked for: the browser makes room for it. */
  asked: number;
}

declare const chrome: ExtensionApi;

/**
 * Opens the popup from the toolbar over a site's page and tells how long it took. The extension opens it and looks at
 * the clock itself: driven from outside, a page also waits for whoever drives it.
 */
export async function timePopup(browser: TestBrowser, site: Page): Promise<Opening> {
  await site.bringToFront();
  return inExtension(
    browser,
    async () => {
      const popup = () => chrome.extension.getViews({ type: 'popup' })[0];
      const now = performance.timeOrigin + performance.now();
      await chrome.action.openPopup();
      try {
        // Looking often would hold up what is looked at.
        for (let left = 60; left && !popup()?.document.body?.dataset.ready; left -= 1)
          await new Promise((done) => setTimeout(done, 500));
        const { performance: clock = null } = popup() ?? {};
        if (!clock) throw new Error('The popup does not get ready.');
        const of = (name: string) => clock.getEntriesByName(name)[0]?.startTime ?? null;
        const [navigation] = clock.getEntriesByType('navigation');
        const { domInteractive: parsed } = navigation as PerformanceNavigationTiming;
        const painted = of('first-contentful-paint');
        const data = of('linkwatch-data') ?? NaN;
        return { parsed, data, painted, asked: clock.timeOrigin - now };
      } finally {
        popup()?.close();
      }
    },
    null,
  );
}
