import { DOCS } from '../../../kakao/docs-links.ts';
import { hostedServiceOf, type HostedService } from '../../rule-parts/hosted-callback.ts';
import { callbackLibraryOf, type CallbackLibrary } from '../../rule-parts/library-callback.ts';
import type { LoginRule } from '../../rule.ts';
import { step, type Text } from '../../text.ts';

/** What each service, or library, asks of Kakao. See docs/kakao-rules.md#libraries. */
const DETAILS: Record<HostedService | CallbackLibrary, Text> = {
  supabase: ['guidance.rules.server_silent.supabase'],
  firebase: ['guidance.rules.server_silent.firebase'],
  cognito: ['guidance.rules.server_silent.cognito'],
  auth0: ['guidance.rules.server_silent.auth0'],
  cafe24: ['guidance.rules.server_silent.cafe24'],
  keycloak: ['guidance.rules.server_silent.keycloak'],
  spring: ['guidance.rules.server_silent.spring'],
  auth_js: ['guidance.rules.server_silent.auth_js'],
  allauth: ['guidance.rules.server_silent.allauth'],
};

/** No header can be had of a hosted service: what is left is the next login, by what Kakao's notice says, and a tester's mark. */
const WITHOUT_LOG = [step('next_login_proves'), step('mark_complete')];
/** The same where the service shows its log. */
const WITH_LOG = [step('hosted_log'), ...WITHOUT_LOG];
/** On a site's own server; the next login is what a tester has who cannot get at it. */
const OWN_SERVER = [
  step('report_server_timing'),
  step('check_server_calls'),
  step('next_login_proves'),
  step('mark_complete'),
];
/** The same for a login of a file, with which a record of the server's can be read. */
const OWN_SERVER_OF_FILE = [step('join_server_record'), ...OWN_SERVER];

/** Fires when the code went to the site's server and no report says which calls the server made. */
export const serverSilent: LoginRule = {
  id: 'server-silent',
  applies: 'login',
  severity: 'warning',
  verdicts: ['pending', 'unseen'],
  docs: DOCS.serverTiming,
  fix: OWN_SERVER,
  check({ login, verdict, isOfFile }) {
    if (verdict.visibilityBecause !== 'server-side') return null;
    const service = hostedServiceOf(login.redirectUri);
    const known = service ?? callbackLibraryOf(login.redirectUri);
    return {
      evidence: [login.id],
      ...(known ? { detail: DETAILS[known] } : {}),
      ...(isOfFile ? { fix: OWN_SERVER_OF_FILE } : {}),
      ...(service ? { fix: fixAt(service), docs: DOCS.notice } : {}),
      severity: verdict.verdict === 'pending' ? 'info' : 'warning',
    };
  },
};

const fixAt = (service: HostedService) => (service === 'cafe24' ? WITHOUT_LOG : WITH_LOG);
