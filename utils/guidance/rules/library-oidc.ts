import { DOCS } from '../../kakao/docs-links.ts';
import { idsOf, nothingCompletes } from '../calls.ts';
import { UNFINISHED, type LoginRule } from '../rule.ts';
import { cause, step } from '../text.ts';

/** Only OIDC's userinfo was asked: a generic OpenID Connect client is at work (kakao.md 8). */
export const libraryOidc: LoginRule = {
  id: 'library-oidc',
  applies: 'login',
  severity: 'info',
  beside: UNFINISHED,
  docs: DOCS.rest,
  fix: [step('oidc_add_me'), step('spring_user_info_uri')],
  evidence(scene) {
    const asked = scene.calls.filter((c) => c.path === '/v1/oidc/userinfo' && c.status === 200);
    if (asked.length === 0 || !nothingCompletes(scene)) return null;
    return { evidence: idsOf(asked), causes: [cause('spring_issuer'), cause('hosted_oidc')] };
  },
};
