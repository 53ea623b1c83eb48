import { AUTO_LINK } from '../../../kakao/console.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import { linkModeEvidence } from '../../../verdict/handlers/app-knowledge.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';

/**
 * Fires when the link mode that the tester set contradicts what Kakao answered; the tester's is used. See
 * docs/kakao-rules.md#manual-link.
 */
export const linkModeContradicted: AppRule = {
  id: 'link-mode-contradicted',
  applies: 'app',
  severity: 'warning',
  place: AUTO_LINK,
  docs: DOCS.rest,
  fix: [step('check_link_mode')],
  check({ app, calls }) {
    const { linkModeOverride, inferredLinkMode } = app;
    if (
      linkModeOverride === 'unknown' ||
      inferredLinkMode === 'unknown' ||
      linkModeOverride === inferredLinkMode
    )
      return [];
    const contradicting = calls.filter(
      (c) => linkModeEvidence(c, app, [])?.inferredLinkMode === inferredLinkMode,
    );
    return [
      {
        evidence: contradicting.map((c) => c.id),
        detail: [`guidance.rules.link_mode_contradicted.${inferredLinkMode}`],
      },
    ];
  },
};
