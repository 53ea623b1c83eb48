import type { Page } from 'puppeteer-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Browser as ExtensionApi } from 'webextension-polyfill';
import type { Command } from '../../utils/model/command.ts';
import { until } from './browser/until.ts';
import { builtMessages } from './built-messages.ts';
import { advanceTime, command, dump, HOUR, inExtension, endWorker } from './extension-api.ts';
import { browser, browserName, resetAll, useBrowser } from './fixtures.ts';
import { logIn, pressAndWait } from './login-steps.ts';
import { click, openDetails } from './page-actions.ts';
import { openPopup } from './popup.ts';
import { REHEARSED, rowsOf, sampleRows, seenLogin } from './sample-logins.ts';
import { seed } from './seed.ts';
import { SITES } from './sites.ts';

declare const chrome: ExtensionApi & {
  notifications: { onClicked: { dispatch(id: string): void } };
};

const word = builtMessages('en');
/** The title that says so many of each, in this order. */
const title = (counts: Record<string, number>, ...states: string[]) =>
  [
    word.get('name'),
    ...states.map((s) => word.get(`badge_${s}`)),
    ...Object.entries(counts).map(([v, n]) => word.get(`badge_${v}`)?.replace('$1', String(n))),
  ].join(' · ');

const RED = [179, 38, 30, 255];
const AMBER = [154, 91, 0, 255];
const GREY = [95, 99, 104, 255];

/** What the toolbar button shows and says. */
const badge = () =>
  inExtension(
    browser,
    async () => ({
      text: await chrome.action.getBadgeText({}),
      color: [...((await chrome.action.getBadgeBackgroundColor({})) as unknown as number[])],
      title: await chrome.action.getTitle({}),
    }),
    null,
  );

/** Sends commands without waiting for the answers in between. */
const atOnce = (...messages: Command[]) =>
  inExtension(
    browser,
    (all) => Promise.all(all.map((m) => chrome.runtime.sendMessage(m))),
    messages,
  );

useBrowser({ grants: [SITES.page] });

describe('badge', () => {
  const shows = async (wanted: Partial<Awaited<ReturnType<typeof badge>>>) => {
    let last = {};
    await until('the badge', async () => {
      last = await badge();
      return Object.entries(wanted).every(
        ([name, value]) =>
          JSON.stringify(value) === JSON.stringify((last as typeof wanted)[name as 'text']),
      );
    }).catch(() => {});
    expect(last).toMatchObject(wanted);
  };
  const now = Date.now();

  beforeEach(() => resetAll());

  test('login: follows it from waiting to complete, until its link mode is known', async () => {
    await shows({ text: '', title: title({}) });
    const page = await browser.newPage();
    await logIn(page, SITES.page, { account: 'alice' });
    await shows({ text: '', title: title({ pending: 1 }) });
    expect(await pressAndWait(page, 'me')).toBe('done');
    await shows({ text: '1', color: AMBER, title: title({ unanswered: 1 }) });
    const [app] = (await dump(browser))['apps'] ?? [];
    const clientId = String(app?.['clientId']);
    await command(browser, { type: 'app', clientId, linkMode: 'auto' });
    await shows({ text: '', title: title({}) });
    await browser.leave(page);
  });

  test('time passing: counts and colours change; empty once cleared', async () => {
    const logins = [...seenLogin(now, 0.1), ...seenLogin(now, 3)];
    await seed(browser, rowsOf(logins), { wake: true });
    await shows({ text: '', title: title({ pending: 2 }) });
    await advanceTime(browser, 22 * HOUR);
    await shows({ text: '1', color: RED, title: title({ missed: 1, pending: 1 }) });
    await advanceTime(browser, 4 * HOUR);
    await shows({ text: '2', color: RED, title: title({ missed: 2 }) });
    await endWorker(browser);
    await command(browser, { type: 'clear' });
    await shows({ text: '', title: title({}) });
  });

  test('several verdicts: colour of the worst, all of them in words', async () => {
    const { apps, track, logins, observations } = sampleRows(now);
    const of = (...hours: number[]) => ({
      apps: apps.filter((a) => a.windowMs === null),
      track,
      observations,
      logins: logins.filter((l) =>
        hours.some((h) => Math.abs(now - l.loggedInAt - h * HOUR) < 60_000),
      ),
    });
    await seed(browser, of(60, 40, 30, 22), { wake: true });
    await shows({
      text: '3',
      color: RED,
      title: title({ missed: 1, late: 1, unseen: 1, pending: 1 }),
    });
    await seed(browser, of(40, 30), { wake: true });
    await shows({ text: '2', color: AMBER, title: title({ late: 1, unseen: 1 }) });
    await seed(browser, of(30), { wake: true });
    await shows({ text: '1', color: GREY, title: title({ unseen: 1 }) });
  });

  test('recording paused: said in words, also with two commands at once', async () => {
    await seed(browser, rowsOf(seenLogin(now, 30)), { wake: true });
    await endWorker(browser);
    await atOnce({ type: 'reconcile' }, { type: 'pause', paused: true });
    await shows({ text: '1', title: title({ missed: 1 }, 'paused') });
    await atOnce({ type: 'reconcile' }, { type: 'pause', paused: false });
    await shows({ text: '1', title: title({ missed: 1 }) });
  });

  test('rehearsal window: said in words', async () => {
    await seed(browser, sampleRows(now), { wake: true });
    await shows({
      title: title({ missed: 2, late: 1, unseen: 2, unanswered: 1, pending: 4 }, 'rehearsal'),
    });
    const { logins, ...rest } = sampleRows(now);
    const waiting = logins.filter((l) => l.clientId === REHEARSED && l.index.standing[1] > now);
    await seed(browser, { ...rest, logins: waiting }, { wake: true });
    await shows({ text: '', title: title({ pending: 1 }, 'rehearsal') });
  });
});

