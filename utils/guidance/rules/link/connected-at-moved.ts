import { DOCS } from '../../../kakao/docs-links.ts';
import { CUT_BY_MS, WINDOW_MS } from '../../../kakao/policy.ts';
import { SECOND_MS } from '../../../model/time.ts';
import { ALL_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** `connected_at` of one link may differ by this much between answers. */
const ROUNDING_MS = 2 * SECOND_MS;

/**
 * Fires when a user id comes back with a newer `connected_at`: the link was cut and made again in between. Under manual link
 * the sign-up moves it, which Kakao waits for no longer than 48 h. See docs/kakao-rules.md#connected-at.
 */
export const connectedAtMoved: LoginRule = {
  id: 'connected-at-moved',
  applies: 'login',
  severity: 'warning',
  verdicts: ALL_VERDICTS,
  docs: DOCS.rest,
  fix: [step('complete_in_time'), step('logout_not_unlink')],
  check({ login, earlierLogins, linkMode, ruleContext }) {
    const { connectedAt, userHash } = login;
    if (connectedAt === null || userHash === null) return null;
    const previous = earlierLogins('user').findLast(
      (l) => l.clientId === login.clientId && l.userHash === userHash && l.connectedAt !== null,
    );
    const tolerance = linkMode === 'auto' ? ROUNDING_MS : CUT_BY_MS;
    if (!previous || connectedAt - (previous.connectedAt ?? 0) <= tolerance) return null;
    const answers = [previous, login].flatMap((l) =>
      (ruleContext.byLogin.get(l.id) ?? []).filter(
        (o) => o.type === 'api' && o.connectedAt !== null,
      ),
    );
    // Kakao's job takes no link that is younger than the window.
    const isTooYoung = connectedAt - previous.loggedInAt < WINDOW_MS;
    return {
      evidence: [previous.id, login.id, ...answers.map((o) => o.id)],
      ...(isTooYoung ? { fix: [step('logout_not_unlink')] } : {}),
    };
  },
};
