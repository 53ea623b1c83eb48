/**
 * Shows the popup's components in every state, in both languages and themes: `npm run gallery` leaves pictures in
 * `out/gallery`, to be looked at. A word after it names the states to show.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import preact from '@preact/preset-vite';
import { launch } from 'puppeteer-core';
import { createServer, type Plugin } from 'vite';
import { STATES } from '../test/gallery/states.ts';
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
const states = Object.keys(STATES).filter((name) => wanted.length === 0 || wanted.includes(name));
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
      for (const state of states) {
        await page.setViewport({ width: STATES[state]?.width ?? 400, height: 600 });
        await page.goto(`${address}test/gallery/index.html?state=${state}&lang=${lang}`);
        await page.waitForSelector('body[data-ready]');
        await new Promise((done) => setTimeout(done, 300));
        const file = `${state}-${lang}-${theme}.png` as const;
        const fullPage = STATES[state]?.open !== undefined;
        await page.screenshot({ path: `${OUT}/${file}`, fullPage });
      }
    }
  console.log(`${states.length * 4} pictures in ${OUT}`);
} finally {
  await browser.close();
  await server.close();
}
