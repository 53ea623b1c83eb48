import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import type { Browser as ExtensionApi } from 'webextension-polyfill';
import type { StoredLogin } from '../../utils/store/schema.ts';
import { until } from './browser/until.ts';
import { builtMessages } from './built-messages.ts';
import { advanceTime, command, dump, inExtension, endWorker } from './extension-api.ts';
import { browser, resetAll, useBrowser } from './fixtures.ts';
import { logIn } from './login-steps.ts';
import { appears, clickAction, openDetails, typeInto } from './page-actions.ts';
import { cardsWhen, openPopup } from './popup.ts';
import { SITES } from './sites.ts';

declare const chrome: ExtensionApi;

const word = builtMessages('en');
const MINUTE = 60_000;

useBrowser({ grants: [SITES.page] });

/** Text and title of the toolbar button. Reading them does not wake the worker. */
const badge = () =>
  inExtension(
    browser,
    async () => [await chrome.action.getBadgeText({}), await chrome.action.getTitle({})] as const,
    null,
  );
/** The next alarm; null where none is set. */
const alarm = () =>
  inExtension(browser, async () => (await chrome.alarms.getAll())[0] ?? null, null);
/** The title of the toolbar button for one rehearsed login. */
const titleOf = (verdict: string) =>
  [word.get('name'), word.get('badge_rehearsal'), word.get(`badge_${verdict}`)]
    .join(' · ')
    .replace('$1', '1');
/** The deadline of the one login there is, epoch ms. */
const deadline = async () => {
  const [row] = (await dump(browser))['logins'] ?? [];
  return (row as StoredLogin | undefined)?.index.standing[1] ?? NaN;
};
const rehearsalSigns = (page: Page) =>
  page.evaluate(() => [
    document.querySelector('header [data-rehearsal]') !== null,
    document.querySelector('.login-end [data-rehearsal]') !== null,
    document.querySelector('.app summary [data-rehearsal]') !== null,
  ]);

/**
 * Lets time pass until little of the window is left, then prepares; returns the deadline. On a machine where that takes
 * longer than what is left, again with more left: the time that passes is only what the database says.
 */
async function nearDeadline(
  windowMs: number,
  prepare: (orPassed: <T>(ready: () => Promise<T>) => Promise<unknown>) => Promise<void>,
): Promise<number> {
  for (let left = 5000; left < windowMs; left *= 2) {
    await advanceTime(browser, (await deadline()) - Date.now() - left);
    const due = await deadline();
    // What is prepared may never come once the deadline has passed.
    await prepare((ready) =>
      until('what comes before the deadline', async () => Date.now() >= due || ready()),
    );
    if (Date.now() < due) return due;
  }
  throw new Error('Preparing takes longer than the window.');
}

describe('rehearsal of one minute', () => {
  test('set in the popup: its alarm fires by itself and wakes the worker', async () => {
    const shop = await browser.newPage();
    await logIn(shop, SITES.page, { account: 'alice' });
    await cardsWhen(browser, (c) => c[0]?.visibility === 'browser');
    const popup = await openPopup(browser, SITES.page);
    await openDetails(popup, '.app');
    await typeInto(popup, '[data-field="rehearsal-minutes"]', '1');
    await clickAction(popup, 'rehearse');
    await until('the rehearsal', async () => (await rehearsalSigns(popup)).every(Boolean));
    const loggedInAt = Number((await dump(browser))['logins']?.[0]?.['loggedInAt']);
    await until(
      'the deadline of the rehearsal',
      async () => (await deadline()) - loggedInAt === MINUTE,
    );
    await browser.leave(shop);

    let shown: unknown[] = [];
    const due = await nearDeadline(MINUTE, async (orPassed) => {
      const next = await deadline();
      await orPassed(async () => ((await alarm())?.scheduledTime ?? Infinity) <= next);
      await orPassed(async () => (await badge())[1] === titleOf('pending'));
      // On a busy machine, what it was told before may come only now, and wake it once more.
      await orPassed(async () => {
        await endWorker(browser);
        shown = [...(await badge()), await browser.workerRuns(), (await alarm())?.periodInMinutes];
        return shown[2] === false;
      });
    });
    expect(shown).toEqual(['', titleOf('pending'), false, 1]);
    // Nothing but the alarm wakes the worker. One that is lost with a worker that just ends comes again.
    await until('the alarm to fire', async () => (await badge())[0] === '1', 2 * MINUTE);
    expect(Date.now()).toBeGreaterThan(due);
    console.log(
      `${browser.name}: the badge changed ${((Date.now() - due) / 1000).toFixed(1)} s after the deadline`,
    );
    expect((await badge())[1]).toBe(titleOf('missed'));
    await appears(popup, '[data-verdict="missed"]');
    expect(await rehearsalSigns(popup)).toEqual([true, true, true]);
  });

  test('browser restarted and alarms lost: the deadline holds', async () => {
    await resetAll();
    const shop = await browser.newPage();
    await logIn(shop, SITES.page, { account: 'bob' });
    const [card] = await cardsWhen(browser, (c) => c[0]?.visibility === 'browser');
    expect(card?.verdict).toBe('pending');
    const clientId = String((await dump(browser))['apps']?.[0]?.['clientId']);
    await command(browser, { type: 'app', clientId, windowMs: 60 * MINUTE });
    const due = await nearDeadline(60 * MINUTE, async (orPassed) => {
      await inExtension(browser, () => chrome.alarms.clearAll(), null);
      await browser.restart();
      await orPassed(async () => (await alarm()) !== null);
    });
    await until('the deadline to pass', async () => (await badge())[0] === '1', 2 * MINUTE);
    expect(Date.now()).toBeGreaterThan(due);
  });
});
