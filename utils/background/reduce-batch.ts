import { reduce } from '../verdict/reduce.ts';
import type { StateChange, LoginState } from '../verdict/login-state.ts';
import type { Observation, StoredObservation } from '../model/observation.ts';
import { endSession, openSession, sessionAt, type Session } from '../model/session.ts';

/** What a batch of observations adds to the database. */
export interface Batch {
  rows: StoredObservation[];
  changes: StateChange[];
  /** All sessions there are now. */
  sessions: Session[];
  /** Those of them that are new, or that a new one ended. */
  changedSessions: Session[];
}

/** The judgement failed on one observation. The loginState it was folded into may be half changed. */
export class UnreadableObservation extends Error {
  readonly observation: Observation;
  constructor(observation: Observation, cause: unknown) {
    super('unreadable observation', { cause });
    this.observation = observation;
  }
}

/**
 * Folds observations into the loginState, in order, and puts each into its day's session.
 * Those in `unread` are passed by. Throws Unreadable.
 */
export function reduceBatch(
  loginState: LoginState,
  known: readonly Session[],
  observations: readonly Observation[],
  unread: ReadonlySet<Observation>,
): Batch {
  let sessions = [...known];
  const rows: StoredObservation[] = [];
  const changes: StateChange[] = [];
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
    const change = folded(loginState, o);
    changes.push(change);
    const placed = change.loginId ? { loginId: change.loginId } : {};
    rows.push({ ...o, session: session.id, ...placed });
    for (const row of rows) row.loginId ??= change.attached.get(row.id);
  }
  const changedSessions = sessions.filter((s) => !known.includes(s));
  return { rows, changes, sessions, changedSessions };
}

function folded(loginState: LoginState, o: Observation): StateChange {
  try {
    return reduce(loginState, o);
  } catch (error) {
    throw new UnreadableObservation(o, error);
  }
}
