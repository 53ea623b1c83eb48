/**
 * Shows the components of popup and developer tools in every state, in both languages and themes: `npm run gallery` leaves pictures in
 * `out/gallery`, to be looked at. A word after it names the states to show.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import preact from '@preact/preset-vite';
import { launch } from 'puppeteer-core';
import { createServer, type Plugin } from 'vite';
import { STATES } from '../test/gallery/states.ts';
import { TOOLS_STATES } from '../test/gallery/tools-states.ts';
import { ensureBrowser } from './browsers.ts';

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'out/gallery');

/** The browser's own catalogue is there only in an extension. */
const messages: Plugin = {
  name: 'gallery-messages',
  enforce: 'pre',
  resolveId: (id) =>
    id.endsWith('/messages-catalogue.ts') ? join(ROOT, 'test/gallery/messages.ts') : null,
};

const wanted = process.argv.slice(2);
/** The page that shows a state, and how wide it is and whether all of it is taken. */
const views = new Map<string, { page: string; width: number; fullPage: boolean }>([
  ...Object.entries(STATES).map(
    ([name, { width = 400, open }]) =>
      [name, { page: 'index.html', width, fullPage: open !== undefined }] as const,
  ),
  ...Object.entries(TOOLS_STATES).map(
    ([name, { width = 900 }]) =>
      [name, { page: 'tools-gallery.html', width, fullPage: false }] as const,
  ),
]);
const states = [...views].filter(([name]) => wanted.length === 0 || wanted.includes(name));
mkdirSync(OUT, { recursive: true });
const server = await createServer({
  configFile: false,
  root: ROOT,
  logLevel: 'error',
  plugins: [messages, preact()],
  server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
});
await server.listen();
const address = server.resolvedUrls?.local[0] ?? '';
const browser = await launch({ executablePath: ensureBrowser('chromium'), args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  for (const theme of ['light', 'dark'])
    for (const lang of ['en', 'ko']) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
      for (const [state, view] of states) {
        await page.setViewport({ width: view.width, height: 600 });
        await page.goto(`${address}test/gallery/${view.page}?state=${state}&lang=${lang}`);
        await page.waitForSelector('body[data-ready]');
        await new Promise((done) => setTimeout(done, 300));
        const file = `${state}-${lang}-${theme}.png` as const;
        await page.screenshot({ path: `${OUT}/${file}`, fullPage: view.fullPage });
      }
    }
  console.log(`${states.length * 4} pictures in ${OUT}`);
} finally {
  await browser.close();
  await server.close();
}
