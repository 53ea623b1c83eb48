import type { Page } from 'puppeteer-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { MAX_OBSERVATIONS } from '../../../utils/model/settings.ts';
import { api, observe } from '../../unit/fixtures.ts';
import { until } from '../browser/until.ts';
import { dump, dumpWhen, HOUR } from '../extension-api.ts';
import { browser, resetAll, useBrowser } from '../fixtures.ts';
import {
  appears,
  click,
  clickAction,
  disappears,
  has,
  openDetails,
  typeInto,
} from '../page-actions.ts';
import { openPopup, readCards } from '../popup.ts';
import { rowsOf, sampleRows, seenLogin } from '../sample-logins.ts';
import { seed } from '../seed.ts';
import { SITES } from '../sites.ts';

useBrowser({ grants: [SITES.page] });

/** The only stored login. */
const login = async () => (await dump(browser))['logins']?.[0] ?? {};

/** Reads `data-…` of the only card. */
const card = (page: Page) =>
  page.evaluate(() => ({ ...document.querySelector<HTMLElement>('[data-login-id]')?.dataset }));

describe('settings in the popup', () => {
  beforeAll(() => resetAll());

  const popup = async () => {
    const page = await openPopup(browser, SITES.page);
    await page.bringToFront();
    return page;
  };

  test('account label: set and removed', async () => {
    await seed(browser, rowsOf(seenLogin(Date.now(), 3)));
    const page = await popup();
    await openDetails(page, '[data-login-id] > details');
    await typeInto(page, '.account', '홍길동 tester');
    await dumpWhen(browser, (d) => d['logins']?.[0]?.['label'] === '홍길동 tester');
    await page.bringToFront();
    await typeInto(page, '.account', '');
    await dumpWhen(browser, (d) => d['logins']?.[0]?.['label'] === null);
    await browser.leave(page);
  });

  test('tester’s mark: complete, cut, taken back', async () => {
    await seed(browser, rowsOf(seenLogin(Date.now(), 30)));
    const page = await popup();
    expect((await card(page))['verdict']).toBe('missed');
    await openDetails(page, '[data-login-id] > details');
    await typeInto(page, '.tester input', 'saw it in the server log');
    const says = async (action: string, verdict: string) => {
      await openDetails(page, '[data-login-id] > details');
      await clickAction(page, action);
      await until(`${action} to be stored`, async () => {
        const mark = ((await login())['testerMark'] as { mark: string } | null)?.mark ?? 'undo';
        return action === `mark-${mark}`;
      });
      await until(verdict, async () => {
        const [shown] = await readCards(page);
        return shown?.verdict === verdict;
      });
    };
    await says('mark-complete', 'complete');
    expect(((await login())['testerMark'] as { note: string }).note).toBe(
      'saw it in the server log',
    );
    await says('mark-cut', 'unlinked');
    await says('mark-undo', 'missed');
    expect((await login())['testerMark']).toBeNull();
    await browser.leave(page);
  });

  test('link mode: changes the verdict at once', async () => {
    const now = Date.now();
    const me = observe(api('/v2/user/me'), now - 2 * HOUR, { tab: 'r:3' });
    await seed(browser, rowsOf([...seenLogin(now, 3), me]));
    const page = await popup();
    await until('the card', async () => (await card(page))['verdict'] === 'complete');
    expect(await card(page)).toHaveProperty('needsWord');
    expect((await card(page))['certainty']).toBe('likely');
    await openDetails(page, '.app');
    const choose = (mode: string) =>
      click(page, `[data-choice="link-mode"] input[value="${mode}"]`);
    await choose('manual');
    await until('pending', async () => (await card(page))['verdict'] === 'pending');
    expect(
      await page.evaluate(() => document.querySelector('.app')?.getAttribute('data-link-mode')),
    ).toBe('manual');
    await choose('auto');
    await openDetails(page, '[data-testid="done"]');
    await until('complete', async () => (await card(page))['verdict'] === 'complete');
    expect((await card(page))['certainty']).toBe('certain');
    await dumpWhen(browser, (d) => d['apps']?.[0]?.['linkModeOverride'] === 'auto');
    await browser.leave(page);
  });

  test('a new app: asked once how it links, and its complete login waits for the answer', async () => {
    const now = Date.now();
    const me = observe(api('/v2/user/me'), now - 2 * HOUR, { tab: 'r:3' });
    await seed(browser, rowsOf([...seenLogin(now, 3), me]));
    const page = await popup();
    await appears(page, '[data-testid="attention"] [data-needs-word]');
    expect(await has(page, '[data-testid="done"]')).toBe(false);
    const texts = await page.$$eval('.ask h2, .app > summary', (all) =>
      all.map((e) => e.textContent),
    );
    expect(texts[0]).toMatch(/^Link mode of /);
    expect(texts[1]).toMatch(/Link mode not known$/);
    await clickAction(page, 'answer-auto');
    await disappears(page, '[data-testid="ask"]');
    await appears(page, '[data-testid="done"]');
    await dumpWhen(browser, (d) => d['apps']?.[0]?.['linkModeOverride'] === 'auto');
    await disappears(page, '[data-testid="attention"]');
    await browser.leave(page);
  });

  test('at 400 by 600 pixels at least five logins are in sight', async () => {
    await seed(browser, sampleRows(Date.now()));
    const page = await popup();
    const inSight = () =>
      page.evaluate(
        () =>
          [...document.querySelectorAll('[data-login-id]')].filter(
            (row) => row.getBoundingClientRect().bottom <= 600,
          ).length,
      );
    await until('five logins', async () => (await inSight()) >= 5);
    await browser.leave(page);
  });

  test('retention: takes whole numbers in their range only', async () => {
    await seed(browser, {});
    const page = await popup();
    await openDetails(page, '[data-testid="settings"]');
    const stored = () => page.evaluate(readMeta, 'settings');
    for (const count of [99, MAX_OBSERVATIONS + 1]) {
      await typeInto(page, '[data-field="retentionCount"]', String(count));
      const complaint = await page.evaluate(() =>
        [...document.querySelectorAll('.settings .complaint')].map((c) => c.textContent).join(''),
      );
      expect(complaint).toContain(`100`);
      expect(complaint).toContain(`${MAX_OBSERVATIONS}`);
      expect(await stored()).not.toMatchObject({ retentionCount: count });
    }
    await typeInto(page, '[data-field="retentionCount"]', '1000');
    await typeInto(page, '[data-field="retentionDays"]', '7');
    await until('the settings', async () => {
      const now = (await stored()) as Record<string, unknown> | null;
      return now?.['retentionCount'] === 1000 && now['retentionDays'] === 7;
    });
    await browser.leave(page);
  });

  test('salt: replaced after a second step, not before', async () => {
    const page = await popup();
    await openDetails(page, '[data-testid="settings"]');
    await clickAction(page, 'reset-salt');
    await clickAction(page, 'cancel');
    expect(await page.evaluate(readMeta, 'salt')).toBeNull();
    await clickAction(page, 'reset-salt');
    await clickAction(page, 'confirm-reset-salt');
    const salt = await until('a salt', () => page.evaluate(readMeta, 'salt'));
    await clickAction(page, 'reset-salt');
    await clickAction(page, 'confirm-reset-salt');
    await until('another salt', async () => (await page.evaluate(readMeta, 'salt')) !== salt);
    expect(salt).toMatch(/^[\da-f]{32}$/);
    await browser.leave(page);
  });

  test('clear: removes everything but the settings', async () => {
    await seed(browser, sampleRows(Date.now()), { wake: true });
    const page = await popup();
    await openDetails(page, '[data-testid="settings"]');
    await clickAction(page, 'clear');
    expect(await page.$('[data-login-id]')).not.toBeNull();
    await clickAction(page, 'confirm-clear');
    const content = await dumpWhen(browser, (d) => d['logins']?.length === 0);
    for (const store of ['observations', 'apps', 'notices', 'sessions'])
      expect(content[store], store).toEqual([]);
    expect(await page.evaluate(readMeta, 'settings')).toMatchObject({ retentionCount: 1000 });
    await until('the empty list', async () => (await page.$('[data-login-id]')) === null);
    await browser.leave(page);
  });
});

/** Reads a single value of the database, on a page of the extension; null where there is none. */
function readMeta(name: string): Promise<unknown> {
  return new Promise((done) => {
    const opening = indexedDB.open('linkwatch');
    opening.onsuccess = () => {
      const db = opening.result;
      const reading = db.transaction('meta').objectStore('meta').get(name);
      reading.onsuccess = () => {
        db.close();
        done((reading.result as unknown) ?? null);
      };
    };
  });
}
