import type { SessionEdit } from './command.ts';

/** A named stretch of testing. Epoch ms. */
export interface Session {
  id: string;
  name: string;
  startedAt: number;
  endedAt: number | null;
  tester: string;
  build: string;
  /** Which system was tested, such as staging; absent where the tester did not say. */
  environment?: string;
  notes: string;
  /** The session goes on when its day ends. */
  held?: boolean;
}

/** The local day of an instant (epoch ms), as 2026-11-22. */
export function dayOf(at: number): string {
  return new Date(at).toLocaleDateString('sv'); // Swedish dates are ISO 8601's
}

/** The one session that is open; undefined where nothing was ever recorded. */
export function openSession(sessions: readonly Session[]): Session | undefined {
  return sessions.findLast((s) => s.endedAt === null);
}

/** A session that begins at an instant. Who tests what carries over from the one before it; notes do not. */
function newSession(sessions: readonly Session[], at: number): Session {
  const id = `${dayOf(at)}-${at.toString(36)}`;
  const name = freeName(sessions, dayOf(at));
  const before = sessions.filter((s) => s.startedAt <= at);
  const latest = before.toSorted((a, b) => a.startedAt - b.startedAt).at(-1);
  return {
    id,
    name,
    startedAt: at,
    endedAt: null,
    tester: latest?.tester ?? '',
    build: latest?.build ?? '',
    ...(latest?.environment ? { environment: latest.environment } : {}),
    notes: '',
  };
}

/** A name for a session that begins on a day: the day, numbered where there is one already. */
function freeName(sessions: readonly Session[], day: string): string {
  let name = day;
  for (let n = 2; sessions.some((s) => s.name === name); n += 1) name = `${day} (${n})`;
  return name;
}

/**
 * The session that an observation at this instant (epoch ms) belongs to: the open one while its day lasts or it is
 * held; for a late one that of its day which was open then; else a new one, named after the day.
 */
export function sessionAt(sessions: readonly Session[], at: number): Session {
  const day = dayOf(at);
  const open = openSession(sessions);
  if (open && (open.held || dayOf(open.startedAt) === day)) return open;
  const then = sessions.find((s) => dayOf(s.startedAt) === day && (s.endedAt ?? at) >= at);
  return then ?? newSession(sessions, at);
}

/** Ends what is open, at an instant (epoch ms). */
export function endSession(session: Session, at: number): Session {
  if (session.endedAt !== null) return session;
  return { ...session, endedAt: Math.max(session.startedAt, at) };
}

/**
 * Changes or ends a session as the tester asks, or ends the open one and begins another, at an instant (epoch ms). A
 * session that is not there is left alone.
 */
export function editSessions(
  sessions: readonly Session[],
  edit: SessionEdit,
  at: number,
): Session[] {
  const { begin, end, id, type: _type, ...words } = edit;
  if (!begin)
    return sessions.map((s) => (s.id !== id ? s : end ? endSession(s, at) : { ...s, ...words }));
  const fresh = { ...newSession(sessions, at), ...words };
  return [...sessions.map((s) => endSession(s, at)), fresh];
}
