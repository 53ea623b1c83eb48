import { DOCS } from '../../../kakao/docs-links.ts';
import { mayBeCompleted } from '../../rule-parts/calls.ts';
import { callbackLibraryOf } from '../../rule-parts/library-callback.ts';
import { completionSeverity } from '../../rule-parts/severity.ts';
import { UNFINISHED_VERDICTS, type LoginRule } from '../../rule.ts';
import { cause, step } from '../../text.ts';

/** Libraries on a server that stop at the token. */
const LIBRARIES = [cause('code_library'), cause('spring_issuer'), cause('hosted_oidc')];

/**
 * Fires when a token was issued and no call followed that is, or may be, of it; an ID token alone completes nothing. See
 * docs/kakao-rules.md#completion.
 */
export const tokenOnly: LoginRule = {
  id: 'token-only',
  applies: 'login',
  severity: 'error',
  verdicts: UNFINISHED_VERDICTS,
  docs: DOCS.rest,
  fix: [step('call_user_me'), step('oidc_add_me')],
  check({ login, tokenRequests, calls, linkMode, verdict }) {
    // A call that may be of this token, or a token that went elsewhere, is not known to be missing.
    if (mayBeCompleted(login) || login.openDoubts.length > 0) return null;
    const issued = tokenRequests.filter((t) => t.status === 200 && t.grant !== 'refresh_token');
    if (issued.length === 0 || calls.length > 0 || linkMode === 'manual') return null;
    const hasIdToken = issued.some((t) => t.account !== null);
    const onServer = issued.some((t) => t.source === 'server');
    const isSpring = onServer && callbackLibraryOf(login.redirectUri) === 'spring';
    return {
      evidence: issued.map((t) => t.id),
      severity: completionSeverity(verdict),
      detail: [`guidance.rules.token_only.${hasIdToken ? 'id_token' : 'detail'}`],
      causes: [
        ...(hasIdToken ? [cause('id_token_sign_in')] : []),
        ...(isSpring ? [cause('spring_issuer')] : []),
        ...(onServer && !isSpring ? LIBRARIES : []),
        cause('call_elsewhere'),
      ],
      ...(isSpring ? { fix: [step('spring_user_info_uri'), step('call_user_me')] } : {}),
    };
  },
};
