import type { Page } from 'puppeteer-core';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Browser as ExtensionApi } from 'webextension-polyfill';
import { APPS } from '../emulator/index.ts';
import { until } from './browser/until.ts';
import { advanceTime, command, dumpWhen, HOUR, inExtension, type Dump } from './extension-api.ts';
import { browser, browserName, emulator, linkOf, resetAll, useBrowser } from './fixtures.ts';
import { logIn, passKakao, press, pressAndWait } from './login-steps.ts';
import { cardsWhen } from './popup.ts';
import { SITES } from './sites.ts';

declare const chrome: ExtensionApi;

useBrowser({ grants: Object.values(SITES) });
beforeEach(() => resetAll());

const countOf = (type: string, content: Dump) =>
  (content['observations'] ?? []).filter((o) => o['type'] === type).length;
/** Waits until the redirect URI was opened so many times, and each time its code was tried. */
const opened = (times: number) =>
  dumpWhen(browser, (d) => countOf('arrival', d) === times && countOf('token', d) === times);

/** Does something to the tab that shows the redirect URI. */
const withTab = (what: 'duplicate' | 'move') =>
  inExtension(
    browser,
    async (act) => {
      const tab = (await chrome.tabs.query({})).find(({ url }) => url?.includes('/cb?code='));
      if (tab?.id === undefined) throw new Error('No tab shows the redirect URI.');
      if (act === 'duplicate') await chrome.tabs.duplicate(tab.id);
      else await chrome.windows.create({ tabId: tab.id });
    },
    what,
  );

const authorizeAddress = (site: string) =>
  `https://kauth.kakao.com/oauth/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: APPS.page,
    redirect_uri: `${site}/cb`,
  })}`;

/** How often Kakao was asked to authorize. */
const authorizations = () =>
  emulator.requests.filter(({ path }) => path === '/oauth/authorize').length;

describe('one login', () => {
  test('redirect URI reloaded, duplicated, moved, come back to: one login, surely complete', async () => {
    const page = await browser.newPage();
    await logIn(page, `${SITES.page}/?keep=1`, { account: 'alice' });
    await command(browser, { type: 'app', clientId: APPS.page, linkMode: 'auto' });
    await opened(1);
    await page.reload();
    await opened(2);
    await withTab('duplicate');
    await opened(3);
    await withTab('move');
    await page.goto(SITES.page2);
    await page.goBack();
    await opened(4);
    expect(await pressAndWait(page, 'me')).toBe('done');
    const cards = await cardsWhen(browser, (c) => c.some((x) => x.verdict === 'complete'));
    expect(cards).toMatchObject([{ verdict: 'complete', certainty: 'certain' }]);
    await page.close();
  });

  test('in a tab that the site has no hold of: complete for certain', async () => {
    const page = await browser.newPage(SITES.page);
    await command(browser, { type: 'app', clientId: APPS.page, linkMode: 'auto' });
    await page.evaluate(
      (url) => void window.open(url, '_blank', 'noopener'),
      authorizeAddress(SITES.page),
    );
    const tab = await browser.waitForPage('https://accounts.kakao.com/');
    await passKakao(tab, { account: 'alice' });
    expect(await pressAndWait(tab, 'me')).toBe('done');
    const cards = await cardsWhen(browser, (c) => c.some((x) => x.verdict === 'complete'));
    expect(cards).toMatchObject([{ certainty: 'certain', site: 'page.shop.test' }]);
    await tab.close();
    await browser.leave(page);
  });

  // With what is fetched ahead, Chromium sends Kakao no cookie, so that no code can come of it.
  test.runIf(browserName === 'firefox')(
    'login link that is fetched ahead and comes back with a code: none',
    async () => {
      const page = await browser.newPage();
      await logIn(page, SITES.page, { account: 'alice' });
      await dumpWhen(browser, (d) => countOf('token', d) === 1);
      const before = authorizations();
      await page.evaluate((url) => {
        const link = document.createElement('link');
        link.rel = 'prefetch';
        link.href = url;
        document.head.append(link);
      }, authorizeAddress(SITES.page));
      await until('the fetch', () => authorizations() > before);
      // The order of what came before it is kept.
      expect(await pressAndWait(page, 'tokeninfo')).toBe('done');
      const content = await dumpWhen(browser, (d) => countOf('api', d) === 1);
      expect(content['logins']).toHaveLength(1);
      await browser.leave(page);
    },
  );
});