/** Ids of the alerts that the database has as shown. */
const claimed = async () => (await dump(browser))['notices']?.map((n) => n['id']);

/** Watches, from a page of the extension, which notifications are shown. */
interface Onlooker {
  /** The id of every notification shown so far, once for each time, in order. */
  shown(): Promise<string[]>;
  /** Closes those that are open, and returns when the browser has said so: another of the same id would be seen. */
  closeAll(): Promise<void>;
  stop(): Promise<void>;
}
interface ClosedIds {
  closedIds: string[];
}

/** Begins to watch. Chromium keeps open what it shows; a Firefox without a screen closes it at once, and says so. */
async function watchNotifications(): Promise<Onlooker> {
  const page = await openPopup(browser, SITES.page);
  await page.evaluate(() => {
    const closedIds: string[] = [];
    Object.assign(window, { closedIds });
    chrome.notifications.onClosed.addListener((id) => void closedIds.push(id));
  });
  const closed = () => page.evaluate(() => (window as unknown as ClosedIds).closedIds.length);
  return {
    shown: () =>
      page.evaluate(async () => [
        ...(window as unknown as ClosedIds).closedIds,
        ...Object.keys(await chrome.notifications.getAll()),
      ]),
    async closeAll() {
      const { before, open } = await page.evaluate(async () => {
        const { closedIds } = window as unknown as ClosedIds;
        const ids = Object.keys(await chrome.notifications.getAll());
        const count = closedIds.length;
        for (const id of ids) await chrome.notifications.clear(id);
        return { before: count, open: ids.length };
      });
      await until('word of their end', async () => (await closed()) >= before + open);
    },
    stop: () => browser.leave(page),
  };
}

/** Waits until so many have been shown; returns them. One that just closes is for a moment neither open nor closed. */
const shownWhen = (onlooker: Onlooker, count: number) =>
  until('the notifications', async () => {
    const shown = await onlooker.shown();
    return shown.length >= count && shown;
  });

/** Tells the worker of a click on a notification: no test reaches the desktop's own. Closes the page it is done from. */
async function clickNotification(page: Page, id: string): Promise<void> {
  await command(browser, { type: 'reconcile' });
  const target = await page
    .browser()
    .waitForTarget((t) => t.type() === 'service_worker' && t.url().endsWith('/background.js'));
  const worker = await target.worker();
  await page.close();
  await worker?.evaluate((n) => chrome.notifications.onClicked.dispatch(n), id);
  await worker?.close();
}

