import type { Session } from './schema.ts';

function dayOf(at: number): string {
  const d = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
}

/** The session that an observation at this instant (epoch ms) belongs to: one a local day, named after it. */
export function sessionAt(sessions: readonly Session[], at: number): Session {
  const name = dayOf(at);
  return (
    sessions.find((s) => s.name === name) ?? {
      id: `${name}-${at.toString(36)}`,
      name,
      startedAt: at,
      endedAt: null,
      tester: '',
      build: '',
      notes: '',
    }
  );
}