/** What shows a page again on the way back: Chromium keeps no answer for it whose certificate was waved through. */
const KEPT = browserName === 'firefox' ? (['page', 'answer'] as const) : (['page'] as const);

describe("a login's page, gone back to after another account's login in its tab", () => {
  test('calls with the token it kept: neither login is certain', async () => {
    const page = await browser.newPage();
    await logIn(page, SITES.page2, { account: 'alice' });
    await command(browser, { type: 'app', clientId: APPS.page, linkMode: 'auto' });
    const place = await page.evaluate(() => {
      (globalThis as { isKept?: boolean }).isKept = true;
      return history.length;
    });
    // Firefox keeps the last three pages only, so no other is opened before.
    await page.evaluate(
      (url) => location.assign(url),
      `${authorizeAddress(SITES.page2)}&prompt=login`,
    );
    await browser.waitForPage('https://accounts.kakao.com/');
    await passKakao(page, { account: 'bob' });
    await dumpWhen(browser, (d) => countOf('token', d) === 2);
    await page.evaluate((first) => history.go(first - history.length), place);
    await until('the page of before', () =>
      page.evaluate(() => (globalThis as { isKept?: boolean }).isKept ?? false).catch(() => false),
    );
    expect(await pressAndWait(page, 'me')).toBe('done');
    expect(linkOf('alice', APPS.page)?.state).toBe('complete');
    const byLikely = (cards: { certainty: string | null }[]) =>
      cards.filter((c) => c.certainty === 'likely');
    await cardsWhen(browser, (c) => c.some((x) => x.verdict === 'complete'));
    await advanceTime(browser, 25 * HOUR);
    const cards = await cardsWhen(browser, (c) => byLikely(c).length === 2);
    expect(cards.map((c) => c.verdict).toSorted()).toEqual(['complete', 'missed']);
    await page.close();
  });
});

describe('consent screen of a login before', () => {
  /** By what the browser has come back to the page; null while it has not. */
  const shownBy = (page: Page) =>
    page.evaluate(() => {
      if ((globalThis as { isKept?: boolean }).isKept) return 'page';
      const [way] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      return way?.type === 'back_forward' && way.transferSize === 0 ? 'answer' : null;
    });

  test.each(KEPT)(
    'shown again by the kept %s and agreed to: no second first login for certain',
    async (kept) => {
      const page = await browser.newPage(SITES.page);
      await press(page, 'login');
      await browser.waitForPage('https://accounts.kakao.com/');
      await press(page, 'as-alice');
      await browser.waitForPage('https://kauth.kakao.com/');
      await page.evaluate((by) => {
        (globalThis as { isKept?: boolean }).isKept = true;
        // A page that waits for its end is not kept.
        if (by === 'answer') addEventListener('unload', () => {});
      }, kept);
      await press(page, 'agree');
      await dumpWhen(browser, (d) => countOf('token', d) === 1);
      await page.evaluate(() => history.back());
      expect(await until('the screen', () => shownBy(page))).toBe(kept);
      await press(page, 'agree');
      await dumpWhen(browser, (d) => countOf('token', d) === 2);
      expect(await pressAndWait(page, 'me')).toBe('done');
      const content = await dumpWhen(browser, (d) => countOf('api', d) === 1);
      const kinds = content['logins']?.map((login) => login['kind']);
      expect(kinds?.toSorted()).toEqual(['first', 'unknown']);
      await advanceTime(browser, 25 * HOUR);
      const cards = await cardsWhen(
        browser,
        (c) => c.length === 2 && c.every((x) => x.verdict !== 'pending'),
      );
      expect(cards.map((c) => c.certainty)).toEqual(['likely', 'likely']);
      await page.close();
    },
  );
});
