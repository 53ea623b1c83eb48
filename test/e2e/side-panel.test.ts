import type { Page } from 'puppeteer-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { violations } from './axe.ts';
import { until } from './browser/until.ts';
import { inExtension } from './extension-api.ts';
import { browser, browserName, resetAll, useBrowser } from './fixtures.ts';
import { logIn } from './login-steps.ts';
import { expectNoOverflow } from './overflow.ts';
import { appears, click, has } from './page-actions.ts';
import { sampleRows } from './sample-logins.ts';
import { seed } from './seed.ts';
import { SITES } from './sites.ts';

/** What is called of Chromium's API on a page of the extension. */
declare const chrome: {
  runtime: { getContexts(filter: { contextTypes: string[] }): Promise<unknown[]> };
};

useBrowser({ grants: [SITES.page] });
beforeEach(() => resetAll());

/** Opens the panel's page in a tab, as wide as a panel is. */
async function openPanelPage(width = 520): Promise<Page> {
  const page = await browser.openExtensionPage('sidepanel.html', { width, height: 800 });
  await appears(page, 'body[data-ready="true"]');
  return page;
}

/** The parts of hosts on the cards that take several lines: a host breaks after a dot only. */
const brokenLabels = (panel: Page) =>
  panel.$$eval('[data-login-id] .site-name', (hosts) =>
    hosts
      .flatMap((host) => [...host.childNodes].filter((node) => node.textContent))
      .filter((label) => {
        const range = document.createRange();
        range.selectNodeContents(label);
        return range.getClientRects().length > 1;
      })
      .map((label) => label.textContent),
  );

/** How many lines of text the highest card has, but for rehearsals' with their badge. */
const mostLines = (panel: Page) =>
  panel.$$eval('[data-login-id] summary:not(:has([data-rehearsal]))', (cards) =>
    Math.max(
      ...cards.map((card) => {
        const { lineHeight, paddingBlockStart, paddingBlockEnd } = getComputedStyle(card);
        const padding = parseFloat(paddingBlockStart) + parseFloat(paddingBlockEnd);
        return Math.round((card.getBoundingClientRect().height - padding) / parseFloat(lineHeight));
      }),
    ),
  );

describe('side panel', () => {
  test('shows a login as soon as it is made, and has no button to open itself', async () => {
    const panel = await openPanelPage();
    expect(await has(panel, '[data-login-id]')).toBe(false);
    expect(await has(panel, '[data-action="open-panel"]')).toBe(false);
    const page = await browser.newPage();
    await logIn(page, SITES.page, { account: 'alice' });
    await appears(panel, '[data-testid="open"] [data-login-id]');
    await browser.leave(page);
    await browser.leave(panel);
  });

  test('follows the tab in front', async () => {
    const panel = await openPanelPage();
    const site = () =>
      panel.evaluate(() => document.querySelector('.site .site-name')?.textContent ?? null);
    const page = await browser.newPage(SITES.page);
    await page.bringToFront();
    await until('the site', async () => (await site()) === new URL(SITES.page).host);
    await panel.bringToFront();
    await until('no site', async () => (await site()) === null);
    expect(await has(panel, '[data-hint="no_address"]')).toBe(true);
    await browser.leave(page);
    await browser.leave(panel);
  });

  test('question whether to stop watching a site: goes where another site is in front', async () => {
    await browser.grant(SITES.server);
    const panel = await openPanelPage();
    const page = await browser.newPage(SITES.page);
    await page.bringToFront();
    await appears(panel, '[data-watched="true"] [data-action="unwatch"]');
    await panel.evaluate(() =>
      document.querySelector<HTMLElement>('[data-action="unwatch"]')?.click(),
    );
    await appears(panel, '[data-action="confirm-unwatch"]');
    await page.goto(SITES.server);
    const { host } = new URL(SITES.server);
    await until('the other site', () =>
      panel.evaluate((h) => document.querySelector('.site .site-name')?.textContent === h, host),
    );
    expect(await has(panel, '[data-action="unwatch"]')).toBe(true);
    expect(await has(panel, '[data-action="confirm-unwatch"]')).toBe(false);
    await browser.leave(page);
    await browser.leave(panel);
  });

  test('narrow and wide: accessible, and nothing is cut off', async () => {
    await seed(browser, sampleRows(Date.now()));
    for (const width of [320, 520]) {
      const panel = await openPanelPage(width);
      await panel.bringToFront();
      expect(await violations(panel)).toEqual([]);
      await expectNoOverflow(panel, `${width} px`);
      expect(await brokenLabels(panel), `${width} px`).toEqual([]);
      if (width > 500) expect(await mostLines(panel)).toBe(2);
      await browser.leave(panel);
    }
  });

  // Only Chromium lets a test into its popup.
  test.skipIf(browserName === 'firefox')('a button in the popup opens it', async () => {
    const tab = await browser.newPage(SITES.page);
    const popup = await until('the popup', () => browser.openPopup?.(tab));
    await appears(popup, 'body[data-ready="true"]');
    await click(popup, '[data-action="open-panel"]');
    await until('the side panel', () =>
      inExtension(
        browser,
        async () =>
          (await chrome.runtime.getContexts({ contextTypes: ['SIDE_PANEL'] })).length === 1,
        null,
      ),
    );
    await tab.close();
  });
});
