import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, inject } from 'vitest';
import { startEmulator, type Emulator, type LinkTruth } from '../emulator/index.ts';
import { startProxy, type Proxy } from '../emulator/proxy.ts';
import type { LaunchOptions, TestBrowser } from './browser/contract.ts';
import { launch } from './browser/launch.ts';
import { setSlowness } from './browser/until.ts';
import { builtExtension } from './built-extension.ts';
import { keptPopup } from './popup.ts';
import { emptyExtension } from './seed.ts';

/** The browser that the file runs in: every file runs once in each. */
export const browserName = inject('browserName');
setSlowness(inject('slowness'));

/** The file's browser with the built extension, and the emulated Kakao behind it; there before the first test. */
export let browser: TestBrowser;
export let emulator: Emulator;

/** What the extension may reach from its installation on. */
const INSTALLED = ['https://kauth.kakao.com', 'https://kapi.kakao.com'];

let granted: readonly string[] = [];
/** The proxy of all browsers that the worker starts: they know the emulated Kakao by its port. */
let proxy: Proxy | null = null;
/** The language of the browser that the worker's files share; null where the next file needs another. */
let sharedLang: 'en' | 'ko' | null = null;

/**
 * Gives the file a browser. To be called once, at the top of the file. Files that run one after the other share it:
 * starting one takes as long as several tests. With `own` the file gets one for itself, to do with it what it likes.
 */
export function useBrowser(
  options: Pick<LaunchOptions, 'grants' | 'lang'> & { own?: boolean } = {},
): void {
  const { grants = [], lang = 'en', own = false } = options;
  beforeAll(async () => {
    granted = grants;
    const canShare = !own && sharedLang === lang && browser.isOpen();
    if (!canShare && browser?.isOpen()) await browser.close();
    proxy ??= await startProxy();
    emulator = await startEmulator({ proxy });
    sharedLang = own ? null : lang;
    if (canShare) return resetAll();
    browser = await launch(browserName, {
      extensionDir: builtExtension(browserName),
      template: inject('profileTemplate'),
      emulator,
      grants,
      lang,
    });
  });
  afterAll(async () => {
    if (own) await browser?.close();
    await emulator?.close();
  });
}

/** What Kakao knows of the link of an account and an app: its latest, undefined where there was none. */
export const linkOf = (account: string, clientId: string): LinkTruth | undefined =>
  emulator.truth().find((l) => l.account === account && l.clientId === clientId);

/**
 * Brings everything back to how the file began: other tabs closed, nothing stored by the extension, its access as
 * granted, nobody logged in at Kakao, no app linked, and Kakao's clock right. `kept` stay open.
 */
export async function resetAll(...kept: Page[]): Promise<void> {
  await browser.closePages(keptPopup(browser), ...kept);
  await browser.clearCookies();
  for (const { clientId, account, state } of emulator.truth())
    if (state !== 'unlinked') await emulator.unlinkFromApps(clientId, account);
  emulator.advance(Date.now() - emulator.now());
  await restoreAccess();
  await emptyExtension(browser);
}

/** Takes away the access that tests gave, and gives back what they took. */
async function restoreAccess(): Promise<void> {
  const held = (await browser.granted()).map((pattern) => pattern.replace(/\/\*$/, ''));
  const wanted = [...INSTALLED, ...granted];
  for (const origin of held) if (!wanted.includes(origin)) await browser.revoke(origin);
  for (const origin of wanted) if (!held.includes(origin)) await browser.grant(origin);
}
