import { DOCS } from '../../../kakao/docs-links.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** Consent comes up again and again because each request asks for more (kakao.md 7 c). */
export const scopeEveryTime: AppRule = {
  id: 'scope-every-time',
  applies: 'app',
  severity: 'warning',
  docs: DOCS.utilize,
  fix: [step('scope_when_needed'), step('check_scopes')],
  check({ logins }) {
    const groups = Map.groupBy(
      logins.filter((l) => l.consent === 'shown' && l.extraConsentRequested),
      (l) => `${l.site} ${l.accountId}`,
    );
    const again = [...groups.values()].filter((g) => g.length >= 2).flat();
    const extra = again.some((l) => l.kindBecause === 'extra-consent');
    return extra ? [{ evidence: again.map((l) => l.id) }] : [];
  },
};
