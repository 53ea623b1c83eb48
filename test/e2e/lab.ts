import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { startEmulator, type Emulator } from '../emulator/index.ts';
import type { LaunchOptions, TestBrowser } from './browser/contract.ts';
import { launch } from './browser/launch.ts';

/** The one browser to test in, by its name; without it, both. */
const wanted = process.env['LINKWATCH_BROWSER'];
const BROWSERS = (['chromium', 'firefox'] as const).filter((b) => !wanted || b === wanted);

const built = (name: TestBrowser['name']) =>
  join(import.meta.dirname, '../../.output', name === 'chromium' ? 'chrome-mv3' : 'firefox-mv3');

/** An emulated Kakao and a browser with the built extension; filled before the first test of its group. */
export interface Lab {
  emulator: Emulator;
  browser: TestBrowser;
}

/** Runs a group of tests in each browser, with its own emulator and profile. */
export function inEachBrowser(
  title: string,
  options: Partial<LaunchOptions>,
  tests: (lab: Lab, name: TestBrowser['name']) => void,
  /** Done before the browser starts: it learns the emulator's hosts only then. */
  prepare: (emulator: Emulator) => Promise<void> = async () => {},
): void {
  describe.each(BROWSERS)(`${title} (%s)`, (name) => {
    const lab = {} as Lab;
    beforeAll(async () => {
      lab.emulator = await startEmulator();
      await prepare(lab.emulator);
      lab.browser = await launch(name, {
        extensionDir: built(name),
        emulator: lab.emulator,
        ...options,
      });
    });
    afterAll(async () => {
      await lab.browser?.close();
      await lab.emulator?.close();
    });
    tests(lab, name);
  });
}
