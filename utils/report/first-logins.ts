import type { Translate } from '../i18n/translate.ts';
import type { Report, ReportLogin } from './document.ts';

/** Tells whether a login is judged: whether it is, or may be, a first one. */
export const isFirstLogin = (login: ReportLogin): boolean => login.verdict !== 'not-applicable';

type Evidence = Pick<Report, 'observations'> & { logins: readonly ReportLogin[] };

/** Why no first login was judged, and what to do, in one line. */
export function noneJudgedText({ logins, observations }: Evidence, t: Translate): string {
  if (logins.length > 0) return t('report.noneJudged.repeat');
  return t(
    observations.some(isRefusal) ? 'report.noneJudged.refused' : 'report.noneJudged.nothing',
  );
}

/** Tells whether an observation is of a login that came back with an error, such as a consent that was denied. */
function isRefusal(observation: Report['observations'][number]): boolean {
  const isReturn = observation.type === 'authorize' || observation.type === 'arrival';
  return isReturn && 'error' in observation && observation.error !== null;
}
