import type { KeptFile } from './import/file-contents.ts';
import type { OverviewSessions } from './overview.ts';
import type { SessionRecords } from './session-report.ts';

/**
 * Asks what is said as a whole of a session of the database (null: of all; undefined: there is none) or, where they are given, of
 * records that no database holds; `reading` grows whenever they have changed. Or of a file, as it stood at an instant that someone
 * chose (epoch ms; null: now).
 */
export interface OverviewRequest {
  from:
    | { session: string | null | undefined; reading: number; records?: SessionRecords }
    | { imported: KeptFile; chosen: number | null };
  sessions: OverviewSessions;
  /** Instant of judgement, epoch ms. */
  at: number;
}
