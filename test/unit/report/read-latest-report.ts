import type { Report } from '../../../utils/report/document.ts';
import { sessionReport } from '../../../utils/report/session-report.ts';
import type { Db } from '../../../utils/store/open.ts';
import { createRecordsReader } from '../../../utils/store/read-records.ts';

/** Reads the latest session as a report, judged at `now` (epoch ms); null where nothing was recorded. */
export async function readLatestReport(
  db: Db,
  generator: Report['generator'],
  now: number,
): Promise<Report | null> {
  const records = await createRecordsReader()(db);
  const session = records.sessions.find((s) => s.id === records.rows.at(-1)?.session);
  if (!session) return null;
  return sessionReport(records, session, { generator, at: now });
}
