import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { until } from './browser/until.ts';
import { dump, dumpWhen, SITES } from './inside.ts';
import { inEachBrowser, type Lab } from './lab.ts';
import { clickAction, openPopup } from './popup.ts';
import { rowsOf, sampleRows, seenLogin } from './sample-logins.ts';
import { seed } from './seed.ts';
import { api, observe } from '../unit/fixtures.ts';

const HOUR = 3_600_000;

/** The only stored login. */
const login = async (lab: Lab) => (await dump(lab.browser))['logins']?.[0] ?? {};

/** Reads `data-…` of the only card. */
const card = (page: Page) =>
  page.evaluate(() => ({ ...document.querySelector<HTMLElement>('[data-login-id]')?.dataset }));

const open = async (page: Page, selector: string) => {
  await page.bringToFront();
  const summary = await until(selector, () => page.$(`${selector} > summary`));
  await summary.click();
};

/** Writes into a field as a person does, in place of what is there, and leaves it with Enter. */
async function write(page: Page, selector: string, text: string): Promise<void> {
  const field = await until(selector, () => page.$(selector));
  await field.click({ count: 3 });
  await page.keyboard.press('Backspace');
  if (text) await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

inEachBrowser('through the popup', { grants: [SITES.page] }, (lab) => {
  const popup = async () => {
    const page = await openPopup(lab.browser, SITES.page);
    await page.bringToFront();
    return page;
  };

  test('a login gets a name, and loses it', async () => {
    await seed(lab.browser, rowsOf(seenLogin(Date.now(), 3)));
    const page = await popup();
    await write(page, '.account', '홍길동 tester');
    await dumpWhen(lab.browser, (d) => d['logins']?.[0]?.['label'] === '홍길동 tester');
    await page.bringToFront();
    await write(page, '.account', '');
    await dumpWhen(lab.browser, (d) => d['logins']?.[0]?.['label'] === null);
    await page.close();
  });

  test('the tester’s word: complete, cut, taken back', async () => {
    await seed(lab.browser, rowsOf(seenLogin(Date.now(), 30)));
    const page = await popup();
    expect((await card(page))['verdict']).toBe('missed');
    await open(page, '.card details');
    await write(page, '.tester input', 'saw it in the server log');
    const says = async (action: string, verdict: string) => {
      await page.bringToFront();
      await clickAction(page, action);
      await until(`${action} to be stored`, async () => {
        const mark = ((await login(lab))['tester'] as { mark: string } | null)?.mark ?? 'undo';
        return action === `mark-${mark}`;
      });
      await page.bringToFront();
      await page.evaluate(() => {
        const done = document.querySelector<HTMLDetailsElement>('[data-testid="done"]');
        if (done && !done.open) done.querySelector('summary')?.click();
      });
      await until(verdict, async () => (await card(page))['verdict'] === verdict);
      await page.evaluate(() => {
        const details = document.querySelector<HTMLDetailsElement>('.card details');
        if (details && !details.open) details.querySelector('summary')?.click();
      });
    };
    await says('mark-complete', 'complete');
    expect(((await login(lab))['tester'] as { note: string }).note).toBe(
      'saw it in the server log',
    );
    await says('mark-cut', 'unlinked');
    await says('mark-undo', 'missed');
    expect((await login(lab))['tester']).toBeNull();
    await page.close();
  });

  test('the link mode shows in the verdict at once', async () => {
    const now = Date.now();
    const me = observe(api('/v2/user/me'), now - 2 * HOUR, { tab: 'r:3' });
    await seed(lab.browser, rowsOf([...seenLogin(now, 3), me]));
    const page = await popup();
    await page.evaluate(() =>
      document.querySelector<HTMLElement>('[data-testid="done"] > summary')?.click(),
    );
    await until('the card', async () => (await card(page))['verdict'] === 'complete');
    expect((await card(page))['certainty']).toBe('likely');
    await open(page, '.app');
    const choose = async (mode: string) => {
      await page.bringToFront();
      await (await page.$(`[data-choice="link-mode"] input[value="${mode}"]`))?.click();
    };
    await choose('manual');
    await until('pending', async () => (await card(page))['verdict'] === 'pending');
    expect(
      await page.evaluate(() => document.querySelector('.app')?.getAttribute('data-link-mode')),
    ).toBe('manual');
    await choose('auto');
    await until('certain', async () => (await card(page))['certainty'] === 'certain');
    expect((await card(page))['verdict']).toBe('complete');
    await dumpWhen(lab.browser, (d) => d['apps']?.[0]?.['hand'] === 'auto');
    await page.close();
  });

  test('retention takes whole numbers in their range only', async () => {
    await seed(lab.browser, {});
    const page = await popup();
    await open(page, '[data-testid="settings"]');
    const stored = () => page.evaluate(readMeta, 'settings');
    await write(page, '[data-field="retentionCount"]', '99');
    const complaint = await page.evaluate(() =>
      [...document.querySelectorAll('.settings .complaint')].map((c) => c.textContent).join(''),
    );
    expect(complaint).toContain('100');
    expect(await stored()).not.toMatchObject({ retentionCount: 99 });
    await write(page, '[data-field="retentionCount"]', '1000');
    await write(page, '[data-field="retentionDays"]', '7');
    await until('the settings', async () => {
      const now = (await stored()) as Record<string, unknown> | null;
      return now?.['retentionCount'] === 1000 && now['retentionDays'] === 7;
    });
    await page.close();
  });

  test('the salt is replaced after a second step, and not before', async () => {
    const page = await popup();
    await open(page, '[data-testid="settings"]');
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
    await page.close();
  });

  test('everything is cleared but the settings', async () => {
    await seed(lab.browser, sampleRows(Date.now()), true);
    const page = await popup();
    await open(page, '[data-testid="settings"]');
    await clickAction(page, 'clear');
    expect(await page.$('[data-login-id]')).not.toBeNull();
    await clickAction(page, 'confirm-clear');
    const content = await dumpWhen(lab.browser, (d) => d['logins']?.length === 0);
    for (const store of ['observations', 'apps', 'notices', 'sessions'])
      expect(content[store], store).toEqual([]);
    expect(await page.evaluate(readMeta, 'settings')).toMatchObject({ retentionCount: 1000 });
    await until('the empty list', async () => (await page.$('[data-login-id]')) === null);
    await page.close();
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
