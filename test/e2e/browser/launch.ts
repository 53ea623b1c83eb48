import { ensureBrowser, type BrowserName } from '../../../scripts/browsers.ts';
import { ChromiumBrowser } from './chromium.ts';
import type { LaunchOptions, TestBrowser } from './contract.ts';
import { FirefoxBrowser } from './firefox.ts';

/** Starts a browser with the extension installed. Throws one clear line when there is no browser. */
export function launch(name: BrowserName, options: LaunchOptions): Promise<TestBrowser> {
  const program = ensureBrowser(name);
  return name === 'chromium'
    ? ChromiumBrowser.start(program, options)
    : FirefoxBrowser.start(program, options);
}
