import { DOCS } from '../../../kakao/docs-links.ts';
import type { LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** Fires when recording was paused for a part of the window, so that calls may have been missed. */
export const recordingPaused: LoginRule = {
  id: 'recording-paused',
  applies: 'login',
  severity: 'info',
  verdicts: ['pending', 'unseen'],
  docs: DOCS.rest,
  fix: [step('resume'), step('log_in_again'), step('mark_complete')],
  check({ login, verdict, ruleContext }) {
    if (verdict.visibilityBecause !== 'paused') return null;
    const pauses = ruleContext
      .byType('pause')
      .filter((o) => o.paused && o.at === login.visibilityGap?.at);
    return { evidence: [login.id, ...pauses.map((o) => o.id)] };
  },
};
