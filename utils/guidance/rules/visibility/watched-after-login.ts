import { DOCS } from '../../../kakao/docs-links.ts';
import { watchedSince } from '../../rule-parts/watched-since.ts';
import type { LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** Fires when the site is watched now but was not for a part of the window. */
export const watchedAfterLogin: LoginRule = {
  id: 'watched-after-login',
  applies: 'login',
  severity: 'warning',
  verdicts: ['pending', 'unseen'],
  docs: DOCS.rest,
  fix: [step('log_in_again'), step('mark_complete')],
  check(context) {
    const { login, verdict, ruleContext } = context;
    const since = watchedSince(context);
    if (verdict.visibilityBecause !== 'no-site-access' || since === null) return null;
    const watchStarts = ruleContext
      .byType('watch')
      .filter((o) => o.watched && o.site === login.site && o.at === since);
    return {
      evidence: [login.id, ...watchStarts.map((o) => o.id)],
      args: [login.site ?? '—'],
    };
  },
};
