import { UNLINK_WEBHOOK } from '../../../kakao/console.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import { completionOf } from '../../../verdict/derive/completion.ts';
import { FIRST_LOGIN_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/**
 * Fires when the app's callback log says that Kakao cut this link as an incomplete sign-up. See
 * docs/kakao-rules.md#unlink-callback.
 */
export const cutByKakao: LoginRule = {
  id: 'cut-by-kakao',
  applies: 'login',
  severity: 'error',
  verdicts: FIRST_LOGIN_VERDICTS,
  docs: DOCS.callback,
  place: UNLINK_WEBHOOK,
  fix: [step('complete_in_time'), step('log_in_again')],
  check({ login, app, verdict, ruleContext }) {
    const cut = verdict.verdict === 'unlinked' && verdict.because === 'callback';
    if (!cut || login.callback?.referrerType !== 'INCOMPLETE_SIGN_UP') return null;
    const callbacks = (ruleContext.byLogin.get(login.id) ?? []).filter(
      (o) => o.type === 'unlink-callback',
    );
    // Kakao cuts no completed link, and its console sends such callbacks as a test, too.
    const mayBeTest = completionOf(login, app) !== null || login.callback.timeUnknown;
    return {
      evidence: [login.id, ...callbacks.map((o) => o.id)],
      severity: mayBeTest ? 'warning' : 'error',
    };
  },
};
