import { DOCS } from '../../../kakao/docs-links.ts';
import type { Login } from '../../../model/login.ts';
import type { ArrivalFact, Observation } from '../../../model/observation.ts';
import { MINUTE_MS } from '../../../model/time.ts';
import { loginsAfter } from '../../../verdict/state/login-index.ts';
import type { RuleContext } from '../../rule-context.ts';
import { ALL_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

const SOON_MS = MINUTE_MS;

/**
 * Fires when the tab went to another page of the site right after the login with a `code` in its address, where
 * history and referrers keep it.
 */
export const codeInOtherUrl: LoginRule = {
  id: 'code-in-other-url',
  applies: 'login',
  severity: 'warning',
  verdicts: ALL_VERDICTS,
  docs: DOCS.security,
  fix: [step('keep_code_at_callback'), step('clean_url')],
  check({ login, ruleContext }) {
    const callback = login.redirectUri;
    if (!callback?.startsWith('http') || login.tab === null) return null;
    // The callback led on without it: a server that logs in for others goes on with a code of its own.
    if (login.codeKept) return null;
    const others = ruleContext.arrivals
      .between(login.cookieStore, login.tab, login.loggedInAt, login.loggedInAt + SOON_MS)
      .filter((a) => a.outcome === 'code' && a.site === login.site && a.redirectUri !== callback)
      .filter((a) => !endsNextLogin(a, login, ruleContext));
    if (others.length === 0) return null;
    const where = [...new Set(others.map((a) => `\`${a.redirectUri}\``))].join(', ');
    return { evidence: [login.id, ...others.map((a) => a.id)], args: [where, `\`${callback}\``] };
  },
};

/** Whether a code came to the redirect URI of a login that followed in the tab. */
function endsNextLogin(
  { redirectUri, at }: Observation<ArrivalFact>,
  { tab, ordinal }: Login,
  { input }: RuleContext,
): boolean {
  return loginsAfter(input.loginState, ordinal).some(
    (l) => l.tab === tab && l.redirectUri === redirectUri && l.loggedInAt <= at,
  );
}
