import { fold } from '../verdict/reduce.ts';
import type { Change, Ledger } from '../verdict/login-state.ts';
import type { Observation } from '../model/observation.ts';
import type { ObservationRow, Session } from '../store/schema.ts';
import { endSession, openSession, sessionAt } from '../model/session.ts';

/** What a batch of observations adds to the database. */
export interface Batch {
  rows: ObservationRow[];
  changes: Change[];
  /** All sessions there are now. */
  sessions: Session[];
  /** Those of them that are new, or that a new one ended. */
  changedSessions: Session[];
}

/** The judgement failed on one observation. The ledger it was folded into may be half changed. */
export class Unreadable extends Error {
  readonly observation: Observation;
  constructor(observation: Observation, cause: unknown) {
    super('unreadable observation', { cause });
    this.observation = observation;
  }
}

/**
 * Folds observations into the ledger, in order, and puts each into its day's session.
 * Those in `unread` are passed by. Throws Unreadable.
 */
export function foldBatch(
  ledger: Ledger,
  known: readonly Session[],
  observations: readonly Observation[],
  unread: ReadonlySet<Observation>,
): Batch {
  let sessions = [...known];
  const rows: ObservationRow[] = [];
  const changes: Change[] = [];
  for (const o of observations) {
    // What a log tells of the past was learned now.
    const told = o.source === 'callback' ? openSession(sessions) : undefined;
    const session = told ?? sessionAt(sessions, o.at);
    if (!sessions.includes(session))
      sessions = [...sessions.map((s) => endSession(s, o.at)), session];
    if (unread.has(o)) {
      rows.push({ ...o, session: session.id, unread: true });
      continue;
    }
    const change = folded(ledger, o);
    changes.push(change);
    const placed = change.placedOn ? { placedOn: change.placedOn } : {};
    rows.push({ ...o, session: session.id, ...placed });
    for (const row of rows) row.placedOn ??= change.adopted.get(row.id);
  }
  const changedSessions = sessions.filter((s) => !known.includes(s));
  return { rows, changes, sessions, changedSessions };
}

function folded(ledger: Ledger, o: Observation): Change {
  try {
    return fold(ledger, o);
  } catch (error) {
    throw new Unreadable(o, error);
  }
}
