import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Logger } from 'wxt';
import type { TestBrowser } from '../test/e2e/browser/contract.ts';
import { launch } from '../test/e2e/browser/launch.ts';
import { SHOPS, startEmulator, type Emulator } from '../test/emulator/index.ts';
import type { BrowserName } from './browsers.ts';
import { buildTarget } from './build-extension.ts';

const ROOT = join(import.meta.dirname, '..');

/** A visible browser with the extension, before an emulated Kakao and the sample shops. */
export interface DevBrowser {
  browser: TestBrowser;
  emulator: Emulator;
  /** Builds anew and loads what was built. Rejects where the build fails; the extension then stays as it was. */
  rebuild(): Promise<void>;
}

const ignore = () => {};
/** WXT's log without the list of files after every build. */
const logger: Logger = {
  debug: ignore,
  log: ignore,
  info: ignore,
  success: ignore,
  warn: console.warn,
  error: console.error,
  fatal: console.error,
  level: 3,
};

/**
 * Builds the extension as it is released, but readable and with source maps. Gives its folder. WXT's dev server is not
 * used: it would add permissions and loosen the CSP, and web workers do not start from another origin.
 */
async function buildForDevelopment(name: BrowserName): Promise<string> {
  const browser = buildTarget(name);
  await build({
    root: ROOT,
    browser,
    mode: 'development',
    logger,
    vite: () => ({ build: { minify: false, sourcemap: true } }),
  });
  return join(ROOT, '.output', `${browser}-mv3-dev`);
}

/** Starts the extension anew from its folder; what it stored and what it was granted stay. Its open pages close. */
async function reload(browser: TestBrowser): Promise<void> {
  const page = await browser.openExtensionPage('manifest.json');
  await page
    .evaluate(() => {
      const { chrome } = globalThis as unknown as { chrome: { runtime: { reload(): void } } };
      chrome.runtime.reload();
    })
    .catch(ignore); // the page may die with the extension before it can answer
  await page.close().catch(ignore);
}

/** Builds the extension and opens a browser with it and a shop in front. The profile stays in `out/`. */
export async function openDevBrowser(name: BrowserName): Promise<DevBrowser> {
  const extensionDir = await buildForDevelopment(name);
  const emulator = await startEmulator();
  const profileDir = join(ROOT, 'out', `dev-${name}`);
  mkdirSync(profileDir, { recursive: true });
  const browser = await launch(name, {
    extensionDir,
    emulator,
    profileDir,
    headless: false,
    handleSignals: false,
  });
  await browser.newPage(`https://${SHOPS.page}/`);
  return {
    browser,
    emulator,
    async rebuild() {
      await buildForDevelopment(name);
      // The browser runs a copy, so that it never reads a folder that is being written.
      cpSync(extensionDir, join(profileDir, 'extension'), { recursive: true });
      await reload(browser);
    },
  };
}
