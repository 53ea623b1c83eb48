import { expect, test } from 'vitest';
import { violations } from './axe.ts';
import { until } from './browser/until.ts';
import { closeTabs, inExtension, openTabs } from './extension-api.ts';
import { browser, useBrowser } from './fixtures.ts';
import { expectNoOverflow } from './overflow.ts';
import { fill, openReport } from './report-page.ts';

/** What is called of the extension's API on its pages. */
declare const chrome: { runtime: { openOptionsPage(): Promise<void> } };

useBrowser();

const ADDRESS = 'report.html#settings';

test("the browser's own menu leads to the settings", async () => {
  await inExtension(browser, () => chrome.runtime.openOptionsPage(), null);
  await until('the settings in a tab', async () =>
    (await openTabs(browser)).some(({ url }) => url === browser.extensionUrl + ADDRESS),
  );
  await closeTabs(browser, ADDRESS);
});

test('a setting changed there is there again at the next visit', async () => {
  const page = await openReport(browser, '#settings');
  await fill(page, 'retentionDays', '7');
  await until('the setting at the next visit', async () => {
    const again = await openReport(browser, '#settings');
    const days = await again.waitForSelector('[data-field="retentionDays"]');
    const value = await days?.evaluate((field) => (field as HTMLInputElement).value);
    await again.close();
    return value === '7';
  });
  await page.close();
});

test('the settings are accessible, and fit on a narrow page', async () => {
  const page = await openReport(browser, '#settings', { width: 320, height: 800 });
  await page.waitForSelector('[data-field="retentionDays"]');
  expect(await violations(page)).toEqual([]);
  await expectNoOverflow(page, 'settings');
  await page.close();
});
