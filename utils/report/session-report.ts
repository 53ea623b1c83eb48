import type { LocalizeFindings } from '../guidance/localize-findings.ts';
import { appOf } from '../model/app.ts';
import type { Health } from '../model/health.ts';
import type { AttributedObservation, StoredObservation } from '../model/observation.ts';
import type { Session } from '../model/session.ts';
import { deadlineOf } from '../verdict/deadline.ts';
import type { LoginState } from '../verdict/login-state.ts';
import { buildReport } from './build-report.ts';
import type { Report } from './document.ts';
import { selectEvidence } from './select-evidence.ts';

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
  /** Ids of logins: the report is about these logins of the session, and nothing else of it. */
  only?: ReadonlySet<string>;
  wholeClientIds?: boolean;
  /** Gives guidance in a language; without it the report has no findings. */
  advise?: LocalizeFindings;
}

/**
 * Finds the logins (by id) that a session is about: those it observed something of, and those whose window reached
 * into it, so that the report of a day tells of a window that passed overnight.
 */
export function sessionLogins(
  loginState: LoginState,
  session: Session,
  rows: readonly StoredObservation[],
): Set<string> {
  const found = new Set<string>();
  for (const row of rows) if (row.session === session.id && row.loginId) found.add(row.loginId);
  for (const login of loginState.logins.values()) {
    const deadline = deadlineOf(login, appOf(loginState, login.clientId));
    const overlaps = deadline >= session.startedAt && login.loggedInAt <= session.startedAt;
    if (login.kind !== 'repeat' && overlaps) found.add(login.id);
  }
  return found;
}

/** Builds the report of a session, or of some of its logins. */
export function sessionReport(
  { loginState, rows, sessions, health }: SessionRecords,
  session: Session,
  { generator, at, only, wholeClientIds = false, advise }: SessionReportOptions,
): Report {
  const isOwn = (row: StoredObservation) =>
    only ? row.loginId !== undefined && only.has(row.loginId) : row.session === session.id;
  const logins = only ?? sessionLogins(loginState, session, rows);
  return buildReport({
    loginState,
    logins,
    observations: selectEvidence(loginState, logins, rows, isOwn).map(dropStoredFields),
    session,
    generator,
    generatedAt: at,
    evaluatedAt: at,
    dropped: health.dropped,
    wholeClientIds,
    sessionsBefore: sessions.filter((s) => s.startedAt < session.startedAt),
    ...(advise ? { advise } : {}),
  });
}

/** Drops what an observation has only in the database. */
function dropStoredFields({
  seq: _seq,
  session: _session,
  ...o
}: AttributedObservation & Partial<StoredObservation>): AttributedObservation {
  return o as AttributedObservation;
}
