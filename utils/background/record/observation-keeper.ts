import type { Observation } from '../../model/observation.ts';
import { createBatcher } from '../tasks/batcher.ts';
import { logError } from '../tasks/log-error.ts';
import { isPaused } from './is-paused.ts';
import { isCommon, isKeptInMemory, type Intake, type PrivateRecords } from './private-records.ts';
import type { Recorder } from './recorder.ts';

/**
 * How long storing rests: what comes meanwhile is noted in the worker's memory and goes into one transaction, which costs
 * several times as much as the note.
 */
const STORING_REST_MS = 200;

/** Puts observations where they are kept: those of private windows in memory, all others in the database. */
export interface ObservationKeeper {
  /** Keeps observations, in order, and calls `finish` when that is done; what comes in a burst is stored together. */
  keep(observations: readonly Observation[], finish: () => void): void;
  /** Keeps one observation at once; resolves to whether it is kept. */
  keepNow(observation: Observation): Promise<boolean>;
  /** Hands to the recorder what still waits. */
  flush(): void;
  /** Settles when all that came so far is kept, and noted as finished. */
  allKept(): Promise<void>;
  /** Whether what is recorded now waits for nothing. */
  isRested(): boolean;
}

/** Makes a keeper; `changed` is called after a login or an app in the database has changed, or where that takes nothing. */
export function createObservationKeeper(
  recorder: Recorder,
  privateRecords: PrivateRecords,
  changed: () => void,
): ObservationKeeper {
  const storing = createBatcher<Observation>(async (observations) => {
    const isChanged = await recorder.record(observations);
    if (isChanged || recorder.health().held > 0) changed();
  }, STORING_REST_MS);
  let kept = Promise.resolve();

  const record = async (observations: readonly Observation[]) => {
    const { memory = [], database = [] } = Object.groupBy(observations, keptIn);
    const common = database.filter(isCommon);
    await Promise.all([
      memory.length
        ? privateRecords.add([...common, ...memory], () => intakeOf(recorder))
        : privateRecords.addCommon(common),
      database.length ? storing.add(database) : null,
    ]);
  };

  return {
    keep(observations, finish) {
      const before = kept;
      kept = record(observations)
        .catch(logError)
        .then(finish)
        .then(() => before);
    },
    async keepNow(observation) {
      if (isKeptInMemory(observation)) return privateRecords.add([observation]);
      await recorder.record([observation]);
      return recorder.health().problem === null;
    },
    flush: storing.flush,
    allKept: () => kept,
    isRested: storing.isRested,
  };
}

const keptIn = (o: Observation) => (isKeptInMemory(o) ? 'memory' : 'database');

/** What is taken of private windows. While the database fails, nothing is known of watched sites. */
async function intakeOf(recorder: Recorder): Promise<Intake> {
  if (await isPaused(recorder)) return 'nothing';
  try {
    const { watchedOnly } = await recorder.settings();
    const sites = await recorder.withTracking(async (_db, tracking) => tracking.sites);
    return { sites, watchedOnly };
  } catch {
    return { sites: {}, watchedOnly: false };
  }
}
