import type { Page } from 'puppeteer-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Browser as ExtensionApi } from 'webextension-polyfill';
import type { RequestLogEntry } from '../emulator/index.ts';
import { until } from './browser/until.ts';
import {
  advanceTime,
  command,
  dump,
  dumpWhen,
  HOUR,
  inExtension,
  type Dump,
  endWorker,
} from './extension-api.ts';
import { browser, emulator, useBrowser } from './fixtures.ts';
import { logOutOfKakao, logIn, pressAndWait } from './login-steps.ts';
import { cardsWhen } from './popup.ts';
import { setDatabaseVersion } from './seed.ts';
import { SITES } from './sites.ts';

declare const chrome: ExtensionApi;

/** What a history comes to, without the names and instants that differ from run to run. */
function essence(content: Dump): unknown {
  const drop = new Set([
    'id',
    'seq',
    'session',
    'loginId',
    'tab',
    'opener',
    'kakaoSession',
    'accountId',
    'ordinal',
    'screenOrdinal',
    // A worker that ends in between forgets when a call was sent.
    'sentAt',
    'before',
    'of',
    'documentId',
  ]);
  const plain = (value: unknown): unknown => {
    if (typeof value === 'number' && Math.abs(value) > 1.5e12) return 'instant';
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !drop.has(key))
        .map(([key, v]) => [key, plain(v)]),
    );
  };
  const traffic = (content['observations'] ?? []).filter((o) => o['source'] === 'browser');
  const kinds = ['authorize', 'arrival', 'token', 'api'];
  return plain({
    observations: traffic.filter((o) => kinds.includes(String(o['type']))),
    logins: content['logins'],
  });
}

const KNOWN = ['authorize', 'arrival', 'token', 'api'];
const traffic = (content: Dump) =>
  (content['observations'] ?? []).filter((o) => KNOWN.includes(String(o['type'])));

async function flow(page: Page, account: string): Promise<Dump> {
  await logIn(page, SITES.page, { account });
  expect(await pressAndWait(page, 'tokeninfo')).toBe('done');
  expect(await pressAndWait(page, 'me')).toBe('done');
  return dumpWhen(browser, (d) => traffic(d).filter((o) => o['type'] === 'api').length === 2);
}

/** Counts the stored observations, which does not wake the worker. */
const countObservations = () =>
  inExtension(
    browser,
    () =>
      new Promise<number>((done, fail) => {
        const opening = indexedDB.open('linkwatch');
        opening.onerror = () => fail(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          const counting = db.transaction('observations').objectStore('observations').count();
          counting.onsuccess = () => {
            db.close();
            done(counting.result);
          };
        };
      }),
    null,
  );

/** Whether the extension makes an observation of an answer of Kakao or the shop. */
const isObserved = ({ method, path }: RequestLogEntry) =>
  method !== 'OPTIONS' && /^\/(oauth\/(authorize|token)|v[12]\/user\/.+|cb)$/.test(path);

useBrowser({ grants: [SITES.page] });

describe('worker and browser deaths', () => {
  test('worker ended after every event of a login: same final state', async () => {
    const page = await browser.newPage();
    const plain = essence(await flow(page, 'alice'));
    await logOutOfKakao(page);
    await command(browser, { type: 'clear' });

    const before = await countObservations();
    let answers = 0;
    let kills = 0;
    let latest = Promise.resolve();
    async function endWorkerBefore(answered: RequestLogEntry): Promise<void> {
      // What the answers before this one gave rise to is stored, so nothing is lost with the worker.
      const expected = before + answers;
      await until('the observations', async () => (await countObservations()) >= expected);
      if (isObserved(answered)) answers += 1;
      await endWorker(browser);
      kills += 1;
    }
    // Of answers that are due at once, one's worker would be ended while it stores another.
    emulator.holdAnswers((answered) => {
      latest = latest.then(() => endWorkerBefore(answered));
      return latest;
    });
    onTestFinished(() => emulator.holdAnswers(null));
    const killed = essence(await flow(page, 'bob'));
    emulator.holdAnswers(null);
    expect(kills).toBeGreaterThan(9);
    expect(killed).toEqual(plain);
    const cards = await cardsWhen(browser, (c) => c[0]?.verdict === 'complete');
    expect(cards).toHaveLength(1);
    await browser.leave(page);
  });

  test('browser restarted in the window: missed with a doubt', async () => {
    await command(browser, { type: 'clear' });
    const page = await browser.newPage();
    await logOutOfKakao(page);
    await logIn(page, SITES.page, { account: 'carol' });
    await cardsWhen(browser, (c) => c[0]?.visibility === 'browser');
    await browser.restart();
    const [waiting] = await cardsWhen(browser, (c) => c.length === 1);
    expect(waiting?.verdict).toBe('pending');
    await dumpWhen(browser, (d) => d['logins']?.[0]?.['restartedAt'] !== null);
    await advanceTime(browser, 25 * HOUR);
    const [card] = await cardsWhen(browser, (c) => c.length > 0 && c[0]?.verdict !== 'pending');
    // The first moments after the start are unseen, so this is said with care.
    expect(card).toMatchObject({ verdict: 'missed', certainty: 'likely' });
  });

  test('database of a newer version: nothing is lost, the popup says what to do', async () => {
    await command(browser, { type: 'clear' });
    await endWorker(browser);
    const stored = await dump(browser);
    await setDatabaseVersion(browser, 99);
    const page = await browser.newPage();
    await logOutOfKakao(page);
    await logIn(page, SITES.page, { account: 'dave' });
    await pressAndWait(page, 'me');
    const popup = await browser.openExtensionPage(`popup.html?site=${SITES.page}`);
    const told = await until('the banner', () =>
      popup.evaluate(() => document.querySelector('[data-problem="db-newer"]')?.textContent),
    );
    expect(told).toMatch(/newer/);
    expect(
      await popup.$$eval('[data-action]', (all) => all.map((e) => e.getAttribute('data-action'))),
      'nothing is offered that needs the database',
    ).toEqual(['open-panel', 'open-report']);
    const badge = () =>
      inExtension(
        browser,
        async () => [await chrome.action.getBadgeText({}), await chrome.action.getTitle({})],
        null,
      );
    await until('the badge', async () => (await badge())[0] === '!');
    expect((await badge())[1]).toMatch(/cannot be stored/);
    await browser.leave(popup);
    await endWorker(browser);
    await setDatabaseVersion(browser, null);
    await command(browser, { type: 'reconcile' });
    const content = await dumpWhen(browser, (d) => traffic(d).length >= 6);
    expect(content['logins']).toHaveLength(1);
    expect(stored['logins']).toHaveLength(0);
    const cards = await cardsWhen(browser, (c) => c[0]?.verdict === 'complete');
    expect(cards).toHaveLength(1);
    await until('the badge', async () => (await badge())[0] === '1');
    await browser.leave(page);
  });
});
