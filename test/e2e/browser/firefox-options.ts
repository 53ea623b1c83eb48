import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchOptions as PuppeteerOptions } from 'puppeteer-core';
import type { LaunchOptions } from './contract.ts';
import { scaled } from './until.ts';

/** Address of the extension's pages: fixed, so that tests need not look for it. */
export const EXTENSION_UUID = '5e1f0c1e-11fa-4c0a-9a70-6c696e6b7761';

/** The add-on id in a built manifest. Throws when there is none. */
export function addonId(extensionDir: string): string {
  const manifest = JSON.parse(readFileSync(join(extensionDir, 'manifest.json'), 'utf8'));
  const id = manifest.browser_specific_settings?.gecko?.id;
  if (!id) throw new Error(`${extensionDir} has no browser_specific_settings.gecko.id.`);
  return id;
}

/**
 * Puts the extension into a profile by a file that points to its folder. Firefox ESR, Developer
 * Edition and Nightly then have it installed for good; a release Firefox wants a signature.
 */
export function pointToExtension(data: string, id: string, extension: string): void {
  mkdirSync(join(data, 'extensions'), { recursive: true });
  writeFileSync(join(data, 'extensions', id), extension);
}

/** How Firefox is started: no way out but the emulator's proxy. */
export function firefoxOptions(
  program: string,
  data: string,
  id: string,
  options: LaunchOptions,
): PuppeteerOptions {
  const signals = options.handleSignals ?? true;
  return {
    browser: 'firefox',
    timeout: scaled(60_000),
    executablePath: program,
    headless: options.headless ?? true,
    slowMo: options.slowMo ?? 0,
    userDataDir: data,
    acceptInsecureCerts: !options.certificate,
    defaultViewport: null,
    handleSIGINT: signals,
    handleSIGTERM: signals,
    handleSIGHUP: signals,
    args: ['--remote-allow-system-access'],
    // Firefox lets the address of its remote settings be changed only under this variable.
    env: { ...process.env, MOZ_REMOTE_SETTINGS_DEVTOOLS: '1' },
    extraPrefsFirefox: {
      ...proxyPrefs(options.emulator.proxyPort),
      'extensions.webextensions.uuids': JSON.stringify({ [id]: EXTENSION_UUID }),
      'extensions.webextOptionalPermissionPrompts': false,
      'extensions.originControls.grantByDefault': true,
      'extensions.autoDisableScopes': 0,
      'extensions.enabledScopes': 15,
      // A test has no hand to click the toolbar with.
      'extensions.openPopupWithoutUserGesture.enabled': true,
      'xpinstall.signatures.required': false,
      // For a Firefox that only takes the extension until it quits: keep what it stored.
      'extensions.webextensions.keepStorageOnUninstall': true,
      'extensions.webextensions.keepUuidOnUninstall': true,
      'intl.locale.requested': options.lang === 'ko' ? 'ko' : 'en-US',
      'dom.disable_open_during_load': false,
      ...((options.headless ?? true) ? UNSEEN_PREFS : {}),
    },
  };
}

/** Less work where nobody looks on: no processes in reserve, no animated tabs, fewer frames a second. */
const UNSEEN_PREFS = {
  'dom.ipc.processPrelaunch.enabled': false,
  'media.rdd-process.enabled': false,
  'toolkit.cosmeticAnimations.enabled': false,
  'layout.frame_rate': 30,
};

function proxyPrefs(port: number): Record<string, unknown> {
  const schemes = ['ssl', 'http'];
  const hosts = schemes.map((scheme) => [`network.proxy.${scheme}`, '127.0.0.1']);
  const ports = schemes.map((scheme) => [`network.proxy.${scheme}_port`, port]);
  return {
    ...Object.fromEntries([...hosts, ...ports]),
    'network.proxy.type': 1,
    'network.proxy.failover_direct': false,
    'network.trr.mode': 5,
    'network.http.http3.enable': false,
    'services.settings.server': 'data:,',
  };
}
