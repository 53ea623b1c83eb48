import type { Page } from 'puppeteer-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { until } from './browser/until.ts';
import { browser, browserName, useBrowser } from './fixtures.ts';
import { appears } from './page-actions.ts';
import {
  EVERY_VERDICT,
  expectHintsFit,
  expectPopupFits,
  openEverything,
  seedEveryVerdict,
  setTextSize,
  showPopup,
  verdictsOf,
} from './popup-states.ts';
import { everyState, expectReportFits, seedSession, showReport } from './report-states.ts';
import { SITES } from './sites.ts';

useBrowser({ grants: [SITES.page] });

describe('popup: nothing is cut off', () => {
  test('with nothing to show', async () => {
    await expectHintsFit();
  });

  test('with logins of every verdict and everything opened, at any size', async () => {
    await seedEveryVerdict();
    const page = await showPopup(SITES.page);
    await openEverything(page);
    expect(await verdictsOf(page)).toEqual(EVERY_VERDICT);
    for (const [percent, fontSize] of [
      [100, '13px'],
      [200, '26px'],
    ] as const) {
      await expectPopupFits(page, percent);
      const shown = await page.evaluate(() => {
        const popup = document.querySelector('.popup');
        return popup && getComputedStyle(popup).fontSize;
      });
      expect(shown).toBe(fontSize);
    }
    await browser.leave(page);
  });
});

describe('report page: nothing is cut off', () => {
  beforeAll(seedSession);

  test('in the narrowest window with text of twice its size a row takes few lines', async () => {
    const page = await showReport({ width: 320, height: 800 });
    await setTextSize(page, 200);
    // In heights of its text, of which a line takes less than one and a half.
    const heights = () =>
      page.$$eval('.grid-body .grid-row', (rows) =>
        rows.map((row) => row.clientHeight / parseFloat(getComputedStyle(row).fontSize)),
      );
    await until('a row of four lines', async () => Math.min(...(await heights())) < 6.5);
    expect(Math.max(...(await heights()))).toBeLessThan(9.5);
    await browser.leave(page);
  });

  test('in every state, at any size', async () => {
    const page = await showReport();
    await everyState(page, (state) => expectReportFits(page, state));
    await browser.leave(page);
  });
});

/** Has a page shown in the colours of a person who replaces those of all pages. */
async function forceColours(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  const features = [{ name: 'forced-colors', value: 'active' }];
  await session.send('Emulation.setEmulatedMedia', { features });
}

/** The values of a property that elements have, each once. */
const stylesOf = (page: Page, selector: string, property: string, pseudo?: string) =>
  page.$$eval(
    selector,
    (all, name, of) => [
      ...new Set(all.map((one) => getComputedStyle(one, of).getPropertyValue(name))),
    ],
    property,
    pseudo,
  );

// Only Chromium lets a test choose them.
describe.skipIf(browserName === 'firefox')('with colours of the person’s own', () => {
  beforeAll(seedSession);

  test('popup: time left and verdicts keep their signs', async () => {
    const page = await showPopup(SITES.page);
    await openEverything(page);
    await forceColours(page);
    expect(await stylesOf(page, '.ring', 'background-image')).not.toContain('none');
    const [fill] = await stylesOf(page, '.bar', 'background-color', '::before');
    expect(await stylesOf(page, '.bar', 'background-color')).not.toContain(fill);
    await page.close();
  });

  test('report page: what is chosen is told from what is not', async () => {
    const page = await showReport();
    await page.$eval('[data-row]', (row) => (row as HTMLElement).click());
    await page.$eval('.counts-row button:enabled', (button) => (button as HTMLElement).click());
    await appears(page, '.counts-row [aria-pressed="true"]');
    await appears(page, '.grid-row[aria-selected="true"]');
    await forceColours(page);
    for (const [selector, chosen, property] of [
      ['.grid-body .grid-row', '[aria-selected="true"]', 'border-left-width'],
      ['.top nav a', '[aria-current]', 'border-bottom-color'],
      ['.counts-row button', '[aria-pressed="true"]', 'outline-style'],
    ] as const) {
      const [is] = await stylesOf(page, `${selector}${chosen}`, property);
      expect(await stylesOf(page, `${selector}:not(${chosen})`, property)).not.toContain(is);
    }
    await page.close();
  });
});
