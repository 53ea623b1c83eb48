import { DOCS } from '../../../kakao/docs-links.ts';
import { WINDOW_MS } from '../../../kakao/policy.ts';
import type { Login } from '../../../model/login.ts';
import { completionOf } from '../../../verdict/verdict.ts';
import { FIRST_LOGIN_VERDICTS, type LoginRule } from '../../rule.ts';
import type { LoginContext } from '../../context.ts';
import { cause, step, type Text } from '../../text.ts';

const UNLINK = '/v1/user/unlink';

/** An account that had been linked had to consent again (kakao.md 7, 9.13). Causes by what went before. */
export const consentAgain: LoginRule = {
  id: 'consent-again',
  applies: 'login',
  severity: 'warning',
  verdicts: FIRST_LOGIN_VERDICTS,
  docs: DOCS.notice,
  fix: [step('complete_in_time'), step('logout_not_unlink'), step('scope_when_needed')],
  check(scene) {
    const { login, sameAccount } = scene;
    if (login.kind !== 'first' || login.consent !== 'shown') return null;
    const linked = sameAccount.filter((l) => l.kind !== 'repeat').at(-1);
    if (!linked) return null;
    return {
      evidence: [...restsOn(scene, linked), login.id],
      causes: ranked(scene, linked),
      severity: login.certainty === 'certain' ? 'warning' : 'info',
    };
  },
};

/** The login before, and what is known to have cut its link. */
function restsOn({ login, sameAccount, whole }: LoginContext, linked: Login): string[] {
  const cuts = sameAccount
    .flatMap((l) => whole.placed.get(l.id) ?? [])
    .filter((o) => o.type === 'unlink-callback' || (o.type === 'api' && o.path === UNLINK));
  return [linked.id, ...cuts.filter((o) => o.at <= login.loggedInAt).map((o) => o.id)];
}

function ranked({ login, app, steps, sameAccount, whole }: LoginContext, linked: Login): Text[] {
  const unlinked = sameAccount.some((l) => l.unlinkCall && l.unlinkCall.at <= login.loggedInAt);
  const callback = linked.callback?.referrerType;
  const age = login.loggedInAt - linked.loggedInAt;
  const done =
    completionOf(linked, app) ?? linked.linkSurvived ?? linked.testerMark?.mark === 'complete';
  const incomplete = !done && age >= WINDOW_MS;
  const seen = whole.verdictOf(linked).visibility !== 'none';
  return [
    ...(unlinked ? [cause('unlinked_by_service')] : []),
    ...(callback === 'INCOMPLETE_SIGN_UP' ? [cause('callback_incomplete')] : []),
    ...(callback && callback !== 'INCOMPLETE_SIGN_UP'
      ? [['guidance.causes.callback_other', [`\`${callback}\``]] as const]
      : []),
    ...(incomplete ? [cause(seen ? 'incomplete_before' : 'incomplete_unseen')] : []),
    ...(login.extraConsentRequested ? [cause('scope_each_time')] : []),
    ...(steps.some((s) => s.prompt.includes('login')) ? [cause('prompt_login')] : []),
    ...(unlinked || callback ? [] : [cause('removed_by_user')]),
  ];
}
