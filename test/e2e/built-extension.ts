import { join } from 'node:path';
import type { BrowserName } from '../../scripts/browsers.ts';

/** Folder of the extension as built for a browser. */
export const builtExtension = (name: BrowserName): string =>
  join(import.meta.dirname, '../../.output', name === 'chromium' ? 'chrome-mv3' : 'firefox-mv3');
