import type { LocalizeFindings } from '../guidance/localize-findings.ts';
import { appOf } from '../model/app.ts';
import { firstIndexNot } from '../model/first-index.ts';
import type { Health } from '../model/health.ts';
import type { Login } from '../model/login.ts';
import type { AttributedObservation, StoredObservation } from '../model/observation.ts';
import { MAX_SESSION_TEXT } from '../model/session-text.ts';
import type { Session } from '../model/session.ts';
import { atOnce, type Slices } from '../model/slices.ts';
import { deadlineOf } from '../verdict/decide/deadline.ts';
import { completionOf } from '../verdict/derive/completion.ts';
import type { LoginState } from '../verdict/state/login-state.ts';
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

/** What a report of stored sessions is to be of. */
export interface SessionReportOptions {
  generator: Report['generator'];
  /** Instant of judgement and of writing, epoch ms. */
  at: number;
  /** Ids of logins: the report is about these logins of the session, and nothing else of it. */
  only?: ReadonlySet<string>;
  wholeClientIds?: boolean;
  /** The report is about what all sessions observed. */
  everything?: boolean;
  /** Gives guidance in a language; without it the report has no findings. */
  advise?: LocalizeFindings;
}

/**
 * Finds for each session (by id) the logins (by id) that it is about: those it observed something of, and those that
 * were decided in it, or since anything was last seen before it. So a window that passed over a weekend is in Monday's
 * report.
 */
export function loginsBySession(
  loginState: LoginState,
  sessions: readonly Session[],
  rows: readonly StoredObservation[],
): Map<string, Set<string>> {
  return atOnce(loginsBySessionInSlices(loginState, sessions, rows));
}

/** How many rows are looked at between two stops. */
const SLICE_ROWS = 500;

/** Finds the same, with stops. */
export function* loginsBySessionInSlices(
  loginState: LoginState,
  sessions: readonly Session[],
  rows: readonly StoredObservation[],
): Slices<Map<string, Set<string>>> {
  const found = new Map(sessions.map((s) => [s.id, new Set<string>()]));
  const seen = new Float64Array(rows.length);
  for (const [i, { loginId, session, source, at }] of rows.entries()) {
    if (loginId) found.get(session)?.add(loginId);
    // What a log told of the past was not seen then.
    seen[i] = source === 'callback' ? 0 : at;
    if (i % SLICE_ROWS === 0) yield;
  }
  seen.sort();
  yield;
  const decided: { login: Login; at: number }[] = [];
  for (const [i, login] of [...loginState.logins.values()].entries()) {
    if (login.kind !== 'repeat') decided.push({ login, at: decidedAt(loginState, login) });
    if (i % SLICE_ROWS === 0) yield;
  }
  decided.sort((a, b) => a.at - b.at);
  yield;
  for (const { id, startedAt, endedAt } of sessions) {
    const lastSeen = seen[firstIndexNot(seen, (at) => at < startedAt) - 1] ?? 0;
    const first = firstIndexNot(decided, ({ at }) => at <= lastSeen);
    const end = firstIndexNot(decided, ({ at }) => at <= (endedAt ?? Infinity));
    for (const { login } of decided.slice(first, end))
      if (login.loggedInAt <= startedAt) found.get(id)?.add(login.id);
  }
  return found;
}

/** The instant (epoch ms) that decided a login: what completed it in time, what cut its link, else its deadline. */
function decidedAt(loginState: LoginState, login: Login): number {
  const app = appOf(loginState, login.clientId);
  const completed = completionOf(login, app)?.at ?? Infinity;
  return Math.min(completed, login.cut?.at ?? Infinity, deadlineOf(login, app));
}

/** Every session as one: from the first one's beginning to the last one's end, by all who tested. */
export function allSessions(sessions: readonly Session[], name: string): Session {
  const of = (field: 'tester' | 'build' | 'environment') =>
    [...new Set(sessions.flatMap((s) => s[field] || []))].join(', ').slice(0, MAX_SESSION_TEXT);
  const isOpen = sessions.some((s) => s.endedAt === null);
  const environment = of('environment');
  return {
    id: 'all',
    name,
    startedAt: Math.min(...sessions.map((s) => s.startedAt)),
    endedAt: isOpen ? null : Math.max(...sessions.map((s) => s.endedAt ?? 0)),
    tester: of('tester'),
    build: of('build'),
    ...(environment ? { environment } : {}),
    notes: '',
  };
}

/** Builds the report of a session, or of some of its logins; with `everything`, of all logins of all sessions. */
export function sessionReport(
  { loginState, rows, sessions, health }: SessionRecords,
  session: Session,
  { everything = false, generator, at, only, wholeClientIds = false, advise }: SessionReportOptions,
): Report {
  const isOwn = (row: StoredObservation) =>
    only
      ? row.loginId !== undefined && only.has(row.loginId)
      : everything || row.session === session.id;
  const all = () =>
    everything
      ? new Set(loginState.logins.keys())
      : loginsBySession(loginState, [session], rows).get(session.id);
  const logins = only ?? all() ?? new Set<string>();
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