/** Presses the switch of notifications in the popup's settings, as a person does; returns the popup. */
async function toggleNotifications(): Promise<Page> {
  const setting = async () => {
    const settings = (await dump(browser))['meta']?.find((m) => 'notifications' in Object(m));
    return settings?.['notifications'] === true;
  };
  const before = await setting();
  const page = await openPopup(browser, SITES.page);
  await openDetails(page, '[data-testid="settings"]');
  await click(page, '[data-field="notifications"]');
  await until('the setting', async () => (await setting()) === !before);
  return page;
}

describe('notifications', () => {
  beforeAll(() => resetAll());

  const waiting = (hoursLeft: number) => rowsOf(seenLogin(Date.now(), 24 - hoursLeft));
  /** The id of the one login there is. */
  const login = async () => String((await dump(browser))['logins']?.[0]?.['id']);

  test('switched off: none is shown', async () => {
    await seed(browser, waiting(1), { wake: true });
    const page = await openPopup(browser);
    expect(await page.evaluate(() => Boolean(chrome.notifications))).toBe(false);
    expect(await claimed()).toEqual([]);
    await browser.leave(page);
  });

  test('switched on: what is due is shown at once, and its click opens the popup', async () => {
    const page = await toggleNotifications();
    await until('a notification', async () => (await claimed())?.length === 1);
    const id = await login();
    expect(await claimed()).toEqual([`${id}:soon`]);
    const shown = () => page.evaluate(async () => Object.keys(await chrome.notifications.getAll()));
    if (browserName === 'chromium') {
      await until('it to be shown', async () => (await shown()).length > 0);
      expect(await shown()).toEqual([`${id}:soon`]);
      await clickNotification(page, `${id}:soon`);
      const opened = await browser.waitForPage(`${browser.extensionUrl}popup.html`);
      const left = () =>
        opened.evaluate(async () => Object.keys(await chrome.notifications.getAll()).length);
      await until('the notification to go', async () => (await left()) === 0);
      await opened.close();
    } else {
      await until('its end', async () => (await shown()).length === 0);
      await page.close();
    }
  });

  test('2 h before the deadline and when it passes: once each, over worker deaths', async () => {
    await seed(browser, waiting(2.5), { wake: true });
    const onlooker = await watchNotifications();
    expect(await onlooker.shown()).toEqual([]);
    const id = await login();
    await advanceTime(browser, 0.4 * HOUR);
    expect(await claimed()).toEqual([]);
    await advanceTime(browser, 0.2 * HOUR);
    expect(await shownWhen(onlooker, 1)).toEqual([`${id}:soon`]);
    await onlooker.closeAll();
    await endWorker(browser);
    await command(browser, { type: 'reconcile' });
    await command(browser, { type: 'reconcile' });
    expect(await onlooker.shown()).toEqual([`${id}:soon`]);
    await advanceTime(browser, 2 * HOUR);
    expect(await shownWhen(onlooker, 2)).toEqual([`${id}:soon`, `${id}:passed`]);
    expect(await claimed()).toEqual([`${id}:passed`, `${id}:soon`]);
    await onlooker.closeAll();
    await onlooker.stop();
  });

  test('browser restarted: what was shown is not shown again', async () => {
    await browser.restart();
    const onlooker = await watchNotifications();
    await command(browser, { type: 'reconcile' });
    await command(browser, { type: 'reconcile' });
    expect(await onlooker.shown()).toEqual([]);
    expect(await claimed()).toHaveLength(2);
    await onlooker.stop();
  });

  test('completed login, or switched off again: none is shown', async () => {
    const onlooker = await watchNotifications();
    const rows = waiting(1);
    const logins = rows.logins.map((l) => ({
      ...l,
      testerMark: { at: Date.now(), mark: 'complete' as const, note: '' },
    }));
    await seed(browser, { ...rows, logins }, { wake: true });
    await command(browser, { type: 'reconcile' });
    expect(await claimed()).toEqual([]);
    await browser.leave(await toggleNotifications());
    await seed(browser, waiting(1), { wake: true });
    await command(browser, { type: 'reconcile' });
    expect(await claimed()).toEqual([]);
    expect(await onlooker.shown()).toEqual([]);
    await onlooker.stop();
  });
});
