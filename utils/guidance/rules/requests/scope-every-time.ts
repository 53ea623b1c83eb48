import { DOCS } from '../../../kakao/docs-links.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';

/**
 * Fires when the consent screen comes up repeatedly because each request asks for extra consent. See
 * docs/kakao-rules.md#consent.
 */
export const scopeEveryTime: AppRule = {
  id: 'scope-every-time',
  applies: 'app',
  severity: 'warning',
  docs: DOCS.utilize,
  fix: [step('scope_when_needed'), step('check_scopes')],
  check({ logins }) {
    const byAccount = Map.groupBy(
      logins.filter((l) => l.consent === 'shown' && l.extraConsentRequested),
      (l) => `${l.site} ${l.accountId}`,
    );
    const repeated = [...byAccount.values()].filter((group) => group.length >= 2).flat();
    const certain = repeated.some((l) => l.kindBecause === 'extra-consent');
    return certain ? [{ evidence: repeated.map((l) => l.id) }] : [];
  },
};
