import type { LoginRow } from '../../utils/store/schema.ts';
import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import type { Browser as ExtensionApi } from 'webextension-polyfill';
import { until } from './browser/until.ts';
import { command, dump, inExtension, letPass, SITES } from './inside.ts';
import { inEachBrowser, type Lab } from './lab.ts';
import { cardsWhen, clickAction, openPopup } from './popup.ts';
import { leaveKakao, logIn } from './walk.ts';
import { words } from './words.ts';

declare const chrome: ExtensionApi;

const word = words('en');
const MINUTE = 60_000;

const badge = (lab: Lab) =>
  inExtension(
    lab.browser,
    async () => [await chrome.action.getBadgeText({}), await chrome.action.getTitle({})] as const,
    null,
  );
const alarm = (lab: Lab) =>
  inExtension(
    lab.browser,
    async () => (await chrome.alarms.getAll()).map((a) => a.scheduledTime)[0] ?? null,
    null,
  );
const rehearsalSigns = (page: Page) =>
  page.evaluate(() => ({
    header: document.querySelector('header [data-rehearsal]') !== null,
    chip: document.querySelector('.chip [data-rehearsal]') !== null,
    app: document.querySelector('.app summary [data-rehearsal]') !== null,
  }));

inEachBrowser('a rehearsal', { grants: [SITES.page] }, (lab) => {
  /** The deadline of the one login there is, epoch ms. */
  const deadline = async () => {
    const [row] = (await dump(lab.browser))['logins'] ?? [];
    return (row as LoginRow | undefined)?.index.standing[1] ?? NaN;
  };

  test('of one minute, set in the popup: its alarm fires and wakes the worker', async () => {
    const shop = await lab.browser.newPage();
    await logIn(shop, SITES.page, { account: 'alice' });
    await cardsWhen(lab.browser, (c) => c[0]?.visibility === 'browser');
    const popup = await openPopup(lab.browser, SITES.page);
    await popup.bringToFront();
    await (await popup.$('.app > summary'))?.click();
    const field = await until('the minutes', () => popup.$('[data-field="rehearsal-minutes"]'));
    await field.click({ count: 3 });
    await popup.keyboard.type('1');
    await clickAction(popup, 'rehearse');
    await until('the rehearsal', async () =>
      Object.values(await rehearsalSigns(popup)).every(Boolean),
    );
    const loggedInAt = Number((await dump(lab.browser))['logins']?.[0]?.['loggedInAt']);
    const due = await deadline();
    expect(due - loggedInAt).toBe(MINUTE);
    await until('the alarm', async () => {
      const at = await alarm(lab);
      return at !== null && at <= due;
    });
    expect(await badge(lab)).toEqual([
      '',
      [word.get('name'), word.get('badge_rehearsal'), word.get('badge_pending')]
        .join(' · ')
        .replace('$1', '1'),
    ]);
    await shop.close();

    await lab.browser.killWorker();
    expect(Date.now()).toBeLessThan(due);
    // Nothing but the alarm wakes the worker: reading the badge does not.
    await until('the alarm to fire', async () => (await badge(lab))[0] === '1', 100_000);
    const late = Date.now() - due;
    console.log(
      `${lab.browser.name}: the alarm was ${(late / 1000).toFixed(1)} s after the deadline`,
    );
    expect(late).toBeGreaterThan(0);
    const [, title] = await badge(lab);
    expect(title).toBe(
      [word.get('name'), word.get('badge_rehearsal'), word.get('badge_missed')]
        .join(' · ')
        .replace('$1', '1'),
    );
    await until('the verdict in the open popup', () =>
      popup.evaluate(() => document.querySelector('[data-verdict="missed"]') !== null),
    );
    expect(Object.values(await rehearsalSigns(popup))).toEqual([true, true, true]);
    await popup.close();
  });

  test('its deadline holds across a restart of the browser, alarm or not', async () => {
    await command(lab.browser, { type: 'clear' });
    const shop = await lab.browser.newPage();
    await leaveKakao(shop);
    await logIn(shop, SITES.page, { account: 'bob' });
    const [card] = await cardsWhen(lab.browser, (c) => c[0]?.visibility === 'browser');
    expect(card?.verdict).toBe('pending');
    const clientId = String((await dump(lab.browser))['apps']?.[0]?.['clientId']);
    await command(lab.browser, { type: 'app', clientId, windowMs: MINUTE });
    // So that it passes some seconds after the browser is there again.
    await letPass(lab.browser, (await deadline()) - Date.now() - 25_000);
    const due = await deadline();
    await inExtension(lab.browser, () => chrome.alarms.clearAll(), null);
    await lab.browser.restart();
    expect(Date.now()).toBeLessThan(due);
    await until('the alarm', async () => (await alarm(lab)) !== null);
    await until('the deadline to pass', async () => (await badge(lab))[0] === '1', 60_000);
    expect(Date.now()).toBeGreaterThan(due);
  });
});
