import type { Login } from '../model/login.ts';
import type { AttributedObservation } from '../model/observation.ts';
import type { Session } from '../model/session.ts';
import type { LoginState } from '../verdict/state/login-state.ts';
import type { KeptFile } from './import/file-contents.ts';
import { replayFile } from './import/reevaluate.ts';
import type { SessionRecords } from './session-report.ts';

/** What is recorded, with the logins (by id) that each session (by id) is about. */
export interface ScopeRecords extends SessionRecords {
  loginsOf: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What a report page is about: a session of the live database, or what was read from files. */
export interface ReportScope {
  live: boolean;
  /** Whether it is only the newest of what is recorded, shown until everything is read. */
  isPart: boolean;
  loginState: LoginState;
  /** All there are, each with the login it was attributed to. */
  observations: readonly AttributedObservation[];
  /** Those of the session itself. */
  own: readonly AttributedObservation[];
  logins: readonly Login[];
  /** How many observations could not be kept. */
  dropped: number;
}

/**
 * Returns the scope of a session in what is recorded, or of all (null); without a session it holds no logins. `isPart` says
 * that the records are only the newest.
 */
export function liveScope(
  records: ScopeRecords,
  session: Session | null | undefined,
  { isPart = false }: { isPart?: boolean } = {},
): ReportScope {
  const { loginState, rows, health, loginsOf } = records;
  const logins = [...loginState.logins.values()];
  const recorded = { live: true, isPart, loginState, observations: rows, dropped: health.dropped };
  if (session === null) return { ...recorded, own: rows, logins };
  const ids = session && loginsOf.get(session.id);
  return {
    ...recorded,
    own: session ? rows.filter((row) => row.session === session.id) : [],
    logins: logins.filter((l) => ids?.has(l.id)),
  };
}

/**
 * Returns the scope of what files hold: now (null), or as it stood at an instant that someone chose (epoch ms), who says
 * by that that nothing followed what was recorded.
 */
export function importedScope(imported: KeptFile, chosen: number | null): ReportScope {
  const ahead = chosen === null ? imported.replayed : undefined;
  const { loginState, observations } = ahead ?? replayFile(imported, chosen);
  return {
    live: false,
    isPart: false,
    loginState,
    observations,
    own: observations,
    logins: [...loginState.logins.values()].filter((l) => imported.about?.has(l.id) ?? true),
    dropped: imported.report.counts.dropped,
  };
}
