import type { TestBrowser } from '../e2e/browser/contract.ts';
import { sampleRows, type Rows } from '../e2e/sample-logins.ts';
import { seed } from '../e2e/seed.ts';

/** As many logins as the popup is meant to be quick with. */
export const MANY = 10_000;

/** The samples of which many are made: those of the app without a rehearsal window, all on one site. */
export function manyRows(now: number): Rows {
  const { apps, logins, ...rest } = sampleRows(now);
  return {
    ...rest,
    apps: apps.filter((a) => a.windowMs === null),
    logins: logins.filter((l) => l.site === 'https://page.shop.test'),
  };
}

/** Fills the database with so many logins of every verdict; the worker is left ended. */
export function fill(browser: TestBrowser, count: number, now: number): Promise<void> {
  return seed(browser, count ? { ...manyRows(now), count } : {});
}
