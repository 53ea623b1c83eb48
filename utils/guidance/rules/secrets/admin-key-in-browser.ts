import { PLATFORM_KEYS } from '../../../kakao/console-menus.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import { leakFindings } from './leak-findings.ts';
import type { SessionRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** A call about users was signed `KakaoAK` in the browser: that takes the admin key (kakao.md 9.6). */
export const adminKeyInBrowser: SessionRule = {
  id: 'admin-key-in-browser',
  applies: 'session',
  severity: 'error',
  place: PLATFORM_KEYS,
  docs: DOCS.security,
  fix: [step('renew_admin_key'), step('admin_calls_on_server')],
  check: (whole) => leakFindings(whole, 'admin-key'),
};
