import { DOCS } from '../../../kakao/docs-links.ts';
import { WINDOW_MS, UNLINK } from '../../../kakao/policy.ts';
import type { Login } from '../../../model/login.ts';
import { completionOf } from '../../../verdict/verdict.ts';
import { mayBeCompleted } from '../../rule-parts/calls.ts';
import { FIRST_LOGIN_VERDICTS, type LoginRule } from '../../rule.ts';
import type { LoginContext } from '../../context.ts';
import { cause, step, type Text } from '../../text.ts';

/**
 * Fires when an account that had been linked had to consent again; the causes are ranked by what was observed
 * before. See docs/kakao-rules.md#unlink.
 */
export const consentAgain: LoginRule = {
  id: 'consent-again',
  applies: 'login',
  severity: 'warning',
  verdicts: FIRST_LOGIN_VERDICTS,
  docs: DOCS.notice,
  fix: [step('complete_in_time'), step('logout_not_unlink'), step('scope_when_needed')],
  check(context) {
    const { login, earlierLogins } = context;
    if (login.kind !== 'first' || login.consent !== 'shown') return null;
    // Of a popup whose answer nobody saw it is not known that it ended in a login.
    const previous = earlierLogins('account').findLast((l) => l.kind === 'first');
    if (!previous) return null;
    return {
      evidence: [...evidenceOfCut(context, previous), login.id],
      causes: rankCauses(context, previous),
      severity: login.certainty === 'certain' ? 'warning' : 'info',
    };
  },
};

/** Returns the ids of the previous login and of what is known to have cut its link. */
function evidenceOfCut(
  { login, earlierLogins, ruleContext }: LoginContext,
  previous: Login,
): string[] {
  const cuts = earlierLogins('account')
    .flatMap((l) => ruleContext.byLogin.get(l.id) ?? [])
    .filter((o) => o.type === 'unlink-callback' || (o.type === 'api' && o.path === UNLINK));
  return [previous.id, ...cuts.filter((o) => o.at <= login.loggedInAt).map((o) => o.id)];
}

function rankCauses(context: LoginContext, previous: Login): Text[] {
  const { login, app, authorizeRequests, earlierLogins, ruleContext } = context;
  const unlinked = earlierLogins('account').some(
    ({ cut }) => cut?.because === 'unlink-call' && !cut.likely && cut.at <= login.loggedInAt,
  );
  const callback = previous.callback?.referrerType;
  const age = login.loggedInAt - previous.loggedInAt;
  const completed =
    completionOf(previous, app) ??
    previous.linkSurvived ??
    previous.testerMark?.mark === 'complete';
  const incomplete = !completed && !mayBeCompleted(previous) && age >= WINDOW_MS;
  const visible = ruleContext.verdictOf(previous).visibility !== 'none';
  return [
    ...(unlinked ? [cause('unlinked_by_service')] : []),
    ...(callback === 'INCOMPLETE_SIGN_UP' ? [cause('callback_incomplete')] : []),
    ...(callback && callback !== 'INCOMPLETE_SIGN_UP'
      ? [['guidance.causes.callback_other', [`\`${callback}\``]] as const]
      : []),
    ...(incomplete ? [cause(visible ? 'incomplete_before' : 'incomplete_unseen')] : []),
    ...(login.extraConsentRequested ? [cause('scope_each_time')] : []),
    ...(authorizeRequests.some((r) => r.prompt.includes('login')) ? [cause('prompt_login')] : []),
    ...(unlinked || callback ? [] : [cause('unlinked_unseen'), cause('removed_by_user')]),
  ];
}
