import { type Login, belongsToSite } from '../../model/login.ts';
import type { Observation } from '../../model/observation.ts';
import { MINUTE_MS } from '../../model/time.ts';
import type { LoginState, ReportedRequest } from '../state/login-state.ts';
import { REPORT_ERROR_MS } from '../state/time-limits.ts';

const MAX_BUFFERED = 100;
/** How long a report waits for the login it belongs to. */
const MAX_WAIT_MS = 10 * MINUTE_MS;

/** Keeps a request that belongs to no login so far, if a server reported it: its login may come later. */
export function bufferReport(loginState: LoginState, request: ReportedRequest): void {
  if (request.source !== 'server') return;
  const { tracking } = loginState;
  tracking.bufferedReports = [...tracking.bufferedReports, request].slice(-MAX_BUFFERED);
}

/**
 * Takes the reports for a new login's site out of the buffer. Returns those of the ten minutes before `at` (epoch ms),
 * the end of the login, in order of arrival; older ones, and what was told before it began, are dropped. Reports for other
 * sites stay, however old.
 */
export function takeBufferedReports(
  loginState: LoginState,
  login: Login,
  at: number,
): ReportedRequest[] {
  const { tracking } = loginState;
  const taken: ReportedRequest[] = [];
  const left: ReportedRequest[] = [];
  for (const report of tracking.bufferedReports)
    (isOfSite(report, login) ? taken : left).push(report);
  if (taken.length) tracking.bufferedReports = left;
  return taken.filter((report) => at - report.at <= MAX_WAIT_MS && !wasToldBefore(report, login));
}

/** Whether a page had asked for a report, and got it, before a login began: it is of whoever was logged in then. */
function wasToldBefore({ tab, sentAt, at }: ReportedRequest, { startedAt }: Login): boolean {
  return tab !== null && sentAt !== undefined && startedAt - at > REPORT_ERROR_MS;
}

function isOfSite(report: Observation, login: Login): boolean {
  return report.site !== null && belongsToSite(login, report.site);
}
