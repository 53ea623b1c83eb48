/** Draws the icons of all sizes out of their one source. `npm run icons`, after the source has changed. */
import { readFile, writeFile } from 'node:fs/promises';
import { launch } from 'puppeteer-core';
import { ensureBrowser } from './browsers.ts';

const FOLDER = new URL('../public/icon/', import.meta.url);
const SIZES = [16, 32, 48, 96, 128];

const svg = await readFile(new URL('linkwatch.svg', FOLDER), 'utf8');
const browser = await launch({
  executablePath: ensureBrowser('chromium'),
  args: ['--no-sandbox'],
});
try {
  const page = await browser.newPage();
  for (const size of SIZES) {
    await page.setViewport({ width: size, height: size });
    await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
    const png = await page.screenshot({ omitBackground: true });
    await writeFile(new URL(`${size}.png`, FOLDER), png);
  }
} finally {
  await browser.close();
}
