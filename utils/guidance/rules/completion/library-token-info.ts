import { DOCS } from '../../../kakao/docs-links.ts';
import { evidenceIds, nothingCompletes } from '../refusals/refused-calls.ts';
import { UNFINISHED_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** The page exchanges the code and only asks about its token: what some libraries' `isLogined` does (kakao.md 8). */
export const libraryTokenInfo: LoginRule = {
  id: 'library-token-info',
  applies: 'login',
  severity: 'info',
  verdicts: UNFINISHED_VERDICTS,
  docs: DOCS.rest,
  fix: [step('library_me')],
  check(scene) {
    const { tokens, calls, mode } = scene;
    if (mode === 'manual') return null;
    const exchanged = tokens.filter((t) => t.status === 200 && t.source !== 'server');
    const asked = calls.filter(
      (c) => c.path === '/v1/user/access_token_info' && c.status === 200 && c.source !== 'server',
    );
    const only = calls.every((c) => c.path === '/v1/user/access_token_info');
    if (!exchanged.length || !asked.length || !only || !nothingCompletes(scene)) return null;
    return { evidence: [...exchanged.map((t) => t.id), ...evidenceIds(asked)] };
  },
};
