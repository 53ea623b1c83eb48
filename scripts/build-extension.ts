import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { BrowserName } from './browsers.ts';

const ROOT = join(import.meta.dirname, '..');

/** A browser by the name that its builds have. */
export const buildTarget = (name: BrowserName): 'chrome' | 'firefox' =>
  name === 'chromium' ? 'chrome' : 'firefox';

/** Builds the extension for a browser as it is released. Returns its folder; throws where the build fails. */
export function buildExtension(name: BrowserName): string {
  const target = buildTarget(name);
  execFileSync(join(ROOT, 'node_modules/.bin/wxt'), ['build', '-b', target], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return join(ROOT, '.output', `${target}-mv3`);
}
