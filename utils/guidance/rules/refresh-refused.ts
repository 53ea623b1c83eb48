import { DOCS } from '../../kakao/docs-links.ts';
import { WINDOW_MS } from '../../kakao/policy.ts';
import { linkMode } from '../../link/app.ts';
import type { AppRule } from '../rule.ts';
import type { AppScene } from '../scene.ts';
import { cause, step, type Text } from '../text.ts';

/** KOE322: the refresh token is not valid any more (kakao.md 2.1, 7). Causes by what went before. */
export const refreshRefused: AppRule = {
  id: 'refresh-refused',
  applies: 'app',
  severity: 'error',
  docs: DOCS.refresh,
  fix: [step('complete_in_time'), step('store_new_refresh'), step('ask_to_log_in')],
  evidence(scene) {
    const refused = scene.tokens.filter((t) => t.error === 'KOE322');
    const first = refused[0];
    if (!first) return [];
    return [{ evidence: refused.map((t) => t.id), causes: ranked(scene, first.at) }];
  },
};

function ranked({ logins, tokens, app }: AppScene, at: number): Text[] {
  const before = logins.filter((l) => l.loggedInAt <= at && l.kind !== 'repeat');
  const cut = before.some((l) => l.unlinkCall && l.unlinkCall.at <= at);
  const manual = linkMode(app) === 'manual';
  const incomplete = before.some(
    (l) => !(manual ? l.signup : l.listed) && at - l.loggedInAt >= WINDOW_MS,
  );
  const refreshed = tokens.some(
    (t) => t.grant === 'refresh_token' && t.status === 200 && t.at < at,
  );
  return [
    ...(cut ? [cause('refresh_after_unlink')] : []),
    ...(incomplete ? [cause('refresh_after_incomplete')] : []),
    ...(refreshed ? [cause('refresh_reused')] : []),
    ...(incomplete ? [] : [cause('refresh_after_cut')]),
    ...(refreshed ? [] : [cause('refresh_reused_unseen')]),
    cause('refresh_expired'),
  ];
}
