import { DOCS } from '../../../kakao/docs-links.ts';
import { evidenceIds, nothingCompletes } from '../../rule-parts/calls.ts';
import { UNFINISHED_VERDICTS, type LoginRule } from '../../rule.ts';
import { cause, step } from '../../text.ts';

/**
 * Fires when only OIDC's userinfo was called, as a generic OpenID Connect client does. See
 * docs/kakao-rules.md#libraries.
 */
export const libraryOidc: LoginRule = {
  id: 'library-oidc',
  applies: 'login',
  severity: 'info',
  verdicts: UNFINISHED_VERDICTS,
  docs: DOCS.rest,
  fix: [step('oidc_add_me'), step('spring_user_info_uri')],
  check(context) {
    if (context.linkMode === 'manual') return null;
    const userinfoCalls = context.calls.filter(
      (c) => c.path === '/v1/oidc/userinfo' && c.status === 200,
    );
    if (userinfoCalls.length === 0 || !nothingCompletes(context)) return null;
    const onServer = userinfoCalls.some((c) => c.source === 'server');
    return {
      evidence: evidenceIds(userinfoCalls),
      // The libraries known by name run on a server; one that runs in the page cannot be recognised.
      ...(onServer
        ? { causes: [cause('hosted_oidc'), cause('spring_issuer')] }
        : { fix: [step('oidc_add_me')] }),
    };
  },
};
