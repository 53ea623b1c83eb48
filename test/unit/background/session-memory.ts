import type { PrivateStorage } from '../../../utils/browser/private-storage.ts';
import type { SnapshotStorage } from '../../../utils/browser/snapshot-storage.ts';
import type { WorkerMemory, WorkerTrace } from '../../../utils/browser/worker-memory.ts';
import type { Observation } from '../../../utils/model/observation.ts';
import type { PrivateLogins } from '../../../utils/model/private-logins.ts';
import { isSnapshot, type PopupSnapshot } from '../../../utils/store/popup-snapshot.ts';

/** A worker's memory that a test can look into; it outlives workers, as the browser's session storage does. */
export interface TestMemory<Work> extends WorkerMemory<Work> {
  trace: WorkerTrace | null;
  work: Map<string, Work>;
  pagesWithToken: Record<string, number>;
  /** How often it was written to. */
  writes: number;
}

/** Makes a memory; of a browser that runs already where the run has a name. */
export function sessionMemory<Work>(run?: string): TestMemory<Work> {
  let isNew = run === undefined;
  const memory: TestMemory<Work> = {
    trace: null,
    work: new Map(),
    pagesWithToken: {},
    writes: 0,
    async load() {
      const { trace, work, pagesWithToken } = memory;
      const loaded = structuredClone({ trace, work, pagesWithToken });
      const result = { ...loaded, run: run ?? 'run', isNew };
      isNew = false;
      return result;
    },
    async leave(trace, work) {
      memory.writes += 1;
      if (trace) memory.trace = trace;
      for (const [key, value] of work) memory.work.set(key, structuredClone(value));
    },
    async keepPages(pages) {
      memory.pagesWithToken = structuredClone(pages);
    },
    async remove(keys) {
      memory.writes += 1;
      for (const key of keys) memory.work.delete(key);
    },
  };
  return memory;
}

/** A place for the popup's snapshot that a test can look into. */
export interface TestSnapshotStorage extends SnapshotStorage {
  snapshot: PopupSnapshot | null;
  /** How often it was written to. */
  saves: number;
}

/** Makes an empty one. */
export function memorySnapshotStorage(): TestSnapshotStorage {
  const place: TestSnapshotStorage = {
    snapshot: null,
    saves: 0,
    async save(snapshot) {
      place.saves += 1;
      if (isSnapshot(snapshot)) place.snapshot = structuredClone(snapshot);
    },
    async clear() {
      place.snapshot = null;
    },
  };
  return place;
}

/** A private windows' storage that a test can look into. */
export interface TestPrivateStorage extends PrivateStorage {
  observations: Observation[];
  made: PrivateLogins | null;
}

/** Makes an empty one. */
export function memoryPrivateStorage(): TestPrivateStorage {
  const place: TestPrivateStorage = {
    observations: [],
    made: null,
    read: async () => structuredClone(place.observations),
    async save(observations, made) {
      place.observations.push(...structuredClone(observations));
      place.made = structuredClone(made);
    },
    async clear() {
      place.observations = [];
      place.made = null;
    },
  };
  return place;
}
