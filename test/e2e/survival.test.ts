import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import type { TestBrowser } from './browser/contract.ts';
import { until } from './browser/until.ts';
import { command, dump, dumpWhen, HOUR, letPass, SITES, type Dump } from './inside.ts';
import { inEachBrowser, type Lab } from './lab.ts';
import { cardsWhen } from './popup.ts';
import { leaveKakao, logIn, use } from './walk.ts';

/** What a history comes to, without the names and instants that differ from run to run. */
function essence(content: Dump): unknown {
  const drop = new Set([
    'id',
    'seq',
    'session',
    'loginId',
    'tab',
    'opener',
    'sessionKey',
    'group',
    'ordinal',
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

async function flow(lab: Lab, page: Page, account: string): Promise<Dump> {
  await logIn(page, SITES.page, { account });
  expect(await use(page, 'tokeninfo')).toBe('done');
  expect(await use(page, 'me')).toBe('done');
  return dumpWhen(lab.browser, (d) => traffic(d).filter((o) => o['type'] === 'api').length === 2);
}

/** Counts observations from a page of the extension, which does not wake the worker. */
async function counter(browser: TestBrowser): Promise<() => Promise<number>> {
  const page = await browser.openExtensionPage('popup.html');
  return () =>
    page.evaluate(
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
    );
}

inEachBrowser('survival', { grants: [SITES.page] }, (lab) => {
  test('the worker dies after every event of a login: same final state', async () => {
    const page = await lab.browser.newPage();
    const plain = essence(await flow(lab, page, 'alice'));
    await leaveKakao(page);
    await command(lab.browser, { type: 'clear' });

    const count = await counter(lab.browser);
    let before = await count();
    let kills = 0;
    lab.emulator.holdAnswers(async () => {
      // Whatever the answer before this one gave rise to is stored by now, or never will be.
      await until('an observation', async () => (await count()) > before, 700).catch(() => {});
      await new Promise((done) => setTimeout(done, 60));
      before = await count();
      await lab.browser.killWorker();
      kills += 1;
    });
    const killed = essence(await flow(lab, page, 'bob'));
    lab.emulator.holdAnswers(null);
    expect(kills).toBeGreaterThan(9);
    expect(killed).toEqual(plain);
    const [card] = await cardsWhen(lab.browser, (c) => c.length === 1);
    expect(card?.verdict).toBe('complete');
    await page.close();
  });

  test('the browser is restarted in the middle of the window', async () => {
    await command(lab.browser, { type: 'clear' });
    const page = await lab.browser.newPage();
    await leaveKakao(page);
    await logIn(page, SITES.page, { account: 'carol' });
    await cardsWhen(lab.browser, (c) => c[0]?.visibility === 'browser');
    await lab.browser.restart();
    const [waiting] = await cardsWhen(lab.browser, (c) => c.length === 1);
    expect(waiting?.verdict).toBe('pending');
    await dumpWhen(lab.browser, (d) => d['logins']?.[0]?.['restartedAt'] !== null);
    await letPass(lab.browser, 25 * HOUR);
    const [card] = await cardsWhen(lab.browser, (c) => c[0]?.verdict !== 'pending');
    // The first moments after the start are unseen, so this is said with care.
    expect(card).toMatchObject({ verdict: 'missed', certainty: 'likely' });
  });

  test('a database of a newer version: nothing is lost, and the popup says what to do', async () => {
    await command(lab.browser, { type: 'clear' });
    await lab.browser.killWorker();
    const stored = await dump(lab.browser);
    const version = (to: number | null) =>
      inFreshPage(
        lab.browser,
        async (wanted) => {
          if (wanted === null) {
            await new Promise((done) => {
              indexedDB.deleteDatabase('linkwatch').onsuccess = done;
            });
            return;
          }
          await new Promise((done, fail) => {
            const opening = indexedDB.open('linkwatch', wanted);
            opening.onerror = () => fail(opening.error);
            opening.onsuccess = () => {
              opening.result.close();
              done(null);
            };
          });
        },
        to,
      );
    await version(99);
    const page = await lab.browser.newPage();
    await leaveKakao(page);
    await logIn(page, SITES.page, { account: 'dave' });
    await use(page, 'me');
    const popup = await lab.browser.openExtensionPage(`popup.html?site=${SITES.page}`);
    const told = await until('the banner', () =>
      popup.evaluate(() => document.querySelector('[data-problem="db-newer"]')?.textContent),
    );
    expect(told).toMatch(/newer/);
    await popup.close();
    await lab.browser.killWorker();
    await version(null);
    await command(lab.browser, { type: 'reconcile' });
    const content = await dumpWhen(lab.browser, (d) => traffic(d).length >= 6);
    expect(content['logins']).toHaveLength(1);
    expect(stored['logins']).toHaveLength(0);
    const [card] = await cardsWhen(lab.browser, (c) => c.length === 1);
    expect(card?.verdict).toBe('complete');
    await page.close();
  });
});

/** Calls a function on a page of the extension on which none of its code runs. */
async function inFreshPage<A>(
  browser: TestBrowser,
  call: (argument: A) => Promise<void>,
  argument: A,
): Promise<void> {
  const page = await browser.openExtensionPage('manifest.json');
  try {
    await page.evaluate(call as (a: unknown) => unknown, argument);
  } finally {
    await page.close();
  }
}
