import type { LocalizeFindings } from '../guidance/localize-findings.ts';
import { appOf } from '../verdict/app-knowledge.ts';
import type { LoginState } from '../verdict/login-state.ts';
import { deadlineOf } from '../verdict/verdict.ts';
import { buildReport, type Report } from './document.ts';
import { selectEvidence, type AttributedObservation } from './select-evidence.ts';
import type { Records } from '../store/read-records.ts';
import type { ObservationRow, Session } from '../store/schema.ts';

/**
 * The logins that a session is about: those it observed something of, and those whose window reached into it, so that
 * a window which passed overnight is told of the day after.
 */
export function sessionLogins(
  loginState: LoginState,
  session: Session,
  rows: readonly ObservationRow[],
): Set<string> {
  const found = new Set<string>();
  for (const row of rows) if (row.session === session.id && row.loginId) found.add(row.loginId);
  for (const l of loginState.logins.values()) {
    const deadline = deadlineOf(l, appOf(loginState, l.clientId));
    const overlaps = deadline >= session.startedAt && l.loggedInAt <= session.startedAt;
    if (l.kind !== 'repeat' && overlaps) found.add(l.id);
  }
  return found;
}

export interface SessionReportOptions {
  generator: Report['generator'];
  /** Instant of judgement and of writing, epoch ms. */
  at: number;
  /** Only these logins of the session, and what they rest on. */
  only?: ReadonlySet<string>;
  wholeClientIds?: boolean;
  /** Gives guidance in a language; without it the report has no findings. */
  advise?: LocalizeFindings;
}

/** The report of a session, or of some of its logins. */
export function sessionReport(
  records: Records,
  session: Session,
  asked: SessionReportOptions,
): Report {
  const { loginState, rows, health } = records;
  const { only } = asked;
  const isOwn = (row: AttributedObservation) =>
    only
      ? row.loginId !== undefined && only.has(row.loginId)
      : (row as ObservationRow).session === session.id;
  const logins = only ?? sessionLogins(loginState, session, rows);
  const observations = selectEvidence(loginState, logins, rows, isOwn).map(
    ({ seq: _seq, session: _session, ...o }: Partial<ObservationRow>) => o as AttributedObservation,
  );
  return buildReport({
    loginState,
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
