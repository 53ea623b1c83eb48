import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch as launchBare, type Page } from 'puppeteer-core';
import type { Browser as ExtensionApi } from 'webextension-polyfill';
import { ensureBrowser } from '../../scripts/browsers.ts';
import { chromiumOptions } from '../e2e/browser/chromium-options.ts';
import { launch } from '../e2e/browser/launch.ts';
import { inExtension } from '../e2e/extension-api.ts';
import { logIn } from '../e2e/login-steps.ts';
import { SITES } from '../e2e/sites.ts';

declare const chrome: ExtensionApi;

/** A Chromium of its own, with a shop with a login in front. */
export interface Candidate {
  name: string;
  page: Page;
  /** In the command line of its processes. */
  profileDir: string;
  close(): Promise<void>;
}

/** An extension to start Chromium with. */
export interface Extension {
  dir: string;
  /** A page of it that stays open in a window of its own, as a path. */
  window?: string;
}

/** Writes an extension whose listeners are ours and do nothing; returns its folder. */
export function writeNoOp(): string {
  const dir = mkdtempSync(join(tmpdir(), 'no-op-'));
  const hosts = ['https://kauth.kakao.com/*', 'https://kapi.kakao.com/*'];
  const manifest = {
    manifest_version: 3,
    name: 'No-op',
    version: '1',
    permissions: ['webRequest', 'storage', 'alarms', 'activeTab'],
    host_permissions: hosts,
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    background: { service_worker: 'background.js' },
  };
  const script = `
    const kakao = { urls: ${JSON.stringify(hosts)} };
    const sites = { urls: ['https://*/*', 'http://*/*'], types: ['main_frame', 'sub_frame', 'xmlhttprequest', 'script', 'image', 'ping', 'other'] };
    const { onBeforeRequest, onBeforeRedirect, onResponseStarted, onCompleted, onErrorOccurred } = chrome.webRequest;
    for (const event of [onBeforeRequest, onBeforeRedirect, onCompleted, onErrorOccurred]) event.addListener(() => {}, kakao);
    for (const event of [onBeforeRedirect, onResponseStarted]) event.addListener(() => {}, sites, ['responseHeaders']);
    chrome.runtime.onStartup.addListener(() => {});
    chrome.runtime.onInstalled.addListener(() => {});`;
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(dir, 'background.js'), script);
  return dir;
}

/** Starts Chromium with one extension, or with none. */
export async function startCandidate(
  name: string,
  extension: Extension | null,
  emulator: { proxyPort: number },
): Promise<Candidate> {
  const profileDir = mkdtempSync(join(tmpdir(), 'call-cost-'));
  const started = extension
    ? await startWith(extension, emulator, profileDir)
    : await startBare(emulator, profileDir);
  const page = await started.newPage();
  await logIn(page, SITES.page);
  return {
    name,
    page,
    profileDir,
    async close() {
      await started.close();
      rmSync(profileDir, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

async function startWith(
  { dir, window }: Extension,
  emulator: { proxyPort: number },
  profileDir: string,
): Promise<{ newPage(): Promise<Page>; close(): Promise<void> }> {
  const grants = [SITES.page];
  const browser = await launch('chromium', { extensionDir: dir, emulator, grants, profileDir });
  if (window)
    await inExtension(
      browser,
      async (url) => void (await chrome.windows.create({ url, type: 'popup' })),
      browser.extensionUrl + window,
    );
  return browser;
}

function startBare(
  emulator: { proxyPort: number },
  profileDir: string,
): Promise<{ newPage(): Promise<Page>; close(): Promise<void> }> {
  return launchBare(chromiumOptions(ensureBrowser('chromium'), profileDir, { emulator }));
}
