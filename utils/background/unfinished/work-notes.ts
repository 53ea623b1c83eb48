import type { WorkerMemory, WorkerTrace } from '../../browser/worker-memory.ts';
import { logError } from '../tasks/log-error.ts';
import { createThrottle } from '../tasks/throttle.ts';

/** How long noting rests: what begins meanwhile in a burst is noted together. */
const NOTING_REST_MS = 50;

/** Notes of work in the worker's memory, by its keys. None of it rejects: what fails is logged. */
export interface WorkNotes<Work> {
  /** Takes a note, which waits to be saved. */
  add(key: string, work: Work): void;
  /** Saves the notes that wait, and a sign of life with them where one is given. */
  save(trace: WorkerTrace | null): Promise<void>;
  /** Saves them a moment later, together with those that come until then. */
  saveSoon(): void;
  /** Forgets a note that waits; one that is saved can be removed from now on. */
  finish(key: string): void;
  /** The same for notes that an earlier worker saved. */
  finishSaved(keys: readonly string[]): void;
  /** Whether a note is saved still, though its work is finished. */
  isFinished(key: string): boolean;
  /** Removes the notes of finished work. */
  removeFinished(): Promise<void>;
}

/** Begins with none. */
export function createWorkNotes<Work>(memory: WorkerMemory<Work>): WorkNotes<Work> {
  const waiting = new Map<string, Work>();
  const saved = new Set<string>();
  let finished: string[] = [];

  const save = async (trace: WorkerTrace | null) => {
    const work = new Map(waiting);
    waiting.clear();
    for (const key of work.keys()) saved.add(key);
    if (trace || work.size) await memory.leave(trace, work).catch(logError);
  };
  const saving = createThrottle(() => save(null), NOTING_REST_MS);

  return {
    add: (key, work) => void waiting.set(key, work),
    save,
    saveSoon: saving.soon,
    finish(key) {
      waiting.delete(key);
      if (saved.delete(key)) finished.push(key);
    },
    finishSaved: (keys) => void finished.push(...keys),
    isFinished: (key) => finished.includes(key),
    async removeFinished() {
      const keys = finished;
      finished = [];
      if (keys.length) await memory.remove(keys).catch(logError);
    },
  };
}
