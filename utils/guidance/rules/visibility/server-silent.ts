import { DOCS } from '../../../kakao/docs-links.ts';
import type { LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** Fires when the code went to the site's server and no report says which calls the server made. */
export const serverSilent: LoginRule = {
  id: 'server-silent',
  applies: 'login',
  severity: 'warning',
  verdicts: ['pending', 'unseen'],
  docs: DOCS.serverTiming,
  fix: [step('report_server_timing'), step('check_server_calls'), step('mark_complete')],
  check({ login, verdict }) {
    // SDK v1 hands the token to the page, so no server takes part.
    if (verdict.visibilityBecause !== 'server-side' || login.redirectUri === 'kakaojs') return null;
    return {
      evidence: [login.id],
      severity: verdict.verdict === 'pending' ? 'info' : 'warning',
    };
  },
};
