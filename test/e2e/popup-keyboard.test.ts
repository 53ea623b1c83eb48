import type { KeyInput, Page } from 'puppeteer-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { until } from './browser/until.ts';
import { dump, dumpWhen } from './extension-api.ts';
import { browser, browserName, resetAll, useBrowser } from './fixtures.ts';
import { appears, disappears, has, openAllDetails } from './page-actions.ts';
import { openPopup, readCards } from './popup.ts';
import { sampleRows } from './sample-logins.ts';
import { seed } from './seed.ts';
import { SITES } from './sites.ts';

useBrowser({ grants: [SITES.page] });

/** What has the focus: its place among all elements, and how it shows. */
interface Stop {
  place: number;
  what: string;
  ring: boolean;
}

const focused = (page: Page) =>
  page.evaluate((): Stop | null => {
    const e = document.activeElement;
    if (!e || e === document.body || e === document.documentElement) return null;
    const { outlineStyle, outlineWidth } = getComputedStyle(e);
    return {
      place: [...document.querySelectorAll('*')].indexOf(e),
      what: `${e.tagName} ${e.getAttribute('data-action') ?? e.className} ${e.textContent?.slice(0, 30)}`,
      ring: e.matches(':focus-visible') && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
    };
  });

/** Presses Tab until the focus has gone round; gives every stop. */
async function tour(page: Page): Promise<Stop[]> {
  const stops: Stop[] = [];
  for (let i = 0; i < 300; i += 1) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (!stop || stop.place === stops[0]?.place) break;
    stops.push(stop);
  }
  return stops;
}

/** Places of the controls a person can see and use, in the order of the page; of radios the chosen one. */
const controls = (page: Page) =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll('*')];
    return [...document.querySelectorAll<HTMLElement>('button, input, summary, a[href]')]
      .filter((e) => e.checkVisibility() && !(e as HTMLButtonElement).disabled)
      .filter((e) => !(e instanceof HTMLInputElement) || e.type !== 'radio' || e.checked)
      .map((e) => all.indexOf(e));
  });

/** Goes to a control by Tab alone, or back to it by Shift and Tab. */
async function tabTo(page: Page, selector: string, back = false): Promise<void> {
  for (let i = 0; i < 300; i += 1) {
    if (back) await page.keyboard.down('Shift');
    await page.keyboard.press('Tab');
    if (back) await page.keyboard.up('Shift');
    if (await page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector)) return;
  }
  throw new Error(`Tab does not reach ${selector}.`);
}

describe('popup by keyboard alone', () => {
  beforeAll(() => resetAll());
  beforeEach(() => seed(browser, sampleRows(Date.now())));

  const popup = async (site: string = SITES.page) => {
    const page = await openPopup(browser, site);
    await page.bringToFront();
    return page;
  };
  const press = (page: Page, key: KeyInput) => page.keyboard.press(key);

  test('Tab: reaches every control in page order, focus always visible', async () => {
    const page = await popup();
    await readCards(page);
    await openAllDetails(page);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const stops = await tour(page);
    expect(stops.length).toBeGreaterThan(80);
    expect(stops.map((s) => s.place)).toEqual(await controls(page));
    expect(stops.filter((s) => !s.ring).map((s) => s.what)).toEqual([]);
    await browser.leave(page);
  });

  test('Enter watches a site, Space pauses and resumes', async () => {
    const page = await popup(SITES.page2);
    await tabTo(page, '[data-action="watch"]');
    await press(page, 'Enter');
    await appears(page, '[data-testid="site"][data-watched="true"]');
    expect(await browser.granted()).toContain(`${SITES.page2}/*`);
    await tabTo(page, '[data-action="pause"]', true);
    await press(page, ' ');
    await appears(page, '[data-testid="paused"]');
    await dumpWhen(browser, (d) => (d['observations'] ?? []).some((o) => o['paused'] === true));
    await page.bringToFront();
    await until('the button to resume to have the focus', () =>
      page.evaluate(() => document.activeElement?.getAttribute('data-action') === 'resume'),
    );
    await press(page, ' ');
    await disappears(page, '[data-testid="paused"]');
    await browser.leave(page);
  });

  test('a control that its own use takes away leaves the focus near it', async () => {
    await browser.revoke(SITES.page2);
    const page = await popup(SITES.page2);
    await readCards(page);
    await openAllDetails(page);
    const holdsFocus = async (action: string, after: string) => {
      await tabTo(page, `[data-action="${action}"]`);
      await press(page, 'Enter');
      await appears(page, `${after}:focus`);
    };
    await holdsFocus('watch', '[data-watched="true"] summary');
    await holdsFocus('watch-site', '[data-action="recipes"]');
    const [marked] = await page.$$eval('[data-login-id]', (all) =>
      all.map((card) => card.getAttribute('data-login-id')),
    );
    await holdsFocus('mark-complete', `[data-login-id]:not([data-login-id="${marked}"]) summary`);
    await holdsFocus('silence', '[data-testid="silenced"] > summary');
    await browser.leave(page);
  });

  test('clear by keyboard: two steps, and Escape cancels', async () => {
    const page = await popup();
    await tabTo(page, '[data-testid="settings"] > summary');
    await press(page, 'Enter');
    await tabTo(page, '[data-action="clear"]');
    await press(page, 'Enter');
    await appears(page, '[data-action="cancel"]:focus');
    expect((await focused(page))?.ring).toBe(true);
    await press(page, 'Escape');
    expect(await has(page, '[data-action="confirm-clear"]')).toBe(false);
    expect((await focused(page))?.what).toMatch(/^BUTTON clear/);
    expect((await dump(browser))['logins']).toHaveLength(12);
    await page.bringToFront();
    await press(page, ' ');
    await appears(page, '[data-action="cancel"]:focus');
    await press(page, 'Enter');
    expect(await has(page, '[data-action="confirm-clear"]')).toBe(false);
    await press(page, ' ');
    await appears(page, '[data-action="cancel"]:focus');
    await tabTo(page, '[data-action="confirm-clear"]', true);
    await press(page, 'Enter');
    await dumpWhen(browser, (d) => d['logins']?.length === 0);
    await disappears(page, '[data-login-id]');
    await browser.leave(page);
  });

  // Only Chromium lets a test into it.
  test.skipIf(browserName === 'firefox')(
    'toolbar popup: as wide as it should be, and Escape does not close it',
    async () => {
      const tab = await browser.newPage(SITES.page);
      const page = await until('the popup', () => browser.openPopup?.(tab));
      await appears(page, 'body[data-ready="true"]');
      const width = await page.evaluate(() => innerWidth);
      expect(width).toBeGreaterThanOrEqual(400);
      expect(width).toBeLessThanOrEqual(440);
      await tabTo(page, '[data-testid="settings"] > summary');
      await press(page, 'Enter');
      await tabTo(page, '[data-action="clear"]');
      await press(page, 'Enter');
      expect(await has(page, '[data-action="confirm-clear"]')).toBe(true);
      await press(page, 'Escape');
      await disappears(page, '[data-action="confirm-clear"]');
      // It is still there to be asked.
      expect(await has(page, '[data-action="clear"]')).toBe(true);
      await tab.close();
    },
  );
});
