import type { Page } from 'puppeteer-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { THEME_RULES, violations } from '../axe.ts';
import { until } from '../browser/until.ts';
import { browser, useBrowser } from '../fixtures.ts';
import { appears, openDetails } from '../page-actions.ts';
import {
  EVERY_VERDICT,
  HINTS,
  hintOf,
  openEverything,
  POPUP_SIZE,
  seedEveryVerdict,
  seedPause,
  showPopup,
  verdictsOf,
  WIDE,
} from '../popup-states.ts';
import { sampleRows } from '../sample-logins.ts';
import { seed } from '../seed.ts';
import { SITES } from '../sites.ts';

useBrowser({ grants: [SITES.page] });

/** Expects axe to object to nothing: to all in the light theme, and to what another can change in the dark one. */
async function expectAccessible(page: Page, state: string): Promise<void> {
  expect(await violations(page), state).toEqual([]);
  await browser.setLook(page, { dark: true });
  expect(await violations(page, THEME_RULES), `${state}, dark`).toEqual([]);
  await browser.setLook(page, { dark: false });
}

describe('popup with nothing to show', () => {
  beforeAll(() => seed(browser, {}));

  test.each(HINTS)('site %s: the hint %s is accessible in both themes', async (site, hint) => {
    const page = await showPopup(site);
    expect(await hintOf(page)).toBe(hint);
    await expectAccessible(page, hint);
    await browser.leave(page);
  });

  test('paused: accessible in both themes', async () => {
    await seedPause();
    const page = await showPopup(SITES.page);
    expect(await hintOf(page)).toBe('paused');
    await expectAccessible(page, 'paused');
    await browser.leave(page);
  });
});

describe('popup with logins of every verdict, everything opened', () => {
  let page: Page;
  beforeAll(async () => {
    await seedEveryVerdict();
    page = await showPopup(SITES.page);
    await openEverything(page);
  });

  test('as wide as the toolbar popup: accessible in both themes', async () => {
    expect(await verdictsOf(page)).toEqual(EVERY_VERDICT);
    await expectAccessible(page, 'opened');
  });

  // Another width changes no colour, so the dark theme is not looked at again.
  test('in a wide window: accessible', async () => {
    await browser.setLook(page, WIDE);
    expect(await verdictsOf(page)).toEqual(EVERY_VERDICT);
    expect(await violations(page)).toEqual([]);
    await browser.leave(page);
  });
});

/** The first countdown's text, and whether its bar slides. */
const motion = (page: Page) =>
  page.evaluate(() => ({
    text: document.querySelector('[role="timer"]')?.textContent ?? '',
    slides:
      getComputedStyle(document.querySelector('.countdown .bar') as Element, '::before')
        .transitionDuration !== '0s',
  }));

test('countdowns rest for who wants less motion', async () => {
  await seed(browser, sampleRows(Date.now()));
  const lively = await showPopup(SITES.page);
  await openDetails(lively, '[data-login-id] > details');
  await appears(lively, '[role="timer"]');
  const first = await motion(lively);
  expect(first.slides).toBe(true);
  await until('a tick', async () => (await motion(lively)).text !== first.text);
  await browser.leave(lively);
  const calm = await showPopup(SITES.page, { ...POPUP_SIZE, reducedMotion: true });
  await openDetails(calm, '[data-login-id] > details');
  await appears(calm, '[role="timer"]');
  const before = await motion(calm);
  expect(before.slides).toBe(false);
  await new Promise((done) => setTimeout(done, 2100));
  expect((await motion(calm)).text).toBe(before.text);
  await browser.leave(calm);
});

test('the page says its language', async () => {
  const page = await showPopup(SITES.page);
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  await browser.leave(page);
});
