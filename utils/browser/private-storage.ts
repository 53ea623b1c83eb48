import { browser } from 'wxt/browser';
import type { Observation } from '../model/observation.ts';
import type { PrivateLogins } from '../model/private-logins.ts';

/**
 * A place for what is observed in private windows, where one worker serves them and the normal ones. It never reaches the
 * disk, and is empty once the browser has quit.
 */
export interface PrivateStorage {
  /** All observations that are there, by their ids. */
  read(): Promise<Observation[]>;
  /** Adds observations, and puts down what is made of all. */
  save(observations: readonly Observation[], made: PrivateLogins): Promise<void>;
  clear(): Promise<void>;
}

const OBSERVATION = 'hidden:';
const MADE = 'hidden-logins';

/** Keeps them in session storage, one by one. */
export const privateStorage: PrivateStorage = {
  async read() {
    const all: Record<string, unknown> = await browser.storage.session.get();
    return observationKeys(all).map((key) => all[key] as Observation);
  },
  async save(observations, made) {
    const entries = observations.map((o) => [OBSERVATION + o.id, o]);
    await browser.storage.session.set({ ...Object.fromEntries(entries), [MADE]: made });
  },
  async clear() {
    const all: Record<string, unknown> = await browser.storage.session.get();
    await browser.storage.session.remove([...observationKeys(all), MADE]);
  },
};

function observationKeys(all: Record<string, unknown>): string[] {
  return Object.keys(all).filter((key) => key.startsWith(OBSERVATION));
}

/** The logins of private windows, for a page to show; null where there are none. */
export async function readPrivateLogins(): Promise<PrivateLogins | null> {
  const { [MADE]: made } = await browser.storage.session.get(MADE);
  return (made as PrivateLogins | undefined) ?? null;
}

/** Calls back after the last private window was closed. Chrome needs no word of it: there their worker ends with them. */
export function onPrivateWindowsClosed(callback: () => void): void {
  if (!import.meta.env.FIREFOX) return;
  browser.windows.onRemoved.addListener(async () => {
    const windows = await browser.windows.getAll();
    if (!windows.some((window) => window.incognito)) callback();
  });
}
