import { MAX_SESSION_TEXT } from '../../model/session-text.ts';
import type { Report, ReportSession, ReportSource } from '../document.ts';
import { fnv1a } from '../fnv1a.ts';

/** The name of a merged session holds this many names of its sessions. */
const MAX_NAMES = 3;

/** Describes several sessions as one. It has ended only when all of them have. */
export function mergeSessions(sources: readonly ReportSource[]): Report['session'] {
  const sessions = sources.map((s) => s.session);
  const distinct = (textOf: (s: ReportSession) => string) =>
    [...new Set(sessions.map(textOf))].filter(Boolean);
  const joined = (textOf: (s: ReportSession) => string) =>
    distinct(textOf).join(', ').slice(0, MAX_SESSION_TEXT);
  const names = distinct((s) => s.name);
  const more = names.length > MAX_NAMES ? ` + ${names.length - MAX_NAMES}` : '';
  const environment = joined((s) => s.environment ?? '');
  const ended = sessions.flatMap((s) => s.endedAt ?? []);
  return {
    id: `merged-${fnv1a(sessions.map((s) => s.id).join('\n'), 64)}`,
    name: names.slice(0, MAX_NAMES).join(' + ') + more,
    tester: joined((s) => s.tester),
    build: joined((s) => s.build),
    ...(environment ? { environment } : {}),
    notes: '',
    startedAt: sessions.flatMap((s) => s.startedAt ?? []).sort()[0] ?? null,
    endedAt: ended.length === sessions.length ? (ended.sort().at(-1) ?? null) : null,
  };
}
