import { expect, test } from 'vitest';
import { violations } from '../axe.ts';
import { until } from '../browser/until.ts';
import { dumpWhen } from '../extension-api.ts';
import { browser, useBrowser } from '../fixtures.ts';
import { expectNoOverflow } from '../overflow.ts';
import { appears } from '../page-actions.ts';
import { act, choose, exportedText, fill, openReport } from '../report-page.ts';

useBrowser();

test('a setting changed there is there again at the next visit', async () => {
  const page = await openReport(browser, '#settings');
  await fill(page, 'retentionDays', '7');
  await until('the setting at the next visit', async () => {
    const again = await openReport(browser, '#settings');
    const days = await again.waitForSelector('[data-field="retentionDays"]');
    const value = await days?.evaluate((field) => (field as HTMLInputElement).value);
    await browser.leave(again);
    return value === '7';
  });
  await browser.leave(page);
});

/** A file of link modes as a team shares it. */
const teamFile = (linkMode: 'auto' | 'manual') => ({
  name: 'team.json',
  text: JSON.stringify({
    format: 'linkwatch-link-modes',
    version: 1,
    apps: [{ clientId: 'aaaa1111bbbb2222', linkMode }],
  }),
});

test('link modes out of a file are kept, asked about where they differ, and saved again', async () => {
  const page = await openReport(browser, '#settings');
  await choose(page, 'link-modes', [teamFile('manual')]);
  await appears(page, '[data-set-mode="manual"]');
  await choose(page, 'link-modes', [teamFile('auto')]);
  await appears(page, '[data-testid="modes-question"]');
  expect(await violations(page)).toEqual([]);
  await act(page, 'replace-modes');
  await appears(page, '[data-set-mode="auto"]');
  await dumpWhen(browser, ({ apps = [] }) => apps[0]?.['linkModeOverride'] === 'auto');
  expect(JSON.parse(await exportedText(page, 'link-modes'))).toEqual(
    JSON.parse(teamFile('auto').text),
  );
  await browser.leave(page);
});

test('in a wide window the fields of numbers stand beside their labels', async () => {
  const page = await openReport(browser, '#settings', { width: 1280, height: 800 });
  await page.waitForSelector('[data-field="retentionDays"]');
  const ends = await page.$$eval('.number-setting .number', (all) =>
    all.map((field) => field.getBoundingClientRect().right),
  );
  expect(ends.length).toBe(2);
  for (const end of ends) expect(end).toBeLessThan(600);
  await browser.leave(page);
});

test('the settings are accessible, and fit on a narrow page', async () => {
  const page = await openReport(browser, '#settings', { width: 320, height: 800 });
  await page.waitForSelector('[data-field="retentionDays"]');
  expect(await violations(page)).toEqual([]);
  await expectNoOverflow(page, 'settings');
  await browser.leave(page);
});
