/**
 * Shows popup, developer tools and report page in every state, in both languages and themes: `npm run gallery` leaves pictures in
 * `out/gallery`, to be looked at. Words after it name the states to show.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { REPORT_STATES } from '../test/gallery/report-states.ts';
import { STATES } from '../test/gallery/states.ts';
import { TOOLS_STATES } from '../test/gallery/tools-states.ts';
import { withGallery } from './gallery-server.ts';

const OUT = join(import.meta.dirname, '../out/gallery');

/** The page that shows a state, how large it is and whether all of it is taken. */
interface View {
  page: string;
  width: number;
  height: number;
  fullPage: boolean;
}

const views = new Map<string, View>([
  ...Object.entries(STATES).map(([name, { width = 400, open }]): [string, View] => [
    name,
    { page: 'index.html', width, height: 600, fullPage: open !== undefined },
  ]),
  ...Object.entries(TOOLS_STATES).map(([name, { width = 900 }]): [string, View] => [
    name,
    { page: 'tools-gallery.html', width, height: 600, fullPage: false },
  ]),
  ...Object.entries(REPORT_STATES).map(([name, { width = 1280, hash }]): [string, View] => [
    name,
    { page: 'report-gallery.html', width, height: 800, fullPage: hash === 'guide' },
  ]),
]);
const wanted = process.argv.slice(2);
const states = [...views].filter(([name]) => wanted.length === 0 || wanted.includes(name));
mkdirSync(OUT, { recursive: true });
await withGallery(async (browser, address) => {
  const page = await browser.newPage();
  for (const theme of ['light', 'dark'])
    for (const lang of ['en', 'ko']) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
      for (const [state, { page: file, fullPage, ...size }] of states) {
        await page.setViewport(size);
        await page.goto(`${address}${file}?state=${state}&lang=${lang}`);
        await page.waitForSelector('body[data-ready]');
        await new Promise((done) => setTimeout(done, 300));
        await page.screenshot({ path: `${OUT}/${state}-${lang}-${theme}.png`, fullPage });
      }
    }
});
console.log(`${states.length * 4} pictures in ${OUT}`);
