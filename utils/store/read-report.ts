import { newApp } from '../link/app.ts';
import type { Ledger } from '../link/ledger.ts';
import { deadlineOf } from '../link/verdict.ts';
import { buildReport, type Report } from '../report/document.ts';
import { restsOn, type Placed } from '../report/rests-on.ts';
import { LEDGER_STORES, loadLedger } from './ledger-store.ts';
import { HEALTHY } from './meta.ts';
import type { Db } from './open.ts';
import type { Health } from './popup-data.ts';
import type { ObservationRow, Session } from './schema.ts';

/**
 * The logins that a session is about: those it observed something of, and those whose window reached into it, so that
 * a window which passed overnight is told of the day after.
 */
function loginsOf(ledger: Ledger, session: Session, own: readonly ObservationRow[]): Set<string> {
  const found = new Set(own.flatMap((row) => row.placedOn ?? []));
  for (const l of ledger.logins.values()) {
    const deadline = deadlineOf(l, ledger.apps.get(l.clientId) ?? newApp(l.clientId));
    const overlaps = deadline >= session.startedAt && l.loggedInAt <= session.startedAt;
    if (l.kind !== 'repeat' && overlaps) found.add(l.id);
  }
  return found;
}

/** Reads the latest session as a report, judged at `now` (epoch ms); null where nothing was ever recorded. */
export async function readReport(
  db: Db,
  generator: Report['generator'],
  now: number,
): Promise<Report | null> {
  const tx = db.transaction(['observations', 'sessions', ...LEDGER_STORES]);
  const [all, sessions, health, ledger] = await Promise.all([
    tx.objectStore('observations').getAll(),
    tx.objectStore('sessions').getAll(),
    tx.objectStore('meta').get('health') as Promise<Partial<Health> | undefined>,
    loadLedger(tx),
  ]);
  // Rows that the judgement cannot read would stop whoever folds the report; they are counted as dropped.
  const rows = all.filter((row) => !row.unread);
  const session = sessions.find((s) => s.id === rows.at(-1)?.session);
  if (!session) return null;
  const isOwn = (row: Placed) => (row as ObservationRow).session === session.id;
  const logins = loginsOf(ledger, session, rows.filter(isOwn));
  const observations = restsOn(ledger, logins, rows, isOwn).map(
    ({ seq: _seq, session: _session, ...o }: Partial<ObservationRow>) => o as Placed,
  );
  return buildReport({
    ledger,
    logins,
    observations,
    session,
    generator,
    generatedAt: now,
    evaluatedAt: now,
    dropped: { ...HEALTHY, ...health }.dropped,
  });
}
