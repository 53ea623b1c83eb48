import { browser } from 'wxt/browser';

/**
 * The name of this run of the browser, and whether it has just begun. Tab ids start anew with each run;
 * session storage outlives the worker but not the browser.
 */
export async function currentBrowserRun(): Promise<{ run: string; isNew: boolean }> {
  const { run } = await browser.storage.session.get('run');
  if (typeof run === 'string') return { run, isNew: false };
  const fresh = crypto.randomUUID().slice(0, 8);
  await browser.storage.session.set({ run: fresh });
  return { run: fresh, isNew: true };
}
