import { DOCS } from '../../../kakao/docs-links.ts';
import { WINDOW_MS } from '../../../kakao/policy.ts';
import type { Verdict } from '../../../model/verdict.ts';
import { mayBeCompleted } from '../../rule-parts/calls.ts';
import { completionSeverity } from '../../rule-parts/severity.ts';
import type { LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

const FIX = [step('call_user_me'), step('check_relink'), step('log_in_again')];
/** Where the site's server may have the token, its log may show the call. */
const FIX_ON_SERVER = [step('check_server_calls'), ...FIX];
const DOUBTS_OF_SERVER: readonly Verdict['doubt'][] = ['token-handed-over', 'host-unwatched'];

/**
 * Fires when the window passed without a completing call although calls could be seen. See
 * docs/kakao-rules.md#window.
 */
export const windowPassed: LoginRule = {
  id: 'window-passed',
  applies: 'login',
  severity: 'error',
  verdicts: ['missed'],
  docs: DOCS.notice,
  fix: FIX,
  check({ login, linkMode, verdict, now }) {
    if (linkMode === 'manual') return null;
    const isRehearsal = verdict.rehearsal && now - login.loggedInAt <= WINDOW_MS;
    const detail = isRehearsal ? 'rehearsal' : mayBeCompleted(login) ? 'other' : 'detail';
    return {
      evidence: [login.id],
      severity: completionSeverity(verdict),
      ...(DOUBTS_OF_SERVER.includes(verdict.doubt) ? { fix: FIX_ON_SERVER } : {}),
      detail: [`guidance.rules.window_passed.${detail}`],
    };
  },
};
