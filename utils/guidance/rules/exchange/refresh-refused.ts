import { DOCS } from '../../../kakao/docs-links.ts';
import { WINDOW_MS } from '../../../kakao/policy.ts';
import { completionOf } from '../../../verdict/derive/completion.ts';
import type { AppContext } from '../../app-context.ts';
import type { AppRule } from '../../rule.ts';
import { cause, step, type Text } from '../../text.ts';

/**
 * Fires on KOE322, a refresh token that is not valid any more; its causes are ranked by what was observed before.
 * See docs/kakao-rules.md#koe-errors.
 */
export const refreshRefused: AppRule = {
  id: 'refresh-refused',
  applies: 'app',
  severity: 'error',
  docs: DOCS.refresh,
  fix: [step('complete_in_time'), step('store_new_refresh'), step('ask_to_log_in')],
  check(context) {
    const refused = context.tokenRequests.filter((t) => t.error === 'KOE322');
    const first = refused[0];
    if (!first) return [];
    const { causes, evidence } = rankCauses(context, first.at);
    return [{ evidence: [...evidence, ...refused.map((t) => t.id)], causes }];
  },
};

/** Ranks the causes of a refusal at an instant (epoch ms), with the ids of the logins that suggest them. */
function rankCauses({ logins, tokenRequests, app, ruleContext }: AppContext, at: number) {
  const earlierLogins = logins.filter((l) => l.loggedInAt <= at && l.kind !== 'repeat');
  const cut = earlierLogins.filter((l) => l.unlinkCall && l.unlinkCall.at <= at);
  // A login whose calls could not be seen may have been completed.
  const incomplete = earlierLogins.filter(
    (l) =>
      !completionOf(l, app) &&
      !l.linkSurvived &&
      l.testerMark?.mark !== 'complete' &&
      ruleContext.verdictOf(l).visibility !== 'none' &&
      at - l.loggedInAt >= WINDOW_MS,
  );
  const refreshed = tokenRequests.some(
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
  return { causes, evidence: [...cut, ...incomplete].map((l) => l.id) };
}
