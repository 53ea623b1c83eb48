import { CLIENT_SECRET } from '../../../kakao/console-menus.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import { leakFindings } from '../../rule-parts/leak-findings.ts';
import type { SessionRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** Fires when a token request with a client secret left the browser, where everyone can read it. */
export const clientSecretInBrowser: SessionRule = {
  id: 'client-secret-in-browser',
  applies: 'session',
  severity: 'error',
  place: CLIENT_SECRET,
  docs: DOCS.security,
  fix: [step('renew_secret'), step('exchange_on_server')],
  check: (context) => leakFindings(context, 'client-secret'),
};
