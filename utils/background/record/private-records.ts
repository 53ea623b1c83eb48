import { isPrivateContext } from '../../browser/private-context.ts';
import type { PrivateStorage } from '../../browser/private-storage.ts';
import { isPrivateStore } from '../../model/cookie-store.ts';
import type { Observation } from '../../model/observation.ts';
import { reduce } from '../../verdict/reduce.ts';
import { createLoginState, type LoginState } from '../../verdict/state/login-state.ts';
import { SerialQueue } from '../tasks/serial-queue.ts';
import { createLoss } from './create-observation.ts';
import { whatIsStored, type RecordedSites } from './watched-sites.ts';

/** How many observations of private windows are kept. The last of them is a loss: it tells that more are not taken. */
const MOST = 2_000;

/** What is taken of observations: nothing, all, or what is recorded of sites. */
export type Intake = 'nothing' | 'all' | RecordedSites;

/** What is observed in private windows that share this worker with the normal ones: in memory only. */
export interface PrivateRecords {
  /**
   * Adds observations, in order, as far as `intake` says; what is cleared after this call is cleared with them. Resolves to
   * whether all of them are kept: there may be no room left.
   */
  add(observations: readonly Observation[], intake?: () => Promise<Intake>): Promise<boolean>;
  /** Adds copies of what concerns all windows, in order, where anything of private ones is kept. */
  addCommon(observations: readonly Observation[]): Promise<void>;
  /** Whether a login (by its id) was made in a private window. */
  hasLogin(id: string): Promise<boolean>;
  /** Whether an app was seen in a private window. */
  hasApp(clientId: string): Promise<boolean>;
  clear(): Promise<void>;
}

/** Whether an observation is of a private window and this worker's database is on the disk. */
export function isKeptInMemory(o: Observation): boolean {
  return isPrivateStore(o) && !isPrivateContext();
}

/** Whether an observation concerns private windows as well, although it is of none: calls of theirs may go unseen, too. */
export function isCommon(o: Observation): boolean {
  return o.type === 'pause' || o.type === 'watch' || (o.type === 'loss' && !o.leftOut);
}

/** What private windows are told of all: reports that share an observation would be taken for parts of one recording. */
const copyOf = (o: Observation): Observation => ({ ...o, id: `${o.id}-private` });

interface Loaded {
  state: LoginState;
  ids: Set<string>;
  /** The latest instant of all that is kept, epoch ms. */
  lastAt: number;
}

/** A loss is dated back, and the next worker reads by time: it is dated no earlier than what was kept before. */
const notBefore = ({ lastAt }: Loaded, o: Observation): Observation =>
  isCommon(o) ? { ...o, at: Math.max(o.at, lastAt) } : o;

/** Makes the records over a storage; `changed` is called after each change. */
export function createPrivateRecords(place: PrivateStorage, changed: () => void): PrivateRecords {
  const tasks = new SerialQueue();
  let loaded: Loaded | null = null;

  const load = async (): Promise<Loaded> => {
    if (loaded) return loaded;
    const observations = await place.read();
    const state = createLoginState();
    const inOrder = observations.toSorted((a, b) => a.at - b.at);
    for (const o of inOrder) reduce(state, o);
    const lastAt = inOrder.at(-1)?.at ?? -Infinity;
    return (loaded = { state, ids: new Set(observations.map((o) => o.id)), lastAt });
  };

  const keep = async (
    records: Loaded,
    observations: readonly Observation[],
    taken: Exclude<Intake, 'nothing'>,
  ): Promise<void> => {
    const { state, ids } = records;
    const fresh: Observation[] = [];
    for (const one of observations) {
      const wanted = taken === 'all' ? one : whatIsStored(state, one, taken);
      if (!wanted || ids.has(wanted.id) || ids.size >= MOST) continue;
      const o = ids.size === MOST - 1 ? createLoss(wanted, 'logins') : notBefore(records, wanted);
      reduce(state, o);
      ids.add(o.id);
      records.lastAt = Math.max(records.lastAt, o.at);
      fresh.push(o);
    }
    if (!fresh.length) return;
    const { logins, apps } = state;
    await place.save(fresh, { logins: [...logins.values()], apps: [...apps.values()] });
    changed();
  };

  return {
    add: (observations, intake = async () => 'all') =>
      tasks.add(async () => {
        const taken = await intake();
        if (taken === 'nothing') return false;
        const own = observations.map((o) => (isCommon(o) ? copyOf(o) : o));
        const records = await load();
        await keep(records, own, taken);
        return own.every(({ id }) => records.ids.has(id));
      }),
    async addCommon(observations) {
      if (!observations.length) return;
      await tasks.add(async () => {
        const records = await load();
        if (records.ids.size > 0) await keep(records, observations.map(copyOf), 'all');
      });
    },
    hasLogin: (id) => tasks.add(async () => (await load()).state.logins.has(id)),
    hasApp: (clientId) => tasks.add(async () => (await load()).state.apps.has(clientId)),
    clear: () =>
      tasks.add(async () => {
        loaded = null;
        await place.clear();
        changed();
      }),
  };
}
