import type { LaunchOptions as PuppeteerOptions } from 'puppeteer-core';
import type { LaunchOptions } from './contract.ts';
import { scaled } from './until.ts';

/** How Chromium is started: no way out but the emulator's proxy, no background traffic. */
export function chromiumOptions(
  program: string,
  data: string,
  options: Omit<LaunchOptions, 'extensionDir'>,
): PuppeteerOptions {
  const signals = options.handleSignals ?? true;
  const korean = options.lang === 'ko';
  const { unattached, certificate } = options;
  return {
    browser: 'chrome',
    executablePath: program,
    headless: options.headless ?? true,
    slowMo: options.slowMo ?? 0,
    pipe: true,
    timeout: scaled(60_000),
    enableExtensions: true,
    userDataDir: data,
    defaultViewport: null,
    handleSIGINT: signals,
    handleSIGTERM: signals,
    handleSIGHUP: signals,
    // A worker that the driver is attached to may never end.
    targetFilter: (target) =>
      target.type() !== 'service_worker' && !(unattached && target.url().includes(unattached)),
    // On Linux the language of the interface comes from here and not from --lang.
    env: { ...without(process.env, 'LC_ALL', 'LC_MESSAGES'), ...language(korean) },
    args: [
      '--enable-unsafe-extension-debugging',
      certificate
        ? `--ignore-certificate-errors-spki-list=${certificate.spki}`
        : '--ignore-certificate-errors',
      `--proxy-server=127.0.0.1:${options.emulator.proxyPort}`,
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      // Updates, sign-in and the time service have switches of their own; port 9 is closed.
      '--component-updater=url-source=http://127.0.0.1:9',
      '--gaia-url=http://127.0.0.1:9',
      '--disable-features=NetworkTimeServiceQuerying,Translate',
      '--disable-domain-reliability',
      `--lang=${korean ? 'ko' : 'en-US'}`,
      // Chromium's sandbox refuses to run as root, which is what containers are.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  };
}

function language(korean: boolean): Record<string, string> {
  return korean
    ? { LANGUAGE: 'ko', LANG: 'ko_KR.UTF-8' }
    : { LANGUAGE: 'en_US', LANG: 'en_US.UTF-8' };
}

function without(env: NodeJS.ProcessEnv, ...names: string[]): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}
