import { browser } from 'wxt/browser';

/**
 * Returns the name of this run of the browser, and whether it has just begun. Tab ids begin anew with each run. The name
 * is kept in session storage, which outlives the worker but not the browser.
 */
export async function currentBrowserRun(): Promise<{ run: string; isNew: boolean }> {
  const { run } = await browser.storage.session.get('run');
  if (typeof run === 'string') return { run, isNew: false };
  const name = crypto.randomUUID().slice(0, 8);
  await browser.storage.session.set({ run: name });
  return { run: name, isNew: true };
}
