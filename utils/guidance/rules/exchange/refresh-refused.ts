import { DOCS } from '../../../kakao/docs-links.ts';
import { WINDOW_MS } from '../../../kakao/policy.ts';
import { completionOf } from '../../../verdict/verdict.ts';
import type { AppRule } from '../../rule.ts';
import type { AppContext } from '../../context.ts';
import { cause, step, type Text } from '../../text.ts';

/** KOE322: the refresh token is not valid any more (kakao.md 2.1, 7). Causes by what went before. */
export const refreshRefused: AppRule = {
  id: 'refresh-refused',
  applies: 'app',
  severity: 'error',
  docs: DOCS.refresh,
  fix: [step('complete_in_time'), step('store_new_refresh'), step('ask_to_log_in')],
  check(scene) {
    const refused = scene.tokens.filter((t) => t.error === 'KOE322');
    const first = refused[0];
    if (!first) return [];
    const { causes, rests } = ranked(scene, first.at);
    return [{ evidence: [...rests, ...refused.map((t) => t.id)], causes }];
  },
};

function ranked({ logins, tokens, app, whole }: AppContext, at: number) {
  const before = logins.filter((l) => l.loggedInAt <= at && l.kind !== 'repeat');
  const cut = before.filter((l) => l.unlinkCall && l.unlinkCall.at <= at);
  // What could not be seen may have been completed.
  const incomplete = before.filter(
    (l) =>
      !completionOf(l, app) &&
      !l.linkSurvived &&
      l.testerMark?.mark !== 'complete' &&
      whole.verdictOf(l).visibility !== 'none' &&
      at - l.loggedInAt >= WINDOW_MS,
  );
  const refreshed = tokens.some(
    (t) => t.grant === 'refresh_token' && t.status === 200 && t.at < at,
  );
  const causes: Text[] = [
    ...(cut.length ? [cause('refresh_after_unlink')] : []),
    ...(incomplete.length ? [cause('refresh_after_incomplete')] : []),
    ...(refreshed ? [cause('refresh_reused')] : []),
    ...(incomplete.length ? [] : [cause('refresh_after_cut')]),
    ...(refreshed ? [] : [cause('refresh_reused_unseen')]),
    cause('refresh_expired'),
  ];
  return { causes, rests: [...cut, ...incomplete].map((l) => l.id) };
}
