import type { FactType, Observation, StoredObservation } from '../../model/observation.ts';
import { endSession, openSession, sessionAt, type Session } from '../../model/session.ts';
import type { Settings } from '../../model/settings.ts';
import type { Batch } from '../../store/save-batch.ts';
import { reduce } from '../../verdict/reduce.ts';
import type { LoginState, StateChange } from '../../verdict/state/login-state.ts';
import { whatIsStored } from './watched-sites.ts';

/** What the extension notes of itself, also while recording is paused. */
const OWN_FACTS: FactType[] = ['watch', 'start', 'loss', 'pause'];

/** The judgement failed on one observation. The login state that it was reduced into may be half changed. */
export class UnreadableObservation extends Error {
  readonly observation: Observation;
  constructor(observation: Observation, cause: unknown) {
    super('unreadable observation', { cause });
    this.observation = observation;
  }
}

/**
 * Reduces observations into the login state, in order, and puts each into its day's session. Traffic seen while recording
 * is paused is left out, and with `watchedOnly` what is of no watched site. The judgement passes by those in `unread`.
 * Throws UnreadableObservation.
 */
export function reduceBatch(
  loginState: LoginState,
  known: readonly Session[],
  observations: readonly Observation[],
  unread: ReadonlySet<Observation>,
  { watchedOnly }: Pick<Settings, 'watchedOnly'>,
): Batch {
  let sessions = [...known];
  const rows: StoredObservation[] = [];
  const changes: StateChange[] = [];
  for (const seen of observations) {
    if (loginState.tracking.pausedAt !== null && isTraffic(seen)) continue;
    const { sites } = loginState.tracking;
    const o = unread.has(seen) ? seen : whatIsStored(loginState, seen, { sites, watchedOnly });
    if (!o) continue;
    const session = sessionOf(o, sessions);
    if (!sessions.includes(session))
      sessions = [...sessions.map((s) => endSession(s, o.at)), session];
    if (unread.has(o)) {
      rows.push({ ...o, session: session.id, unread: true });
      continue;
    }
    const change = reduceOne(loginState, o, seen);
    changes.push(change);
    const attributed = change.loginId ? { loginId: change.loginId } : {};
    rows.push({ ...o, session: session.id, ...attributed });
  }
  const changedSessions = sessions.filter((s) => !known.includes(s));
  return { rows, changes, sessions, changedSessions };
}

/** Whether the browser or a site's server brought an observation; what the extension says of itself is none. */
function isTraffic({ source, type }: Observation): boolean {
  return (source === 'browser' || source === 'server') && !OWN_FACTS.includes(type);
}

/** The session of an observation: what a callback log tells of the past was learned in the open one. */
function sessionOf(o: Observation, sessions: readonly Session[]): Session {
  const open = o.source === 'callback' ? openSession(sessions) : undefined;
  return open ?? sessionAt(sessions, o.at);
}

/** Reduces what is stored of an observation that was `seen`. */
function reduceOne(loginState: LoginState, o: Observation, seen: Observation): StateChange {
  try {
    return reduce(loginState, o);
  } catch (error) {
    throw new UnreadableObservation(seen, error);
  }
}
