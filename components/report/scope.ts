import type { LoginState } from '../../utils/verdict/login-state.ts';
import type { Login } from '../../utils/model/login.ts';
import { replayObservations } from '../../utils/report/replay-observations.ts';
import type { ImportedFile } from '../../utils/report/import/reevaluate.ts';
import type { AttributedObservation } from '../../utils/model/observation.ts';
import type { Session } from '../../utils/model/session.ts';
import type { Records } from '../../utils/store/read-records.ts';
import { sessionLogins } from '../../utils/report/session-report.ts';

/** What the page speaks of: a session of the live database, or what was read from files. */
export interface Scope {
  live: boolean;
  loginState: LoginState;
  /** All there are, with the login each was placed on. */
  observations: readonly AttributedObservation[];
  /** Of the session itself. */
  own: readonly AttributedObservation[];
  logins: readonly Login[];
  dropped: number;
}

/** A session of what is recorded. */
export function liveScope(records: Records, session: Session | undefined): Scope {
  const { loginState, rows, health } = records;
  const ids = session ? sessionLogins(loginState, session, rows) : new Set<string>();
  return {
    live: true,
    loginState,
    observations: rows,
    own: session ? rows.filter((row) => row.session === session.id) : [],
    logins: [...loginState.logins.values()].filter((l) => ids.has(l.id)),
    dropped: health.dropped,
  };
}

/** What files told, as it stood at an instant (epoch ms). */
export function importedScope(imported: ImportedFile, at: number): Scope {
  const { loginState, observations } = replayObservations(
    imported.observations,
    at >= imported.takenAt ? Infinity : at,
  );
  return {
    live: false,
    loginState,
    observations,
    own: observations,
    logins: [...loginState.logins.values()].filter((l) => imported.about?.has(l.id) ?? true),
    dropped: imported.report.counts.dropped,
  };
}
