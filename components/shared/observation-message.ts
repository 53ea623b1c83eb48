import type { Message } from '../../utils/i18n/message.ts';
import type { Observation } from '../../utils/model/observation.ts';
import { siteName } from './site-name.ts';

const AUTHORIZE_OUTCOMES = {
  'login-form': 'report_page.stepLoginForm',
  screen: 'report_page.stepScreen',
  code: 'report_page.stepCode',
  token: 'report_page.stepToken',
  error: 'report_page.stepError',
  'error-page': 'report_page.stepErrorPage',
} as const;

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
      ];
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
      if (o.leftOut === 'redirects') return ['report_page.redirectsLeftOut'];
      return [o.leftOut ? 'report_page.stepsLeftOut' : 'report_page.workerEnded'];
    case 'mark':
      if (o.mark === null) return ['report_page.markUndone'];
      return [o.mark === 'complete' ? 'tester.isComplete' : 'tester.isCut'];
    case 'label':
      return ['report_page.labelled', [o.label]];
    case 'step':
      return ['report_page.stepMarked', [o.text]];
    case 'unlink-callback':
      return ['report_page.callbackCame', [o.referrerType]];
    default:
      return ['report_page.otherEvent', [o.type]];
  }
}
