import type { Page } from 'puppeteer-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { APPS } from '../emulator/index.ts';
import { createScriptBrowser } from '../emulator/script-browser.ts';
import { until } from './browser/until.ts';
import { advanceTime, command, dumpWhen, HOUR, type Dump } from './extension-api.ts';
import { browser, browserName, emulator, linkOf, resetAll, useBrowser } from './fixtures.ts';
import { logOutOfKakao, passKakao, press, pressAndWait, shopState } from './login-steps.ts';
import { cardsWhen } from './popup.ts';

const SITE = 'https://worker.shop.test';
const REDIRECT_URI = `${SITE}/cb`;

// No other file goes there: its service worker, which stays, asks for nobody else's pages.
useBrowser({ grants: [SITE] });
beforeEach(() => resetAll());

/** A page whose service worker passes on what it asks for. */
async function pageOfWorker(): Promise<Page> {
  const page = await browser.newPage(SITE);
  expect(await pressAndWait(page, 'pass-on')).toBe('done');
  await command(browser, { type: 'app', clientId: APPS.page, linkMode: 'auto' });
  return page;
}

/** Waits until a page has gone to the redirect URI and got its token. */
async function hasToken(page: Page): Promise<void> {
  await until('the redirect URI', () => page.evaluate(() => location.pathname === '/cb'));
  expect(await shopState(page)).toBe('done');
}

/** Logs in by redirect. */
async function logIn(page: Page, account: string): Promise<void> {
  await page.goto(SITE);
  await press(page, 'login');
  const onKakao = () => page.evaluate(() => location.host.endsWith('kakao.com'));
  await until('Kakao', onKakao);
  await passKakao(page, { account });
  await hasToken(page);
}

/** Logs in by a popup of SDK v2, whose page polls for the code. */
async function logInByPopup(page: Page, account: string): Promise<void> {
  await page.goto(`${SITE}/?is_popup=true`);
  await press(page, 'login');
  await passKakao(await browser.waitForPage('https://accounts.kakao.com/login'), { account });
  await hasToken(page);
}

/** Logs in by an easy login: another device passes Kakao, and the page only polls for the code. */
async function logInEasily(page: Page, account: string): Promise<void> {
  await page.goto(SITE);
  const known = { client_id: APPS.page, auth_tran_id: crypto.randomUUID() };
  await page.evaluate(
    (fields, redirectUri) => {
      const url = `https://kauth.kakao.com/apiweb/code.json?${new URLSearchParams(fields)}`;
      const poll = async () => {
        const answer = await (await fetch(url)).json();
        if (answer.status === 'ok') location.href = `${redirectUri}?code=${answer.code}`;
        else setTimeout(() => void poll(), 1000);
      };
      void poll();
    },
    known,
    REDIRECT_URI,
  );
  await dumpWhen(browser, (d) => countOf('poll', d) > 0);
  const device = createScriptBrowser(emulator.port);
  const fields = { ...known, redirect_uri: REDIRECT_URI, response_type: 'code', is_popup: 'true' };
  const asked = new URLSearchParams(fields);
  const form = await device.visit(`https://kauth.kakao.com/oauth/authorize?${asked}`);
  await device.submit(await device.submit(form, 'login', { user: account }), 'agree');
  await hasToken(page);
}

const WAYS = { 'by redirect': logIn, 'by popup': logInByPopup, 'by easy login': logInEasily };

const stateOf = (account: string) => linkOf(account, APPS.page)?.state;

const countOf = (type: string, content: Dump) =>
  (content['observations'] ?? []).filter((o) => o['type'] === type).length;

/** How many of a login's own: a worker that was ended in the test before may still hand in what it had begun. */
const countOfLogins = (type: string, content: Dump) =>
  (content['observations'] ?? []).filter((o) => o['type'] === type && o['loginId']).length;

/** What is said of each login after its window, the oldest first, once its token and all calls are stored. */
async function afterWindow(page: Page, logins: number, calls: number): Promise<string[]> {
  await dumpWhen(
    browser,
    (d) =>
      d['logins']?.length === logins &&
      countOfLogins('token', d) === logins &&
      countOfLogins('api', d) === calls,
  );
  // What a page asks for while the worker is ended would start one that says that something was lost.
  await advanceTime(browser, 25 * HOUR);
  await browser.leave(page);
  const cards = await cardsWhen(
    browser,
    (c) => c.length === logins && c.every((x) => x.verdict !== 'pending'),
  );
  const content = await dumpWhen(browser, (d) => d['logins']?.length === logins);
  const rows = content['logins'] ?? [];
  return rows
    .toSorted((a, b) => Number(a['ordinal']) - Number(b['ordinal']))
    .map(({ id }) => {
      const card = cards.find((c) => c.id === id);
      return `${card?.verdict} ${card?.certainty}`;
    });
}

describe('site whose service worker passes requests on, two accounts', () => {
  test('login without a call, then another’s by popup with one: each has its own', async () => {
    const page = await pageOfWorker();
    await logIn(page, 'carol');
    await logOutOfKakao(page);
    await logInByPopup(page, 'dave');
    expect(await pressAndWait(page, 'me')).toBe('done');
    expect([stateOf('carol'), stateOf('dave')]).toEqual(['incomplete', 'complete']);
    const [first, second] = await afterWindow(page, 2, 1);
    expect(first).toMatch(/^missed /);
    expect(second).toBe('complete certain');
  });
});

// In Firefox a worker that was ended between two tests may hand in the login of the first in the second.
describe.runIf(browserName === 'chromium')('site whose service worker passes requests on', () => {
  test.each(Object.entries(WAYS))('login %s and a call: complete', async (_, logInto) => {
    const page = await pageOfWorker();
    await logInto(page, 'alice');
    expect(await pressAndWait(page, 'me')).toBe('done');
    expect(stateOf('alice')).toBe('complete');
    expect(await afterWindow(page, 1, 1)).toEqual(['complete certain']);
  });

  test('login by popup and a call by the service worker itself: complete', async () => {
    const page = await pageOfWorker();
    await logInByPopup(page, 'alice');
    expect(await pressAndWait(page, 'worker-me')).toBe('done');
    expect(await afterWindow(page, 1, 1)).toEqual(['complete certain']);
  });

  test('login by popup and no call: missed', async () => {
    const page = await pageOfWorker();
    await logInByPopup(page, 'bob');
    expect(stateOf('bob')).toBe('incomplete');
    expect(await afterWindow(page, 1, 0)).toEqual(['missed certain']);
  });

  test('login without a call, then another’s easy login with one: no sure miss, not complete', async () => {
    const page = await pageOfWorker();
    await logIn(page, 'erin');
    await logInEasily(page, 'frank');
    expect(await pressAndWait(page, 'me')).toBe('done');
    expect([stateOf('erin'), stateOf('frank')]).toEqual(['incomplete', 'complete']);
    const [first, second] = await afterWindow(page, 2, 1);
    expect(first).toBe('missed likely');
    expect(second).toMatch(/^complete /);
  });
});
