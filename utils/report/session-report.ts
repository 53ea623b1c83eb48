import type { Advise } from '../guidance/localize-findings.ts';
import { appOf } from '../verdict/app-knowledge.ts';
import type { Ledger } from '../verdict/login-state.ts';
import { deadlineOf } from '../verdict/verdict.ts';
import { buildReport, type Report } from './document.ts';
import { restsOn, type Placed } from './select-evidence.ts';
import type { Records } from '../store/read-records.ts';
import type { ObservationRow, Session } from '../store/schema.ts';

/**
 * The logins that a session is about: those it observed something of, and those whose window reached into it, so that
 * a window which passed overnight is told of the day after.
 */
export function loginsOf(
  ledger: Ledger,
  session: Session,
  rows: readonly ObservationRow[],
): Set<string> {
  const found = new Set<string>();
  for (const row of rows) if (row.session === session.id && row.placedOn) found.add(row.placedOn);
  for (const l of ledger.logins.values()) {
    const deadline = deadlineOf(l, appOf(ledger, l.clientId));
    const overlaps = deadline >= session.startedAt && l.loggedInAt <= session.startedAt;
    if (l.kind !== 'repeat' && overlaps) found.add(l.id);
  }
  return found;
}

export interface ReportAsked {
  generator: Report['generator'];
  /** Instant of judgement and of writing, epoch ms. */
  at: number;
  /** Only these logins of the session, and what they rest on. */
  only?: ReadonlySet<string>;
  wholeClientIds?: boolean;
  /** Gives guidance in a language; without it the report has no findings. */
  advise?: Advise;
}

/** The report of a session, or of some of its logins. */
export function sessionReport(records: Records, session: Session, asked: ReportAsked): Report {
  const { ledger, rows, health } = records;
  const { only } = asked;
  const isOwn = (row: Placed) =>
    only
      ? row.placedOn !== undefined && only.has(row.placedOn)
      : (row as ObservationRow).session === session.id;
  const logins = only ?? loginsOf(ledger, session, rows);
  const observations = restsOn(ledger, logins, rows, isOwn).map(
    ({ seq: _seq, session: _session, ...o }: Partial<ObservationRow>) => o as Placed,
  );
  return buildReport({
    ledger,
    logins,
    observations,
    session,
    generator: asked.generator,
    generatedAt: asked.at,
    evaluatedAt: asked.at,
    dropped: health.dropped,
    wholeClientIds: asked.wholeClientIds ?? false,
    sessionsBefore: records.sessions.filter((s) => s.startedAt < session.startedAt),
    ...(asked.advise ? { advise: asked.advise } : {}),
  });
}
