import type { KeptFile } from '../report/import/file-contents.ts';
import { createFileJoiner } from '../report/import/file-pieces.ts';
import { overviewOf, type Overview } from '../report/overview.ts';
import { importedScope, liveScope, type ReportScope } from '../report/report-scope.ts';
import { loginsBySession, type SessionRecords } from '../report/session-report.ts';
import { createConnection } from '../store/connection.ts';
import { createRecordsReader } from '../store/read-records.ts';
import type { OverviewAsked, OverviewMessage } from './overview-messages.ts';

const reading = createConnection();
const read = createRecordsReader();
/** What was read of the database last. */
let recorded: { reading: number; records: SessionRecords } | null = null;
const join = createFileJoiner();
let file: KeptFile | null = null;
/** The file as it stood at an instant: replayed once, asked about many times. */
let replayed: { chosen: number | null; scope: ReportScope } | null = null;

addEventListener('message', ({ data }: MessageEvent<OverviewMessage>) => {
  if ('piece' in data) {
    file = join(data.piece);
    replayed = null;
  } else overview(data.asked).then(postMessage, () => postMessage(null));
});

async function overview({ from, sessions, at }: OverviewAsked): Promise<Overview | null> {
  const scope = 'chosen' in from ? scopeOfFile(from.chosen) : await scopeOfRecords(from);
  return scope && overviewOf(scope, sessions, at);
}

function scopeOfFile(chosen: number | null): ReportScope | null {
  if (file && replayed?.chosen !== chosen)
    replayed = { chosen, scope: importedScope(file, chosen) };
  return replayed?.scope ?? null;
}

async function scopeOfRecords(
  from: Exclude<OverviewAsked['from'], { chosen: unknown }>,
): Promise<ReportScope> {
  const records = from.records ?? (await recordsOf(from.reading));
  const { loginState, sessions, rows } = records;
  if (from.session === null) return liveScope({ ...records, loginsOf: new Map() }, null);
  const session = sessions.find((s) => s.id === from.session);
  const loginsOf = loginsBySession(loginState, session ? [session] : [], rows);
  return liveScope({ ...records, loginsOf }, session);
}

/** Reads what is recorded, where that has changed since. */
async function recordsOf(asked: number): Promise<SessionRecords> {
  if (recorded?.reading !== asked) recorded = { reading: asked, records: await reading(read) };
  return recorded.records;
}
