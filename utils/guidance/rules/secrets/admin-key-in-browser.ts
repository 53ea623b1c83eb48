import { PLATFORM_KEYS } from '../../../kakao/console-menus.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import { leakFindings } from '../../rule-parts/leak-findings.ts';
import type { SessionRule } from '../../rule.ts';
import { step } from '../../text.ts';

/**
 * Fires when the browser made a call about users that was signed with `KakaoAK`, which takes the admin key. See
 * docs/kakao-rules.md#admin-key.
 */
export const adminKeyInBrowser: SessionRule = {
  id: 'admin-key-in-browser',
  applies: 'session',
  severity: 'error',
  place: PLATFORM_KEYS,
  docs: DOCS.security,
  fix: [step('renew_admin_key'), step('admin_calls_on_server')],
  check: (context) => leakFindings(context, 'admin-key'),
};
