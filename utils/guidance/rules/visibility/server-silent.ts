import { DOCS } from '../../../kakao/docs-links.ts';
import type { LoginRule } from '../../rule.ts';
import { hostedServiceOf, type HostedService } from '../../rule-parts/hosted-callback.ts';
import { step, type Text } from '../../text.ts';

/** What each service asks of Kakao. See docs/kakao-rules.md#libraries. */
const HOSTED: Record<HostedService, Text> = {
  supabase: ['guidance.rules.server_silent.supabase'],
  firebase: ['guidance.rules.server_silent.firebase'],
  cognito: ['guidance.rules.server_silent.cognito'],
  auth0: ['guidance.rules.server_silent.auth0'],
  cafe24: ['guidance.rules.server_silent.cafe24'],
  keycloak: ['guidance.rules.server_silent.keycloak'],
};

/** No header can be had of a hosted service: what is left is the next login and a tester's mark. */
const WITHOUT_LOG = [step('next_login_proves'), step('mark_complete')];
/** The same where the service shows its log. */
const WITH_LOG = [step('hosted_log'), ...WITHOUT_LOG];

/** Fires when the code went to the site's server and no report says which calls the server made. */
export const serverSilent: LoginRule = {
  id: 'server-silent',
  applies: 'login',
  severity: 'warning',
  verdicts: ['pending', 'unseen'],
  docs: DOCS.serverTiming,
  fix: [step('report_server_timing'), step('check_server_calls'), step('mark_complete')],
  check({ login, verdict }) {
    if (verdict.visibilityBecause !== 'server-side') return null;
    const service = hostedServiceOf(login.redirectUri);
    return {
      evidence: [login.id],
      ...(service ? { detail: HOSTED[service], fix: fixAt(service) } : {}),
      severity: verdict.verdict === 'pending' ? 'info' : 'warning',
    };
  },
};

const fixAt = (service: HostedService) => (service === 'cafe24' ? WITHOUT_LOG : WITH_LOG);
