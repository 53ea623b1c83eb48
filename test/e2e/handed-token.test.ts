import type { Page } from 'puppeteer-core';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { until } from './browser/until.ts';
import { advanceTime, dumpWhen, endWorker, HOUR } from './extension-api.ts';
import { browser, emulator, resetAll, useBrowser } from './fixtures.ts';
import { logIn } from './login-steps.ts';
import { cardsWhen } from './popup.ts';
import { SITES } from './sites.ts';

useBrowser({ grants: Object.values(SITES) });
beforeEach(() => resetAll());

const BACK_END = '/api/session';

/** A page that has just got its token, and whose token request is stored. */
async function pageWithToken(): Promise<Page> {
  const page = await browser.newPage();
  await logIn(page, SITES.page, { account: 'alice' });
  await dumpWhen(browser, (d) => (d['observations'] ?? []).some((o) => o['type'] === 'token'));
  return page;
}

/** The page sends its own server something; resolves with the answer. */
const send = (page: Page) =>
  page.evaluate(async (path) => {
    await fetch(path, { method: 'POST', body: 'token' });
  }, BACK_END);

/** That the login is missed, and whether that is certain. */
async function missOf(page: Page): Promise<string | undefined> {
  await dumpWhen(browser, (d) =>
    (d['observations'] ?? []).some((o) => o['type'] === 'token-handed'),
  );
  await browser.leave(page);
  await advanceTime(browser, 25 * HOUR);
  const [card] = await cardsWhen(browser, (c) => c.length === 1 && c[0]?.verdict !== 'pending');
  expect(card?.verdict).toBe('missed');
  return card?.certainty;
}

describe('page that may hand its token to its server: no sure miss', () => {
  test('by a request that is never answered, as the page is left at once', async () => {
    const page = await pageWithToken();
    let isThere = false;
    let release = () => {};
    const left = new Promise<void>((done) => (release = done));
    emulator.holdAnswers(async ({ path }) => {
      if (path !== BACK_END) return;
      isThere = true;
      await left;
    });
    onTestFinished(() => {
      release();
      emulator.holdAnswers(null);
    });
    await page.evaluate((path) => void fetch(path, { method: 'POST', body: 'token' }), BACK_END);
    await until('the request to reach the server', () => isThere);
    await page.goto(SITES.page2);
    expect(await missOf(page)).toBe('likely');
  });

  test('by asking for data', async () => {
    const page = await pageWithToken();
    await page.evaluate(async (path) => {
      await fetch(path);
    }, BACK_END);
    expect(await missOf(page)).toBe('likely');
  });

  test('by a form in a frame', async () => {
    const page = await pageWithToken();
    await page.evaluate((path) => {
      document.body.insertAdjacentHTML(
        'beforeend',
        `<iframe name="sink"></iframe><form method="post" target="sink" action="${path}"></form>`,
      );
      [...document.forms].at(-1)?.submit();
    }, BACK_END);
    expect(await missOf(page)).toBe('likely');
  });

  test('after the worker that saw the token has ended', async () => {
    const page = await pageWithToken();
    await endWorker(browser);
    await send(page);
    expect(await missOf(page)).toBe('likely');
  });
});
