import type { Report, ReportLogin } from '../document.ts';

/** Name of the session that a login belongs to: its own in a merged report, else the report's. */
export function sessionNameOf(login: ReportLogin, { sources, session }: Report): string {
  const own = sources?.find((s) => s.logins.includes(login.id));
  return own ? own.session.name : session.name;
}
