/**
 * The daily loop: a browser with the extension, an emulated Kakao and the sample shops, and a new build loaded at
 * every change of a source. `npm run dev`, `npm run dev:firefox`.
 */
import { watch } from 'node:fs';
import { join } from 'node:path';
import { SHOPS } from '../test/emulator/index.ts';
import { ensureBrowser } from './browsers.ts';
import { openDevBrowser } from './dev-browser.ts';
import { stayOpen } from './stay-open.ts';

const ROOT = join(import.meta.dirname, '..');
/** The folders that the extension is built from. */
const SOURCES = ['components', 'docs/recipes', 'entrypoints', 'locales', 'public', 'utils'];
/** An editor writes a file in several steps; a build starts when nothing more came for so long, in ms. */
const QUIET_MS = 150;

/** Calls back after sources have changed, one call at a time; changes that come meanwhile bring one more. */
function onSourceChange(work: () => Promise<void>): void {
  let timer: NodeJS.Timeout | undefined;
  let line = Promise.resolve();
  for (const folder of SOURCES)
    watch(join(ROOT, folder), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => (line = line.then(work)), QUIET_MS);
    });
}

const [name = 'chromium'] = process.argv.slice(2);
if (name !== 'chromium' && name !== 'firefox') {
  console.error(`usage: npm run dev, or npm run dev:firefox; not "${name}"`);
  process.exit(2);
}
ensureBrowser(name);
const { browser, emulator, rebuild } = await openDevBrowser(name);
onSourceChange(async () => {
  const from = Date.now();
  try {
    await rebuild();
    console.log(`Built and loaded anew in ${((Date.now() - from) / 1000).toFixed(1)} s.`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
});
const shops = Object.values(SHOPS).map((host) => `https://${host}`);
console.log(`Shops: ${shops.join('  ')}`);
console.log(
  'When a source changes, the extension is built and loaded anew; its data stays in out/.',
);
console.log('Ctrl-C here, or closing the browser, ends everything.');
await stayOpen(browser);
await browser.close().catch(() => {});
await emulator.close();
process.exit(0);
