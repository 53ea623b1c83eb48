import type { Page } from 'puppeteer-core';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { violations } from './axe.ts';
import { NOTHING } from './browser/spare-tabs.ts';
import { until } from './browser/until.ts';
import { command, endWorker, inExtension } from './extension-api.ts';
import { browser, resetAll, useBrowser } from './fixtures.ts';
import { logIn, pressAndWait } from './login-steps.ts';
import { expectNoOverflow } from './overflow.ts';
import { appears, click, has } from './page-actions.ts';
import { setDatabaseVersion } from './seed.ts';
import { SITES } from './sites.ts';

/** What is called of the extension's API on its pages. */
declare const chrome: { tabs: { query(what: object): Promise<{ id: number; url?: string }[]> } };

useBrowser({ grants: [SITES.page] });
beforeEach(() => resetAll());

/** The browser's id of the tab that shows a site. */
const tabOf = (site: string): Promise<number> =>
  inExtension(
    browser,
    async ({ start, left }) =>
      (await chrome.tabs.query({})).find(
        ({ url = '' }) => url.startsWith(start) && !url.endsWith(left),
      )?.id ?? -1,
    { start: site, left: NOTHING },
  );

/** Opens the panel's page in a tab of its own, about the tab that shows a site. */
async function openPanel(
  site: string,
  look: { width?: number; dark?: boolean } = {},
): Promise<Page> {
  const id = await tabOf(site);
  const { width = 900, dark = false } = look;
  const panel = await browser.openExtensionPage(`devtools-panel.html?tab=${id}`, {
    width,
    height: 600,
    dark,
  });
  await appears(panel, 'body[data-ready="true"]');
  return panel;
}

const activeRow = (panel: Page) =>
  panel.evaluate(
    () =>
      document.querySelector<HTMLElement>('[role="option"][aria-selected="true"]')?.innerText ?? '',
  );

const rowCount = (panel: Page) =>
  panel.evaluate(() => document.querySelectorAll('[role="option"]').length);

describe('panel of the developer tools, in a tab', () => {
  test('shows the tab’s login live, why each call counts, and its details by keyboard', async () => {
    const page = await browser.newPage(SITES.page);
    const panel = await openPanel(SITES.page);
    expect(await has(panel, '.tools-empty')).toBe(true);
    await page.bringToFront();
    await logIn(page, SITES.page, { account: 'alice' });
    await pressAndWait(page, 'tokeninfo');
    await pressAndWait(page, 'me');
    await appears(panel, '[data-standing="counts"]');
    await panel.bringToFront();
    const told = await panel.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.request-line')].map((row) => row.innerText),
    );
    expect(told.some((line) => /access_token_info[^]*Does not count/.test(line))).toBe(true);
    expect(told.some((line) => /GET \/v2\/user\/me[^]*Counts/.test(line))).toBe(true);

    await panel.focus('#rows');
    await panel.keyboard.press('End');
    await until('the last row', async () => /user\/me/.test(await activeRow(panel)));
    await panel.keyboard.press('Enter');
    await appears(panel, '[data-testid="details"]');
    await panel.keyboard.press('ArrowUp');
    await until('the row above', async () => /access_token_info/.test(await activeRow(panel)));
    expect(await panel.evaluate(() => document.body.innerText)).toContain('Why it does not count');
    expect(await violations(panel)).toEqual([]);
    await panel.keyboard.press('Escape');
    await until('the details closed', async () => !(await has(panel, '[data-testid="details"]')));

    const all = await rowCount(panel);
    await panel.keyboard.press('/');
    await panel.keyboard.type('user/me 200');
    await until('the filter', async () => (await rowCount(panel)) === 2);
    await panel.keyboard.press('Escape');
    await until('all rows', async () => (await rowCount(panel)) === all);
    await browser.leave(page);
    await browser.leave(panel);
  });

  test('narrow and wide, light and dark: accessible, and nothing is cut off', async () => {
    const page = await browser.newPage(SITES.page);
    await logIn(page, SITES.page, { account: 'alice' });
    await pressAndWait(page, 'me');
    for (const look of [{ width: 320 }, { width: 900, dark: true }]) {
      const panel = await openPanel(SITES.page, look);
      await panel.bringToFront();
      await click(panel, '.login-line');
      await appears(panel, '[data-testid="details"]');
      expect(await violations(panel)).toEqual([]);
      await expectNoOverflow(panel, `${look.width} px`);
      await browser.leave(panel);
    }
    await browser.leave(page);
  });

  test('paused: says so, and goes on at a click', async () => {
    const page = await browser.newPage(SITES.page);
    await command(browser, { type: 'pause', paused: true });
    const panel = await openPanel(SITES.page);
    await panel.bringToFront();
    expect(await violations(panel)).toEqual([]);
    await click(panel, '[data-testid="paused"] [data-action="resume"]');
    await until('recording', async () => !(await has(panel, '[data-testid="paused"]')));
    await until('the focus near it', () =>
      panel.evaluate(() => document.activeElement !== document.body),
    );
    await browser.leave(page);
    await browser.leave(panel);
  });

  test('database that cannot be read: says so, and not that it is being read', async () => {
    const page = await browser.newPage(SITES.page);
    const id = await tabOf(SITES.page);
    await endWorker(browser);
    await setDatabaseVersion(browser, 99);
    onTestFinished(async () => {
      await endWorker(browser);
      await setDatabaseVersion(browser, null);
      await command(browser, { type: 'reconcile' });
    });
    const panel = await browser.openExtensionPage(`devtools-panel.html?tab=${id}`);
    await appears(panel, 'body[data-ready="error"]');
    expect(await panel.$eval('[data-problem]', (p) => p.textContent)).toMatch(/newer/);
    expect(await panel.$eval('main', (main) => main.textContent)).toBe('');
    await browser.leave(panel);
    await browser.leave(page);
  });

  test('another tab’s login is not shown', async () => {
    const other = await browser.newPage();
    await logIn(other, SITES.page, { account: 'alice' });
    await other.goto(SITES.server);
    const page = await browser.newPage(SITES.page);
    const panel = await openPanel(SITES.page);
    expect(await has(panel, '[data-login-id]')).toBe(false);
    await browser.leave(other);
    await browser.leave(page);
    await browser.leave(panel);
  });
});
