import type { Records } from '../../../utils/background/commands.ts';
import type { PrivateRecords } from '../../../utils/background/record/private-records.ts';
import type { Recorder } from '../../../utils/background/record/recorder.ts';

/** None, as where no private window is open. */
export const NO_PRIVATE_RECORDS: PrivateRecords = {
  add: async () => false,
  addCommon: async () => {},
  hasLogin: async () => false,
  hasApp: async () => false,
  clear: async () => {},
};

/** Where commands are carried out that concern no private window. */
export const recordsOf = (recorder: Recorder): Records => ({
  recorder,
  privateRecords: NO_PRIVATE_RECORDS,
});
