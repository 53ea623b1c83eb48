import type { Ledger } from '../../utils/verdict/login-state.ts';
import type { Login } from '../../utils/model/login.ts';
import { judge } from '../../utils/report/replay-observations.ts';
import type { Imported } from '../../utils/report/import/reevaluate.ts';
import type { Placed } from '../../utils/report/select-evidence.ts';
import type { Records } from '../../utils/store/read-records.ts';
import type { Session } from '../../utils/store/schema.ts';
import { loginsOf } from '../../utils/report/session-report.ts';

/** What the page speaks of: a session of the live database, or what was read from files. */
export interface Scope {
  live: boolean;
  ledger: Ledger;
  /** All there are, with the login each was placed on. */
  observations: readonly Placed[];
  /** Of the session itself. */
  own: readonly Placed[];
  logins: readonly Login[];
  dropped: number;
}

/** A session of what is recorded. */
export function liveScope(records: Records, session: Session | undefined): Scope {
  const { ledger, rows, health } = records;
  const ids = session ? loginsOf(ledger, session, rows) : new Set<string>();
  return {
    live: true,
    ledger,
    observations: rows,
    own: session ? rows.filter((row) => row.session === session.id) : [],
    logins: [...ledger.logins.values()].filter((l) => ids.has(l.id)),
    dropped: health.dropped,
  };
}

/** What files told, as it stood at an instant (epoch ms). */
export function importedScope(imported: Imported, at: number): Scope {
  const { ledger, observations } = judge(
    imported.observations,
    at >= imported.takenAt ? Infinity : at,
  );
  return {
    live: false,
    ledger,
    observations,
    own: observations,
    logins: [...ledger.logins.values()].filter((l) => imported.about?.has(l.id) ?? true),
    dropped: imported.report.counts.dropped,
  };
}
