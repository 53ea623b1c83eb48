import { batch, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Problem } from '../../utils/model/health.ts';
import { loginsBySessionInSlices } from '../../utils/report/session-report.ts';
import type { Records } from '../../utils/store/read-records.ts';
import type { Clock } from '../shared/clock.ts';
import { coalesce } from '../shared/coalesce.ts';
import { storeProblemOf } from '../shared/store-problem.ts';
import { inSlices } from './in-slices.ts';
import type { ReportPorts } from './report-ports.ts';
import type { ReportRecords } from './report-source.ts';

/** What is recorded, as it was read last. */
interface RecordsState {
  /** Null until the first reading is done. */
  records: ReadonlySignal<ReportRecords | null>;
  /** The newest part, to be shown before all is read; null after. */
  newest: ReadonlySignal<ReportRecords | null>;
  /** Why the database could not be read, or null. */
  failure: ReadonlySignal<Problem | null>;
  /** Reads anew, and sets the clock to the instant of that. */
  reload(): Promise<void>;
}

/** Makes that state; nothing is read yet. */
export function createRecords(
  ports: Pick<ReportPorts, 'load' | 'loadNewest'>,
  clock: Pick<Clock, 'sync'>,
): RecordsState {
  const records = signal<ReportRecords | null>(null);
  const newest = signal<ReportRecords | null>(null);
  const failure = signal<Problem | null>(null);

  const reload = coalesce(async () => {
    try {
      if (!records.value) newest.value = await withLogins(await ports.loadNewest());
      const read = await withLogins(await ports.load());
      batch(() => {
        failure.value = null;
        clock.sync();
        records.value = read;
        newest.value = null;
      });
    } catch (error) {
      batch(() => {
        failure.value = storeProblemOf(error);
        newest.value = null;
      });
    }
  });
  return { records, newest, failure, reload };
}

/** Finds the logins of each session, in slices; null where nothing was read. */
async function withLogins(read: Records | null): Promise<ReportRecords | null> {
  if (!read) return null;
  const { loginState, sessions, rows } = read;
  const work = loginsBySessionInSlices(loginState, sessions, rows);
  const found = await inSlices(work);
  return found && { ...read, loginsOf: found.value };
}
