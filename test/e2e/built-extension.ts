import { join } from 'node:path';
import type { BrowserName } from '../../scripts/browsers.ts';
import { buildTarget } from '../../scripts/build-extension.ts';

/** Folder of the extension as built for a browser. */
export const builtExtension = (name: BrowserName): string =>
  join(import.meta.dirname, '../../.output', `${buildTarget(name)}-mv3`);
