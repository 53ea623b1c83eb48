import { join } from 'node:path';
import preact from '@preact/preset-vite';
import { launch, type Browser } from 'puppeteer-core';
import { createServer, type Plugin } from 'vite';
import { ensureBrowser } from './browsers.ts';

const ROOT = join(import.meta.dirname, '..');

/** The browser's own catalogue is there only in an extension. */
const messages: Plugin = {
  name: 'gallery-messages',
  enforce: 'pre',
  resolveId: (id) =>
    id.endsWith('/messages-catalogue.ts') ? join(ROOT, 'test/gallery/messages.ts') : null,
};

/** Serves the pages of `test/gallery` while `use` runs, with a browser to look at them; `address` ends with a slash. */
export async function withGallery(
  use: (browser: Browser, address: string) => Promise<void>,
): Promise<void> {
  const server = await createServer({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    plugins: [messages, preact()],
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
  });
  try {
    await server.listen();
    const browser = await launch({
      executablePath: ensureBrowser('chromium'),
      args: ['--no-sandbox'],
    });
    try {
      await use(browser, `${server.resolvedUrls?.local[0] ?? ''}test/gallery/`);
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}
