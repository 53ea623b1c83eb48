import { browser } from 'wxt/browser';
import { isPrivateContext } from './private-context.ts';

/** The last sign of life of a worker. */
export interface WorkerTrace {
  /** Epoch ms. */
  at: number;
  /** Something had come that was not stored yet. */
  isBusy: boolean;
}

/** What earlier workers left behind. */
export interface EarlierWorkers<Work> {
  /** Names this run of the browser: tab ids begin anew with each. */
  run: string;
  /** The browser, or this version of the extension, has just started. */
  isNew: boolean;
  trace: WorkerTrace | null;
  /** What was saved and not removed, by its key. */
  work: Map<string, Work>;
  /** When each page that may hand a token over got it, epoch ms. */
  pagesWithToken: Record<string, number>;
}

/** What outlives a worker, but neither the browser nor an update of the extension, and never reaches the disk. */
export interface WorkerMemory<Work> {
  load(): Promise<EarlierWorkers<Work>>;
  /** Leaves a sign of life, and saves work along with it. */
  leave(trace: WorkerTrace | null, work: ReadonlyMap<string, Work>): Promise<void>;
  /** Keeps when each page that may hand a token over got it, epoch ms, in place of what was kept before. */
  keepPages(pages: Record<string, number>): Promise<void>;
  /** Removes saved work by its keys. */
  remove(keys: readonly string[]): Promise<void>;
}

/** What begins the keys of private windows' own worker. */
const PRIVATE = 'private-';

// Private windows' worker and that of the others must not take over from each other.
const owner = () => (isPrivateContext() ? PRIVATE : '');

/** Returns the name of this run of the browser; null where the worker has not given it one yet. */
export async function browserRunName(): Promise<string | null> {
  const key = `${owner()}run`;
  const { [key]: run } = await browser.storage.session.get(key);
  return typeof run === 'string' ? run : null;
}

/** Whether these private windows are the first since others were closed: the database of those went with them. */
async function isNewPrivateSession(): Promise<boolean> {
  return isPrivateContext() && (await indexedDB.databases()).length === 0;
}

/** Forgets what earlier private windows left in session storage, which goes with the browser only. */
async function forgetPrivateSession(): Promise<void> {
  const { session } = browser.storage;
  const keys = Object.keys(await session.get());
  await session.remove(keys.filter((key) => key.startsWith(PRIVATE)));
}

/**
 * Makes the memory in the browser's session storage: of all places that the worker can write to it is the first to be
 * reached, in one message and with nothing to open before.
 */
export function createWorkerMemory<Work>(): WorkerMemory<Work> {
  const { session } = browser.storage;
  const [RUN, TRACE, WORK] = [`${owner()}run`, `${owner()}trace`, `${owner()}work:`];
  const PAGES = `${owner()}pages`;
  return {
    async load() {
      if (await isNewPrivateSession()) await forgetPrivateSession();
      const all = await session.get();
      const run = all[RUN];
      const work = Object.entries(all).filter(([key]) => key.startsWith(WORK));
      const isNew = typeof run !== 'string';
      const name = isNew ? crypto.randomUUID().slice(0, 8) : run;
      if (isNew) await session.set({ [RUN]: name });
      return {
        run: name,
        isNew,
        trace: (all[TRACE] as WorkerTrace | undefined) ?? null,
        work: new Map(work.map(([key, value]) => [key.slice(WORK.length), value as Work])),
        pagesWithToken: (all[PAGES] as Record<string, number> | undefined) ?? {},
      };
    },
    async leave(trace, work) {
      const entries = [...work].map(([key, value]) => [WORK + key, value]);
      await session.set({ ...(trace ? { [TRACE]: trace } : {}), ...Object.fromEntries(entries) });
    },
    keepPages: (pages) => session.set({ [PAGES]: pages }),
    remove: (keys) => session.remove(keys.map((key) => WORK + key)),
  };
}
