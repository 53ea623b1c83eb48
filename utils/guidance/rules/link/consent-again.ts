import { DOCS } from '../../../kakao/docs-links.ts';
import { WINDOW_MS, UNLINK } from '../../../kakao/policy.ts';
import type { Login } from '../../../model/login.ts';
import type { Observation } from '../../../model/observation.ts';
import { completionOf } from '../../../verdict/derive/completion.ts';
import type { LoginContext } from '../../login-context.ts';
import { mayBeCompleted } from '../../rule-parts/calls.ts';
import { FIRST_LOGIN_VERDICTS, type LoginRule } from '../../rule.ts';
import { cause, step, type Text } from '../../text.ts';

const COMPLETE_IN_TIME = step('complete_in_time');
const LOGOUT_NOT_UNLINK = step('logout_not_unlink');
const SCOPE_WHEN_NEEDED = step('scope_when_needed');

/** What to do about a cause, by its text; the others are not the service's to mend. */
const STEPS = new Map<string, Text>([
  [cause('unlinked_by_service')[0], LOGOUT_NOT_UNLINK],
  [cause('unlinked_unseen')[0], LOGOUT_NOT_UNLINK],
  [cause('callback_incomplete')[0], COMPLETE_IN_TIME],
  [cause('incomplete_before')[0], COMPLETE_IN_TIME],
  [cause('incomplete_unseen')[0], COMPLETE_IN_TIME],
  [cause('scope_each_time')[0], SCOPE_WHEN_NEEDED],
]);

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
  fix: [COMPLETE_IN_TIME, LOGOUT_NOT_UNLINK, SCOPE_WHEN_NEEDED],
  check(context) {
    const { login, earlierLogins } = context;
    if (login.kind !== 'first' || login.consent !== 'shown') return null;
    // Of a popup whose answer nobody saw it is not known that it ended in a login.
    const previous = earlierLogins('account').findLast(
      (l) => l.kind === 'first' && hadLinkBefore(l, login),
    );
    if (!previous) return null;
    const causes = rankCauses(context, previous);
    const fix = stepsFor(causes);
    return {
      evidence: [previous.id, ...cutsBefore(context).map((o) => o.id), login.id],
      causes,
      ...(fix.length > 0 ? { fix } : {}),
      severity: login.certainty === 'certain' ? 'warning' : 'info',
    };
  },
};

/**
 * Whether an earlier login had its link before the consent screen of a login was shown. A code that was not exchanged, where pages
 * of the site do so, need not have made one.
 */
function hadLinkBefore({ ordinal, tokenAt, site }: Login, login: Login): boolean {
  const exchangesInPages = login.tokenAt !== null && login.seenInBrowser && login.site === site;
  const isLeft = tokenAt === null && exchangesInPages;
  return !isLeft && ordinal < (login.screenOrdinal ?? Infinity);
}

/** What was seen before a login that cut, or may have cut, its account's link. */
function cutsBefore({ login, earlierLogins, ruleContext }: LoginContext): Observation[] {
  return earlierLogins('account')
    .flatMap((l) => ruleContext.byLogin.get(l.id) ?? [])
    .filter((o) => o.type === 'unlink-callback' || (o.type === 'api' && o.path === UNLINK))
    .filter((o) => o.at <= login.loggedInAt);
}

/** What to do about causes, each step once. */
function stepsFor(causes: readonly Text[]): Text[] {
  const steps = causes.map(([key]) => STEPS.get(key));
  return [...new Set(steps)].filter((one) => one !== undefined);
}

function rankCauses(context: LoginContext, previous: Login): Text[] {
  const { login, app, authorizeRequests, earlierLogins, ruleContext } = context;
  const unlinked = earlierLogins('account').some(
    ({ cut }) => cut?.because === 'unlink-call' && !cut.likely && cut.at <= login.loggedInAt,
  );
  const mayBeUnlinked = cutsBefore(context).some((o) => o.type === 'api' && o.status === 200);
  const callback = previous.callback?.referrerType;
  const age = login.loggedInAt - previous.loggedInAt;
  const completed =
    completionOf(previous, app) ??
    previous.linkSurvived ??
    previous.testerMark?.mark === 'complete';
  const incomplete = !completed && !mayBeCompleted(previous) && age >= WINDOW_MS;
  const visible = ruleContext.verdictOf(previous).visibility !== 'none';
  return [
    ...(unlinked || mayBeUnlinked ? [cause('unlinked_by_service')] : []),
    ...(callback === 'INCOMPLETE_SIGN_UP' ? [cause('callback_incomplete')] : []),
    ...(callback && callback !== 'INCOMPLETE_SIGN_UP'
      ? [['guidance.causes.callback_other', [`\`${callback}\``]] as const]
      : []),
    ...(incomplete ? [cause(visible ? 'incomplete_before' : 'incomplete_unseen')] : []),
    ...(login.extraConsentRequested ? [cause('scope_each_time')] : []),
    ...(authorizeRequests().some((r) => r.prompt.includes('login')) ? [cause('prompt_login')] : []),
    ...(unlinked || mayBeUnlinked || callback ? [] : [cause('unlinked_unseen')]),
    ...(unlinked || callback ? [] : [cause('removed_by_user')]),
  ];
}
