import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import type { PageLook } from './browser/contract.ts';
import { until } from './browser/until.ts';
import { browser } from './fixtures.ts';
import { expectNoOverflow } from './overflow.ts';
import { openAllDetails } from './page-actions.ts';
import { openPopup, readCards } from './popup.ts';
import { sampleRows } from './sample-logins.ts';
import { seed } from './seed.ts';
import { SITES } from './sites.ts';

/** The narrowest side panel that counts, the toolbar popup's own size, and a wide window. */
const PANEL_SIZE = { width: 320, height: 600 };
export const POPUP_SIZE = { width: 400, height: 600 };
export const WIDE = { width: 1200, height: 800 };

/** What an empty popup hints at: for a site without access, one with access, and a page of the browser. */
export const HINTS = [
  [SITES.page2, 'not_watched'],
  [SITES.page, 'no_login'],
  [null, 'browser_page'],
] as const;

/** Opens the popup in front. */
export async function showPopup(site: string | null, look: PageLook = POPUP_SIZE): Promise<Page> {
  const page = await openPopup(browser, site, look);
  await page.bringToFront();
  return page;
}

/** The hint that an empty popup shows. */
export const hintOf = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.querySelector<HTMLElement>('[data-hint]')?.dataset['hint'] ?? null);

/** Stores logins of every verdict, and a loss and a clean-up to tell of. */
export const seedEveryVerdict = (): Promise<void> =>
  seed(browser, {
    ...sampleRows(Date.now()),
    meta: { health: { problem: null, held: 0, dropped: 2, pruned: 7 } },
  });

/** Stores nothing but a pause. */
export const seedPause = (): Promise<void> =>
  seed(browser, { track: { ...sampleRows(Date.now()).track, pausedAt: Date.now() - 60_000 } });

/** Opens everything that can be opened, questions to confirm, complaints of fields and app keys included. */
export async function openEverything(page: Page): Promise<void> {
  await readCards(page);
  await openAllDetails(page);
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('.key')?.click();
    for (const action of ['unwatch', 'reset-salt', 'clear'])
      document.querySelector<HTMLElement>(`[data-action="${action}"]`)?.click();
    const [days, count] = document.querySelectorAll<HTMLInputElement>('.settings .number');
    for (const field of [days, count]) {
      if (!field) continue;
      field.value = 'x';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  await until('the questions', () => page.$('[data-action="confirm-clear"]'));
}

/** The verdicts that the popup shows. */
export const verdictsOf = async (page: Page): Promise<Set<string | undefined>> =>
  new Set(
    await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('[data-verdict]')].map(
        (card) => card.dataset['verdict'],
      ),
    ),
  );

export const EVERY_VERDICT = new Set([
  'pending',
  'missed',
  'unseen',
  'late',
  'complete',
  'unlinked',
  'not-applicable',
]);

/** Shows text at a part of its usual size, in percent. */
export const setTextSize = (page: Page, percent: number): Promise<void> =>
  page.evaluate((to) => {
    document.documentElement.style.fontSize = `${to}%`;
  }, percent);

/** Expects that the popup shows each hint where nothing is stored, and that none is cut off. */
export async function expectHintsFit(): Promise<void> {
  await seed(browser, {});
  for (const [site, hint] of HINTS) {
    const page = await showPopup(site);
    expect(await hintOf(page)).toBe(hint);
    await expectNoOverflow(page, hint);
    await browser.leave(page);
  }
}

/** Expects that nothing is cut off in a side panel, a popup and a wide window, with text of a size in percent. */
export async function expectPopupFits(page: Page, percent: number): Promise<void> {
  await setTextSize(page, percent);
  for (const size of [PANEL_SIZE, POPUP_SIZE, WIDE]) {
    await browser.setLook(page, size);
    await expectNoOverflow(page, `${size.width} px, ${percent} %`);
  }
}
