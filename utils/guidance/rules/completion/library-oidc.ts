import { DOCS } from '../../../kakao/docs-links.ts';
import { evidenceIds, nothingCompletes } from '../refusals/refused-calls.ts';
import { UNFINISHED_VERDICTS, type LoginRule } from '../../rule.ts';
import { cause, step } from '../../text.ts';

/** Only OIDC's userinfo was asked: a generic OpenID Connect client is at work (kakao.md 8). */
export const libraryOidc: LoginRule = {
  id: 'library-oidc',
  applies: 'login',
  severity: 'info',
  verdicts: UNFINISHED_VERDICTS,
  docs: DOCS.rest,
  fix: [step('oidc_add_me'), step('spring_user_info_uri')],
  check(scene) {
    if (scene.mode === 'manual') return null;
    const asked = scene.calls.filter((c) => c.path === '/v1/oidc/userinfo' && c.status === 200);
    if (asked.length === 0 || !nothingCompletes(scene)) return null;
    const hosted = asked.some((c) => c.source === 'server');
    return {
      evidence: evidenceIds(asked),
      // Those work on a server; in the page it is a library that nothing tells from others.
      ...(hosted
        ? { causes: [cause('hosted_oidc'), cause('spring_issuer')] }
        : { fix: [step('oidc_add_me')] }),
    };
  },
};
