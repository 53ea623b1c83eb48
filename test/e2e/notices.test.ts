import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import type { Browser as ExtensionApi } from 'webextension-polyfill';
import { until } from './browser/until.ts';
import { command, dump, HOUR, letPass, SITES } from './inside.ts';
import { inEachBrowser, type Lab } from './lab.ts';
import { openPopup } from './popup.ts';
import { rowsOf, seenLogin } from './sample-logins.ts';
import { seed } from './seed.ts';

declare const chrome: ExtensionApi & {
  notifications: { onClicked: { dispatch(id: string): void } };
};

/** What was told while a page looked on: ids of notifications, in order, each time it was shown. */
interface Onlooker {
  told(): Promise<string[]>;
  forget(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Looks on from a page of the extension. Chromium keeps what it shows; a Firefox without a screen takes it away at once,
 * and tells that it did.
 */
async function lookOn(lab: Lab): Promise<Onlooker> {
  const page = await openPopup(lab.browser, SITES.page);
  await page.evaluate(() => {
    Object.assign(window, { gone: [] });
    chrome.notifications.onClosed.addListener((id) => (window as unknown as Gone).gone.push(id));
  });
  let known: string[] = [];
  return {
    async told() {
      known = await page.evaluate(async () => [
        ...(window as unknown as Gone).gone,
        ...Object.keys(await chrome.notifications.getAll()),
      ]);
      return known;
    },
    forget: () =>
      page.evaluate(async (told) => {
        const { gone } = window as unknown as Gone;
        const shown = Object.keys(await chrome.notifications.getAll());
        for (const id of shown) await chrome.notifications.clear(id);
        // Word of their going may come after they are gone, and would be taken for news.
        const isGone = (id: string) => gone.includes(id);
        for (let ms = 0; ms < 500 && ![...told, ...shown].every(isGone); ms += 20)
          await new Promise((done) => setTimeout(done, 20));
        gone.length = 0;
      }, known),
    close: () => page.close(),
  };
}
interface Gone {
  gone: string[];
}

const claimed = async (lab: Lab) => (await dump(lab.browser))['notices']?.map((n) => n['id']);

/** Presses the switch in the popup's settings, as a person does. */
async function toggle(lab: Lab): Promise<Page> {
  const page = await openPopup(lab.browser, SITES.page);
  await page.bringToFront();
  await (await page.$('[data-testid="settings"] > summary'))?.click();
  const box = await until('the switch', () => page.$('[data-field="notifications"]'));
  const before = await page.evaluate((e) => (e as HTMLInputElement).checked, box);
  await box.click();
  await until('the setting', async () => {
    const meta = await page.evaluate(
      () =>
        new Promise<{ notifications?: boolean } | undefined>((done) => {
          const opening = indexedDB.open('linkwatch');
          opening.onsuccess = () => {
            const reading = opening.result
              .transaction('meta')
              .objectStore('meta')
              .get('settings') as IDBRequest<{ notifications?: boolean } | undefined>;
            reading.onsuccess = () => (opening.result.close(), done(reading.result));
          };
        }),
    );
    return meta?.notifications === !before;
  });
  return page;
}

inEachBrowser('notices', { grants: [SITES.page] }, (lab, name) => {
  const waiting = (hoursLeft: number) => rowsOf(seenLogin(Date.now(), 24 - hoursLeft));
  /** The id of the one login there is. */
  const login = async () => String((await dump(lab.browser))['logins']?.[0]?.['id']);

  test('none while they are off', async () => {
    await seed(lab.browser, waiting(1), true);
    const page = await openPopup(lab.browser);
    expect(await page.evaluate(() => Boolean(chrome.notifications))).toBe(false);
    expect(await claimed(lab)).toEqual([]);
    await page.close();
  });

  test('asked for by a click, they tell at once what is due; a click on one opens the popup', async () => {
    const page = await toggle(lab);
    await until('a notice', async () => (await claimed(lab))?.length === 1);
    const id = await login();
    expect(await claimed(lab)).toEqual([`${id}:soon`]);
    if (name === 'chromium') {
      const shown = await page.evaluate(async () =>
        Object.keys(await chrome.notifications.getAll()),
      );
      expect(shown).toEqual([`${id}:soon`]);
      // No test can reach the desktop's own notification: its click is told to the worker instead.
      const target = await page
        .browser()
        .waitForTarget((t) => t.type() === 'service_worker' && t.url().endsWith('/background.js'));
      const worker = await target.worker();
      await page.close();
      await worker?.evaluate((n) => chrome.notifications.onClicked.dispatch(n), `${id}:soon`);
      await worker?.close();
      const opened = await lab.browser.waitForPage(`${lab.browser.extensionUrl}popup.html`);
      const left = () =>
        opened.evaluate(async () => Object.keys(await chrome.notifications.getAll()).length);
      await until('the notice to go', async () => (await left()) === 0);
      await opened.close();
    } else await page.close();
  });

  test('2 h before a deadline and when it passes, once each, also over worker deaths', async () => {
    await seed(lab.browser, waiting(2.5), true);
    const onlooker = await lookOn(lab);
    await onlooker.forget();
    const id = await login();
    await letPass(lab.browser, 0.4 * HOUR);
    expect(await claimed(lab)).toEqual([]);
    await letPass(lab.browser, 0.2 * HOUR);
    await until('a notice', async () => (await onlooker.told()).length > 0);
    expect(await onlooker.told()).toEqual([`${id}:soon`]);
    await onlooker.forget();
    await lab.browser.killWorker();
    await command(lab.browser, { type: 'reconcile' });
    await command(lab.browser, { type: 'reconcile' });
    expect(await onlooker.told()).toEqual([]);
    await letPass(lab.browser, 2 * HOUR);
    await until('a notice', async () => (await onlooker.told()).length > 0);
    expect(await onlooker.told()).toEqual([`${id}:passed`]);
    expect(await claimed(lab)).toEqual([`${id}:passed`, `${id}:soon`]);
    await onlooker.forget();
    await onlooker.close();
  });

  test('not again after a restart of the browser', async () => {
    await lab.browser.restart();
    const onlooker = await lookOn(lab);
    await command(lab.browser, { type: 'reconcile' });
    await command(lab.browser, { type: 'reconcile' });
    expect(await onlooker.told()).toEqual([]);
    expect(await claimed(lab)).toHaveLength(2);
    await onlooker.close();
  });

  test('none of a login that was completed, and none once they are off again', async () => {
    const onlooker = await lookOn(lab);
    const rows = waiting(1);
    const logins = rows.logins.map((l) => ({
      ...l,
      testerMark: { at: Date.now(), mark: 'complete' as const, note: '' },
    }));
    await seed(lab.browser, { ...rows, logins }, true);
    await command(lab.browser, { type: 'reconcile' });
    expect(await claimed(lab)).toEqual([]);
    await (await toggle(lab)).close();
    await seed(lab.browser, waiting(1), true);
    await command(lab.browser, { type: 'reconcile' });
    expect(await claimed(lab)).toEqual([]);
    expect(await onlooker.told()).toEqual([]);
    await onlooker.close();
  });
});
