import { DOCS } from '../../../kakao/docs-links.ts';
import { leakFindings } from './leak-findings.ts';
import type { SessionRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** A page of a site was opened with a token in its address, where history, logs and referrers keep it. */
export const tokenInUrl: SessionRule = {
  id: 'token-in-url',
  applies: 'session',
  severity: 'error',
  docs: DOCS.security,
  fix: [step('token_out_of_url')],
  check: (whole) => leakFindings(whole, 'token-in-url'),
};
