import type { Translate } from '../i18n/translate.ts';
import type { Report, ReportLogin } from './document.ts';

/** Tells whether a login is judged: whether it is, or may be, a first one. */
export const isFirstLogin = (login: ReportLogin): boolean => login.verdict !== 'not-applicable';

type Evidence = Pick<Report, 'observations'> & { logins: readonly ReportLogin[] };

/** Why no first login was judged, and what to do, in one line. */
export function noneJudgedText({ logins, observations }: Evidence, t: Translate): string {
  if (logins.length > 0) return t('report.noneJudged.repeat');
  const errors = observations.filter(isError);
  const isRefused = errors.some((o) => 'error' in o && o.error === 'access_denied');
  if (isRefused) return t('report.noneJudged.refused');
  return t(errors.length ? 'report.noneJudged.error' : 'report.noneJudged.nothing');
}

/** Tells whether an observation is of a login that Kakao ended with an error: on its own page, or by a redirect. */
function isError(observation: Report['observations'][number]): boolean {
  const { type } = observation;
  const isStep = type === 'authorize' || type === 'arrival';
  const outcome = isStep && 'outcome' in observation ? observation.outcome : null;
  return outcome === 'error' || outcome === 'error-page';
}
