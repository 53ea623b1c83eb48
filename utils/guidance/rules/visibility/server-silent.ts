import { DOCS } from '../../../kakao/docs-links.ts';
import type { LoginRule } from '../../rule.ts';
import { hostedServiceOf, type HostedService } from '../../rule-parts/hosted-callback.ts';
import { step, type Text } from '../../text.ts';

/** What each service asks of Kakao. See docs/kakao-rules.md#libraries. */
const HOSTED: Record<HostedService, Text> = {
  supabase: ['guidance.rules.server_silent.supabase'],
  firebase: ['guidance.rules.server_silent.firebase'],
  cognito: ['guidance.rules.server_silent.cognito'],
};

/** No header can be had of a hosted service: what is left is its log, the next login and a tester's mark. */
const HOSTED_FIX = [step('hosted_log'), step('next_login_proves'), step('mark_complete')];

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
    const service = hostedServiceOf(login.redirectUri);
    return {
      evidence: [login.id],
      ...(service ? { detail: HOSTED[service], fix: HOSTED_FIX } : {}),
      severity: verdict.verdict === 'pending' ? 'info' : 'warning',
    };
  },
};
