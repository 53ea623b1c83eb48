/**
 * The main job on an embedded default: the extension, an emulated Kakao and sample shops. `npm start [-- firefox]` opens a
 * browser to try it in, or plays a QA session where there is no display; `npm run demo [-- firefox]` always plays it.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startEmulator } from '../test/emulator/index.ts';
import { ensureBrowser, type BrowserName } from './browsers.ts';
import { buildExtension } from './build-extension.ts';
import { playForPerson } from './play-for-person.ts';
import { playSession } from './play-session.ts';

const plays = process.argv.includes('--play');
const [asked = 'chromium'] = process.argv.slice(2).filter((word) => word !== '--play');
if (asked !== 'chromium' && asked !== 'firefox') {
  console.error(
    `usage: ${plays ? 'npm run demo' : 'npm start'} [-- chromium|firefox], not "${asked}"`,
  );
  process.exit(2);
}
const name: BrowserName = asked;

/** Whether a person can see a window. */
function hasDisplay(): boolean {
  if (process.env['CI']) return false;
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

ensureBrowser(name);
console.log(`Building the extension for ${name} …`);
const extensionDir = buildExtension(name);
console.log('Starting the emulated Kakao and the sample shops …');
const emulator = await startEmulator();
const out = join(import.meta.dirname, '../out');
mkdirSync(out, { recursive: true });

/** Whether all went as it should. */
async function play(): Promise<boolean> {
  const visible = hasDisplay();
  if (!visible || plays) return playSession({ name, extensionDir, emulator, out, visible });
  await playForPerson({ name, extensionDir, emulator });
  return true;
}

let code = 1;
try {
  code = (await play()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
}
await emulator.close();
process.exit(code);
