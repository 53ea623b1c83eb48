import type { Page } from 'puppeteer-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { APPS } from '../emulator/index.ts';
import { advanceTime, command, dumpWhen, HOUR } from './extension-api.ts';
import { browser, linkOf, resetAll, useBrowser } from './fixtures.ts';
import { logIn, pressAndWait } from './login-steps.ts';
import { cardsWhen } from './popup.ts';
import { SITES } from './sites.ts';

useBrowser({ grants: Object.values(SITES) });
beforeEach(() => resetAll());

/** A page with its token, of an app whose link is known to be automatic. */
async function pageWithToken(): Promise<Page> {
  const page = await browser.newPage();
  await logIn(page, SITES.page, { account: 'alice' });
  await command(browser, { type: 'app', clientId: APPS.page, linkMode: 'auto' });
  return page;
}

/** What is said of the one login once it is complete, or has the certainty. */
async function certaintyWhen(certainty?: string): Promise<string | undefined> {
  const [card] = await cardsWhen(
    browser,
    (c) => c[0]?.verdict === 'complete' && (!certainty || c[0].certainty === certainty),
  );
  return card?.certainty;
}

/** What is said of the one login after its window. */
async function afterWindow(): Promise<unknown> {
  await advanceTime(browser, 25 * HOUR);
  const [card] = await cardsWhen(browser, (c) => c.length === 1 && c[0]?.verdict !== 'pending');
  return card && [card.verdict, card.certainty];
}

const stateOfLink = () => linkOf('alice', APPS.page)?.state;

/** Loads a listed call by an element of the page, with the token in its address. */
const load = (page: Page, tag: 'script' | 'iframe') =>
  page.evaluate((name) => {
    const element = document.createElement(name) as HTMLScriptElement | HTMLIFrameElement;
    const token = sessionStorage.getItem('access');
    element.src = `https://kapi.kakao.com/v2/user/me?access_token=${token}`;
    document.body.append(element);
  }, tag);

describe('listed call', () => {
  test('answered by a test program: likely at most; the next one, by Kakao: certain', async () => {
    const page = await pageWithToken();
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      const isCall = request.url().endsWith('/v2/user/me') && request.method() === 'GET';
      if (!isCall) return request.continue();
      return request.respond({
        contentType: 'application/json',
        headers: { 'access-control-allow-origin': '*' },
        body: '{"id":1}',
      });
    });
    expect(await pressAndWait(page, 'me')).toBe('done');
    expect(stateOfLink()).toBe('incomplete');
    expect(await certaintyWhen()).toBe('likely');
    page.removeAllListeners('request');
    await page.setRequestInterception(false);
    // Its connection to Kakao is kept for the listed one.
    expect(await pressAndWait(page, 'tokeninfo')).toBe('done');
    expect(await pressAndWait(page, 'me')).toBe('done');
    expect(stateOfLink()).toBe('complete');
    expect(await certaintyWhen('certain')).toBe('certain');
    await page.close();
  });

  test('to which the site redirects: certain', async () => {
    const page = await pageWithToken();
    await page.evaluate(async () => {
      await fetch(`/to-kakao?access_token=${sessionStorage.getItem('access')}`);
    });
    expect(stateOfLink()).toBe('complete');
    expect(await certaintyWhen()).toBe('certain');
    await browser.leave(page);
  });

  test('loaded in a frame, with the token in its address: complete', async () => {
    const page = await pageWithToken();
    await load(page, 'iframe');
    expect(await certaintyWhen()).toBe('certain');
    expect(stateOfLink()).toBe('complete');
    await browser.leave(page);
  });

  test('loaded as a script, which the browser does not let in: no sure miss', async () => {
    const page = await pageWithToken();
    await load(page, 'script');
    await dumpWhen(browser, (d) => (d['observations'] ?? []).some((o) => o['type'] === 'api'));
    expect(stateOfLink()).toBe('complete');
    await browser.leave(page);
    expect(await afterWindow()).toEqual(['missed', 'likely']);
  });
});
