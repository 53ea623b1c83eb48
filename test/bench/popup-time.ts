import type { TestBrowser } from '../e2e/browser/contract.ts';
import { until } from '../e2e/browser/until.ts';

/** One opening of the popup, in ms from the start of its navigation. */
export interface Opening {
  /** The browser has read the page and begins to run its script. */
  parsed: number;
  /** Its data is in the page. */
  data: number;
  /** The first text is painted; null where the browser does not tell. */
  painted: number | null;
}

/** Opens the popup's page in a tab and tells how long it took. */
export async function timePopup(browser: TestBrowser, site: string): Promise<Opening> {
  const path = `popup.html?site=${encodeURIComponent(site)}`;
  const page = await browser.openExtensionPage(path, { width: 400, height: 600 });
  try {
    await until('the data', () => page.evaluate(() => document.body.dataset['ready'] === 'true'));
    return await page.evaluate(() => {
      const of = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? null;
      const [navigation] = performance.getEntriesByType('navigation');
      const { domInteractive: parsed } = navigation as PerformanceNavigationTiming;
      return { parsed, data: of('linkwatch-data') ?? NaN, painted: of('first-contentful-paint') };
    });
  } finally {
    await page.close();
  }
}
