import type { Translate } from '../i18n/translate.ts';
import type { ReportLogin } from './document.ts';

/** Tells whether a login is judged: whether it is, or may be, a first one. */
export const isFirstLogin = (login: ReportLogin): boolean => login.verdict !== 'not-applicable';

/** What is read of an observation, of a report or as it is stored. */
interface Observed {
  type: string;
  outcome?: string | null;
  error?: string | null;
  leftOut?: string;
}

interface Evidence {
  logins: readonly unknown[];
  observations: readonly Observed[];
}

/** Why no first login was judged, and what to do, in one line. */
export function noneJudgedText({ logins, observations }: Evidence, t: Translate): string {
  if (logins.length > 0) return t('report.noneJudged.repeat');
  const errors = observations.filter(isError);
  if (errors.some((o) => o.error === 'access_denied')) return t('report.noneJudged.refused');
  if (errors.length > 0) return t('report.noneJudged.error');
  if (observations.some((o) => o.leftOut === 'redirects')) return t('report.noneJudged.folded');
  if (observations.some(isScreen)) return t('report.noneJudged.unfinished');
  // SDK v1 calls Kakao out of its frame, and logs in by a popup.
  const isOfPopup = observations.some((o) => o.type === 'frame');
  return t(isOfPopup ? 'report.noneJudged.popup' : 'report.noneJudged.nothing');
}

/** Tells whether an observation is a page of Kakao's that a login begins with. */
const isScreen = ({ type, outcome }: Observed): boolean =>
  type === 'authorize' && (outcome === 'screen' || outcome === 'login-form');

/** Tells whether an observation is of a login that Kakao ended with an error: on its own page, or by a redirect. */
const isError = ({ type, outcome }: Observed): boolean =>
  (type === 'authorize' || type === 'arrival') && (outcome === 'error' || outcome === 'error-page');
