import { DOCS } from '../../../kakao/docs-links.ts';
import type { LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';
import { watchedSince } from './watched-since.ts';

/** The site is watched now, but for a part of the window it was not. */
export const watchedAfterLogin: LoginRule = {
  id: 'watched-after-login',
  applies: 'login',
  severity: 'warning',
  verdicts: ['pending', 'unseen'],
  docs: DOCS.rest,
  fix: [step('log_in_again'), step('mark_complete')],
  check(scene) {
    const { login, verdict, whole } = scene;
    const since = watchedSince(scene);
    if (verdict.visibilityBecause !== 'no-site-access' || since === null) return null;
    const begun = whole.context.observations.filter(
      (o) => o.type === 'watch' && o.watched && o.site === login.site && o.at === since,
    );
    return {
      evidence: [login.id, ...begun.map((o) => o.id)],
      args: [login.site ?? '—'],
    };
  },
};
