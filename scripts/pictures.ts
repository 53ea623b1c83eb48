/**
 * Takes the pictures of the README (`docs/images`) and of the stores (`store/images`), Korean and English, out of the pages in
 * `test/gallery`: `npm run pictures`. Words after it name the pictures to take.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { withGallery } from './gallery-server.ts';

const ROOT = join(import.meta.dirname, '..');

/** Where a picture lies, its page in the gallery, and its size in pixels. */
interface Picture {
  folder: 'docs/images' | 'store/images';
  page: string;
  width: number;
  height: number;
  /** The picture ends below this element, whose height depends on the language. */
  endsBelow?: string;
}

const readme = (page: string, width: number, height: number): Picture => ({
  folder: 'docs/images',
  page,
  width,
  height,
});
const store = (picture: string, width = 1280, height = 800): Picture => ({
  folder: 'store/images',
  page: `store-picture.html?picture=${picture}`,
  width,
  height,
});

const PICTURES: Readonly<Record<string, Picture>> = {
  popup: { ...readme('index.html?state=story-popup', 400, 600), endsBelow: '.done' },
  'side-panel': readme('index.html?state=story-panel', 480, 610),
  'devtools-panel': readme('tools-gallery.html?state=story-tools', 900, 473),
  report: readme('report-gallery.html?state=report-login', 1280, 640),
  'screenshot-popup': store('popup'),
  'screenshot-side-panel': store('panel'),
  'screenshot-devtools-panel': store('tools'),
  'screenshot-report': store('report'),
  'tile-440x280': store('tile', 440, 280),
  'marquee-1400x560': store('marquee', 1400, 560),
};

const wanted = process.argv.slice(2);
const taken = Object.entries(PICTURES).filter(
  ([name]) => wanted.length === 0 || wanted.includes(name),
);
await withGallery(async (browser, address) => {
  const page = await browser.newPage();
  await page.emulateTimezone('Asia/Seoul');
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
  for (const [name, { folder, page: file, width, height, endsBelow }] of taken)
    for (const lang of ['en', 'ko']) {
      mkdirSync(join(ROOT, folder), { recursive: true });
      await page.setViewport({ width, height });
      await page.goto(`${address}${file}&lang=${lang}`);
      await page.waitForFunction(() => {
        const shown = [...document.querySelectorAll('iframe')].map((f) => f.contentDocument);
        const pages = shown.length || document.body.dataset['picture'] ? shown : [document];
        return pages.every((d) => d?.body?.dataset['ready'] === 'true');
      });
      // What a state wants opened is opened after its page is ready.
      await new Promise((done) => setTimeout(done, 500));
      const end = endsBelow
        ? await page.$eval(endsBelow, (shown) => shown.getBoundingClientRect().bottom)
        : height;
      const clip = { x: 0, y: 0, width, height: Math.ceil(end) };
      await page.screenshot({ clip, path: `${ROOT}/${folder}/${name}-${lang}.png` });
    }
});
console.log(`${taken.length * 2} pictures in docs/images and store/images`);
