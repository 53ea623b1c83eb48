import type { Browser as ExtensionApi } from 'webextension-polyfill';
import type { TestBrowser } from '../e2e/browser/contract.ts';
import { endWorker } from '../e2e/extension-api.ts';

declare const chrome: ExtensionApi;

/** How long the worker took to answer, in ms, as a page of the extension sees it. */
export interface Answers {
  /** Started for it: start, reading what is known of the logins, reducing and storing one observation. */
  cold: number;
  /** The same again, with everything in memory. */
  warm: number;
  /** Storing a mark on one login, which judges all logins of its site anew. */
  rejudged: number;
}

/** Ends the worker and asks it to store something, twice. `login` is the id of a stored login. */
export async function timeWorker(browser: TestBrowser, login: string): Promise<Answers> {
  const page = await browser.openExtensionPage('manifest.json');
  try {
    await endWorker(browser);
    return await page.evaluate(async (id) => {
      const time = async (message: object) => {
        const start = performance.now();
        await chrome.runtime.sendMessage(message);
        return performance.now() - start;
      };
      const rest = () => new Promise((done) => setTimeout(done, 1500));
      const label = { type: 'label', login: 'none', label: '' };
      const cold = await time(label);
      await rest();
      const warm = await time(label);
      await rest();
      const rejudged = await time({ type: 'mark', login: id, mark: 'complete', note: '' });
      await rest();
      await time({ type: 'mark', login: id, mark: null, note: '' });
      return { cold, warm, rejudged };
    }, login);
  } finally {
    await page.close();
  }
}
