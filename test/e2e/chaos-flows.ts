import type { Page } from 'puppeteer-core';
import { APPS } from '../emulator/index.ts';
import type { Random } from '../worlds/random.ts';
import type { TestBrowser } from './browser/contract.ts';
import { logIn, passKakao, press, pressAndWait, shopState } from './login-steps.ts';
import { SITES } from './sites.ts';

/** One way to log in on a sample shop, and to call Kakao afterwards. */
export interface ChaosFlow {
  name: string;
  clientId: string;
  linkMode: 'auto' | 'manual';
  run(browser: TestBrowser, page: Page, account: string, random: Random): Promise<void>;
}

/** Calls in any order: some complete the sign-up, some do not. */
async function callKakao(page: Page, random: Random, calls: readonly string[]): Promise<void> {
  for (let left = random.int(0, 4); left > 0; left -= 1)
    await pressAndWait(page, random.pick(calls));
}

const pageFlow = (site: string): ChaosFlow['run'] => {
  return async (_browser, page, account, random) => {
    await logIn(page, site, { account });
    await callKakao(page, random, ['tokeninfo', 'scopes', 'me', 'friends']);
  };
};

const popupFlow = (site: string): ChaosFlow['run'] => {
  return async (browser, page, account) => {
    await page.goto(site);
    await press(page, 'login');
    await passKakao(await browser.waitForPage('https://accounts.kakao.com/'), { account });
    await shopState(page);
    await pressAndWait(page, 'me');
  };
};

/** All ways to log in. */
export const CHAOS_FLOWS: readonly ChaosFlow[] = [
  { name: 'page', clientId: APPS.page, linkMode: 'auto', run: pageFlow(SITES.page) },
  { name: 'second page', clientId: APPS.page, linkMode: 'auto', run: pageFlow(SITES.page2) },
  {
    name: 'manual link',
    clientId: APPS.manual,
    linkMode: 'manual',
    async run(_browser, page, account, random) {
      await logIn(page, SITES.manual, { account });
      await callKakao(page, random, ['me', 'signup', 'tokeninfo']);
    },
  },
  { name: 'popup', clientId: APPS.popup, linkMode: 'auto', run: popupFlow(SITES.popup) },
  { name: 'SDK v1', clientId: APPS.frame, linkMode: 'auto', run: popupFlow(SITES.frame) },
  {
    name: 'server that reports',
    clientId: APPS.server,
    linkMode: 'auto',
    async run(_browser, page, account, random) {
      const call = random.pick(['me', 'none', 'friends']);
      await page.goto(`${SITES.server}/login?call=${call}&report=1`);
      await passKakao(page, { account });
      if (random.int(0, 1)) await page.evaluate(() => fetch('/call?name=me&report=1'));
    },
  },
];
