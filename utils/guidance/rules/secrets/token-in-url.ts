import { DOCS } from '../../../kakao/docs-links.ts';
import { leakFindings } from '../../rule-parts/leak-findings.ts';
import type { SessionRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** Fires when a page was opened with a token in its address, where history, logs and referrers keep it. */
export const tokenInUrl: SessionRule = {
  id: 'token-in-url',
  applies: 'session',
  severity: 'error',
  docs: DOCS.security,
  fix: [step('token_out_of_url')],
  check: (context) => leakFindings(context, 'token-in-url'),
};
