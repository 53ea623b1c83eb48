import type { Message } from '../i18n/message.ts';
import type { Translate } from '../i18n/translate.ts';
import type { LeakFact, LossFact, Observation } from '../model/observation.ts';
import { siteName } from '../model/site-name.ts';

const AUTHORIZE_OUTCOMES = {
  'login-form': 'report_page.stepLoginForm',
  screen: 'report_page.stepScreen',
  code: 'report_page.stepCode',
  token: 'report_page.stepToken',
  error: 'report_page.stepError',
  'error-page': 'report_page.stepErrorPage',
} as const;

const LEAKS = {
  'client-secret': 'report_page.leakClientSecret',
  'admin-key': 'report_page.leakAdminKey',
  'token-in-url': 'report_page.leakToken',
} as const satisfies Record<LeakFact['what'], string>;

/** Says what was observed, for every observation but a call. */
export function observationMessage(o: Exclude<Observation, { type: 'api' }>): Message {
  switch (o.type) {
    case 'authorize':
      return [AUTHORIZE_OUTCOMES[o.outcome]];
    case 'arrival':
      return [o.outcome === 'code' ? 'report_page.arrivedCode' : 'report_page.arrivedError'];
    case 'token':
      return [
        o.grant === 'refresh_token' ? 'report_page.tokenRefreshed' : 'report_page.tokenAsked',
        [o.method],
      ];
    case 'token-handed':
      return ['report_page.tokenHanded'];
    case 'poll':
      return ['devtools.poll'];
    case 'frame':
      return ['devtools.frame'];
    case 'bad-report':
      return ['devtools.badReport'];
    case 'leak':
      return [LEAKS[o.what]];
    case 'watch':
      return [
        o.watched ? 'report_page.watchBegan' : 'report_page.watchEnded',
        [siteName(o.site ?? '')],
      ];
    case 'pause':
      return [o.paused ? 'report_page.paused' : 'report_page.resumed'];
    case 'start':
      return ['report_page.browserStarted'];
    case 'loss':
      return [lossKey(o)];
    case 'recording-ended':
      return ['report_page.recordingEnded'];
    case 'mark':
      if (o.mark === null) return ['report_page.markUndone'];
      return [o.mark === 'complete' ? 'tester.isComplete' : 'tester.isCut'];
    case 'app':
      return ['report_page.appSet'];
    case 'label':
      return ['report_page.labelled', [o.label]];
    case 'step':
      return ['report_page.stepMarked', [o.text]];
    case 'unlink-callback':
      return ['report_page.callbackCame', [o.referrerType]];
    case 'answer':
    case 'silence':
      return ['report_page.otherEvent', [o.type]];
  }
}

function lossKey({ leftOut }: LossFact) {
  if (leftOut === 'redirects') return 'report_page.redirectsLeftOut';
  if (leftOut === 'elsewhere') return 'report_page.loginElsewhere';
  return leftOut ? 'report_page.stepsLeftOut' : 'report_page.workerEnded';
}

/** Says in one line what was observed, with its answer: `GET /v2/user/me 200`. Code stands between backticks. */
export function observationText(o: Observation, t: Translate): string {
  const what = o.type === 'api' ? `\`${o.method} ${o.path}\`` : t(observationMessage(o));
  const answer = o.type === 'api' && o.status === 0 ? t('calls.noAnswer') : statusOf(o);
  const code = 'code' in o ? o.code : 'error' in o ? o.error : null;
  return `${what}${answer ? ` ${answer}` : ''}${code === null ? '' : ` (${code})`}`;
}

/** Heads what is shown of a finding's evidence, which may be its latest only. */
export function evidenceTitle(t: Translate, shown: number, all: number): string {
  return shown < all ? t('guidance.ui.evidenceLatest', [String(shown)]) : t('guidance.ui.evidence');
}

const statusOf = (o: Observation) => ('status' in o ? o.status : 0);
