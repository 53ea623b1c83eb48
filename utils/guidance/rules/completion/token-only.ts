import { DOCS } from '../../../kakao/docs-links.ts';
import { completionSeverity } from '../refusals/refused-calls.ts';
import { UNFINISHED_VERDICTS, type LoginRule } from '../../rule.ts';
import { cause, step } from '../../text.ts';

/** A token was got and Kakao never called with it; an ID token alone completes nothing (kakao.md 5.8, 8). */
export const tokenOnly: LoginRule = {
  id: 'token-only',
  applies: 'login',
  severity: 'error',
  verdicts: UNFINISHED_VERDICTS,
  docs: DOCS.rest,
  fix: [step('call_user_me'), step('oidc_add_me')],
  check({ tokens, calls, mode, verdict }) {
    const got = tokens.filter((t) => t.status === 200 && t.grant !== 'refresh_token');
    if (got.length === 0 || calls.length > 0 || mode === 'manual') return null;
    const idToken = got.some((t) => t.account !== null);
    const server = got.some((t) => t.source === 'server');
    return {
      evidence: got.map((t) => t.id),
      severity: completionSeverity(verdict),
      detail: [`guidance.rules.token_only.${idToken ? 'id_token' : 'detail'}`],
      causes: [
        ...(idToken ? [cause('id_token_sign_in')] : []),
        ...(server ? [cause('spring_issuer'), cause('code_library'), cause('hosted_oidc')] : []),
        cause('call_elsewhere'),
      ],
    };
  },
};
