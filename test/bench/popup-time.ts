import type { Browser as ExtensionApi } from 'webextension-polyfill';
import type { TestBrowser } from '../e2e/browser/contract.ts';
import { inExtension } from '../e2e/inside.ts';

/** One opening of the popup, in ms from the start of its navigation. */
export interface Opening {
  /** The browser has read the page and begins to run its script. */
  parsed: number;
  /** Its data is in the page. */
  data: number;
  /** The first text is painted; null where the browser does not tell. */
  painted: number | null;
}

declare const chrome: ExtensionApi;

/**
 * Opens the popup's page in a tab and tells how long it took. The extension opens it and looks at the clock itself:
 * driven from outside, a page also waits for whoever drives it.
 */
export function timePopup(browser: TestBrowser, site: string): Promise<Opening> {
  return inExtension(
    browser,
    async (path) => {
      const { id } = await chrome.tabs.create({ url: `/${path}` });
      try {
        const view = () =>
          chrome.extension
            .getViews({ type: 'tab' })
            .find((w) => w.location.pathname === '/popup.html' && w.document.body?.dataset.ready);
        // Looking often would hold up what is looked at.
        for (let left = 60; left && !view(); left -= 1)
          await new Promise((done) => setTimeout(done, 500));
        const { performance } = view() ?? { performance: null };
        if (!performance) throw new Error('The popup does not get ready.');
        const of = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? null;
        const [navigation] = performance.getEntriesByType('navigation');
        const { domInteractive: parsed } = navigation as PerformanceNavigationTiming;
        return { parsed, data: of('linkwatch-data') ?? NaN, painted: of('first-contentful-paint') };
      } finally {
        if (id !== undefined) await chrome.tabs.remove(id);
      }
    },
    `popup.html?site=${encodeURIComponent(site)}`,
  );
}
