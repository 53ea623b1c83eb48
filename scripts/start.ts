/**
 * The main job on an embedded default: the extension, an emulated Kakao and sample shops. `npm start [-- firefox]` opens a
 * browser to try it in, or plays a QA session where there is no display; `npm run demo [-- firefox]` always plays it.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startEmulator } from '../test/emulator/index.ts';
import { ensureBrowser, type BrowserName } from './browsers.ts';
import { playForPerson } from './play-for-person.ts';
import { playSession } from './play-session.ts';

const root = join(import.meta.dirname, '..');
const plays = process.argv.includes('--play');
const [asked = 'chromium'] = process.argv.slice(2).filter((word) => word !== '--play');
if (asked !== 'chromium' && asked !== 'firefox') {
  console.error(
    `usage: ${plays ? 'npm run demo' : 'npm start'} [-- chromium|firefox], not "${asked}"`,
  );
  process.exit(2);
}
const name: BrowserName = asked;
const target = name === 'chromium' ? 'chrome' : 'firefox';

/** Whether a person can see a window. */
function hasDisplay(): boolean {
  if (process.env['CI']) return false;
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

ensureBrowser(name);
console.log(`Building the extension for ${name} …`);
execFileSync(join(root, 'node_modules/.bin/wxt'), ['build', '-b', target], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
});
console.log('Starting the emulated Kakao and the sample shops …');
const emulator = await startEmulator();
const extensionDir = join(root, '.output', `${target}-mv3`);
const out = join(root, 'out');
mkdirSync(out, { recursive: true });

let stopping = false;
const stop = async (code: number) => {
  if (stopping) return;
  stopping = true;
  await emulator.close();
  process.exit(code);
};
try {
  const visible = hasDisplay();
  if (visible && !plays) await playForPerson({ name, extensionDir, emulator });
  else {
    const asExpected = await playSession({ name, extensionDir, emulator, out, visible });
    await stop(asExpected ? 0 : 1);
  }
  await stop(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await stop(1);
}
