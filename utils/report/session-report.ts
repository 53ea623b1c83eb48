import type { Health } from '../model/health.ts';
import type { LocalizeFindings } from '../guidance/localize-findings.ts';
import { appOf } from '../model/app.ts';
import { deadlineOf } from '../verdict/deadline.ts';
import type { AttributedObservation, StoredObservation } from '../model/observation.ts';
import type { Session } from '../model/session.ts';
import type { LoginState } from '../verdict/login-state.ts';
import { buildReport, type Report } from './document.ts';
import { selectEvidence } from './select-evidence.ts';

/**
 * The logins that a session is about: those it observed something of, and those whose window reached into it, so that
 * a window which passed overnight is told of the day after.
 */
export function sessionLogins(
  loginState: LoginState,
  session: Session,
  rows: readonly StoredObservation[],
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

/** Everything recorded, as it stood at one moment. */
export interface SessionRecords {
  /** In order of arrival. */
  rows: readonly StoredObservation[];
  sessions: readonly Session[];
  loginState: LoginState;
  health: Pick<Health, 'dropped'>;
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
  records: SessionRecords,
  session: Session,
  asked: SessionReportOptions,
): Report {
  const { loginState, rows, health } = records;
  const { only } = asked;
  const isOwn = (row: AttributedObservation) =>
    only
      ? row.loginId !== undefined && only.has(row.loginId)
      : (row as StoredObservation).session === session.id;
  const logins = only ?? sessionLogins(loginState, session, rows);
  const observations = selectEvidence(loginState, logins, rows, isOwn).map(
    ({ seq: _seq, session: _session, ...o }: Partial<StoredObservation>) =>
      o as AttributedObservation,
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
