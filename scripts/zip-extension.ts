import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Builds the extension for a browser and zips it into `.output`. Throws with the build's words where it fails. */
export async function zipExtension(browser: 'chrome' | 'firefox', root: string): Promise<void> {
  const wxt = join(root, 'node_modules/wxt/bin/wxt.mjs');
  // A shell's own NODE_ENV would make another build.
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, [wxt, 'zip', '-b', browser], { cwd: root, env });
}
