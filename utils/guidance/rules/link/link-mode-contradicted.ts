import { AUTO_LINK } from '../../../kakao/console.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import { linkModeEvidence } from '../../../verdict/app-knowledge.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** The tester's link mode and what Kakao answered do not agree; the tester's holds. */
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
    const showing = calls.filter((c) => linkModeEvidence(c)?.inferredLinkMode === inferredLinkMode);
    return [
      {
        evidence: showing.map((c) => c.id),
        detail: [`guidance.rules.link_mode_contradicted.${inferredLinkMode}`],
      },
    ];
  },
};
