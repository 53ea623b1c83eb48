import type { Browser as ExtensionApi } from 'webextension-polyfill';
import type { TestBrowser } from '../e2e/browser/contract.ts';
import { endWorker } from '../e2e/extension-api.ts';

declare const chrome: ExtensionApi;

/** How long the worker took to answer, in ms, as a page of the extension sees it. */
export interface Answers {
  /** Started for it: start, and storing an observation that is of no login yet. */
  started: number;
  /** The same with one that may be of a login: all logins are read first. It is of none, so that none is judged anew. */
  cold: number;
  /** The same again, with everything in memory. */
  warm: number;
  /** Storing a mark on one login, which judges all logins of its site anew. */
  rejudged: number;
}

/** How long the worker rests between two messages, in ms. */
const REST_MS = 1500;

/** Ends the worker and asks it to store something, several times. `login` is the id of a stored login. */
export async function timeWorker(browser: TestBrowser, login: string): Promise<Answers> {
  const page = await browser.openExtensionPage('manifest.json');
  const timed = async (message: object) => {
    const took = await page.evaluate(async (sent) => {
      const start = performance.now();
      await chrome.runtime.sendMessage(sent);
      return performance.now() - start;
    }, message);
    await new Promise((done) => setTimeout(done, REST_MS));
    return took;
  };
  /** A worker that is just ending may take a message with it: then it is asked once more. */
  const timedFromStart = async (message: object): Promise<number> => {
    await endWorker(browser);
    return timed(message).catch((error: unknown) => {
      if (!/channel closed/.test(String(error))) throw error;
      return timedFromStart(message);
    });
  };
  const label = { type: 'label', login: 'none', label: '' };
  try {
    const started = await timedFromStart({ type: 'step', text: '' });
    const cold = await timedFromStart(label);
    const warm = await timed(label);
    const rejudged = await timed({ type: 'mark', login, mark: 'complete', note: '' });
    await timed({ type: 'mark', login, mark: null, note: '' });
    return { started, cold, warm, rejudged };
  } finally {
    await page.close();
  }
}
