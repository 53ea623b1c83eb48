import { DOCS } from '../../../kakao/docs-links.ts';
import { evidenceIds, nothingCompletes } from '../../rule-parts/calls.ts';
import { UNFINISHED_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

const TOKEN_INFO = '/v1/user/access_token_info';

/**
 * Fires when the page exchanged the code and then only asked about its token, as `isLogined` of some libraries
 * does. See docs/kakao-rules.md#libraries.
 */
export const libraryTokenInfo: LoginRule = {
  id: 'library-token-info',
  applies: 'login',
  severity: 'info',
  verdicts: UNFINISHED_VERDICTS,
  docs: DOCS.rest,
  fix: [step('library_me')],
  check(context) {
    const { tokenRequests, calls, linkMode } = context;
    if (linkMode === 'manual') return null;
    const exchanged = tokenRequests.filter((t) => t.status === 200 && t.source !== 'server');
    const tokenInfoCalls = calls.filter(
      (c) => c.path === TOKEN_INFO && c.status === 200 && c.source !== 'server',
    );
    if (exchanged.length === 0 || tokenInfoCalls.length === 0) return null;
    if (calls.some((c) => c.path !== TOKEN_INFO) || !nothingCompletes(context)) return null;
    return { evidence: [...exchanged.map((t) => t.id), ...evidenceIds(tokenInfoCalls)] };
  },
};
