import { browser } from 'wxt/browser';

/** The one alarm there is. */
const NAME = 'reconcile';

/**
 * Sets the alarm to an instant (epoch ms), or takes it back with null. It repeats every minute until it is set anew: one that
 * goes off while the browser is ending the worker may be lost with it, and nothing else may come.
 */
export async function setAlarm(at: number | null): Promise<void> {
  if (at === null) await browser.alarms.clear(NAME);
  else await browser.alarms.create(NAME, { when: at, periodInMinutes: 1 });
}

/** Calls back when the alarm goes off. */
export function onAlarm(callback: () => void): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === NAME) callback();
  });
}
