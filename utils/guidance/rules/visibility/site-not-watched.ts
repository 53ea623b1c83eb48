import { DOCS } from '../../../kakao/docs-links.ts';
import { watchedSince } from '../../rule-parts/watched-since.ts';
import type { LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** Fires when the site's own calls could not be seen, and still cannot, because the site is not watched. */
export const siteNotWatched: LoginRule = {
  id: 'site-not-watched',
  applies: 'login',
  severity: 'warning',
  verdicts: ['pending', 'unseen'],
  docs: DOCS.rest,
  fix: [step('watch_site'), step('log_in_again'), step('mark_complete')],
  check(context) {
    const { login, verdict } = context;
    const unwatched = verdict.visibilityBecause === 'no-site-access';
    if (!unwatched || watchedSince(context) !== null) return null;
    return { evidence: [login.id], args: [login.site ?? '—'] };
  },
};
