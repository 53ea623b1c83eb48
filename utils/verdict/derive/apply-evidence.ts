import { CUT_BY_MS, WINDOW_MS } from '../../kakao/policy.ts';
import { linkMode } from '../../model/app.ts';
import type { Completion, CompletionDoubt, Evidence, Login, OpenDoubt } from '../../model/login.ts';
import { strongerCompletion } from '../attribute/record-call.ts';
import { addOpenDoubt } from './add-open-doubt.ts';
import type { Derivation } from './derivation.ts';
import { findEvidenceLinks } from './evidence-links.ts';
import { completes, isDead, isSurelyFirst, type Link } from './link.ts';
import { withPossibleCall, type PossibleCall } from './possible-calls.ts';

/** Applies what one request says of the links whose token it may carry. */
export function applyEvidence(derivation: Derivation, request: Evidence): void {
  const found = findEvidenceLinks(derivation, request);
  for (const { link, belongs, doubt } of found) {
    if (showsUnseenCompletion(link, request))
      addOpenDoubt(derivation, link, link.maker.loggedInAt, 'other-login-unseen');
    if (request.what === 'link-alive' || applyOpenDoubt(derivation, link, request)) continue;
    if (belongs === 'perhaps') applyPossible(derivation, link, request);
    else apply(derivation, link, request, doubt);
  }
  if (request.what === 'unlink' && found.length > 1) derivation.noteUnsureCut(request.before);
}

/** Whether Kakao answered a request of a link that its job should have taken by then: something that went unseen completed it. */
function showsUnseenCompletion(link: Link, { status, doubt, sentAt }: Evidence): boolean {
  return status === 200 && doubt === null && isDead(link, sentAt);
}

/** Requests that only make it doubtful whether a link is open still, with that doubt. */
const OPEN_DOUBTS: Partial<Record<Evidence['what'], OpenDoubt>> = {
  'listed-unanswered': 'answer-unknown',
  unconfirmed: 'unconfirmed-call',
  'signup-unconfirmed': 'unconfirmed-call',
  unreadable: 'report-unreadable',
  'unlink-unanswered': 'cut-unsure',
  'unseen-login': 'other-login-unseen',
  'handed-over': 'token-handed-over',
  'host-unwatched': 'host-unwatched',
};

/** Applies a request that only makes it doubtful whether a link is open still; returns whether it is such a one. */
function applyOpenDoubt(derivation: Derivation, link: Link, { what, at }: Evidence): boolean {
  const doubt = OPEN_DOUBTS[what];
  if (!doubt) return false;
  if (doubt === 'cut-unsure') derivation.changeLink(link, { maybeCut: true });
  if (completes(what, link.app) !== 'no') addOpenDoubt(derivation, link, at, doubt);
  return true;
}

/** Applies a request to the link it is of, surely or, with a doubt, likely. */
function apply(
  derivation: Derivation,
  link: Link,
  request: Evidence,
  ownDoubt: CompletionDoubt | null,
): void {
  const doubt = ownDoubt ?? (link.isToldOfEarlier ? 'account-unknown' : null);
  if (request.what === 'unlink') return applyUnlink(derivation, link, request.at, doubt);
  if (request.what !== 'signup-unanswered')
    return applyCompletion(derivation, link, request, doubt);
  const { maker, app } = link;
  if (linkMode(app) !== 'auto') derivation.changeLink(link, { maybeCompleted: true });
  addPossibleCall(derivation, maker, 'signupAnswer', request.at);
}

/** An unlink, made at an instant (epoch ms), cuts the link. */
function applyUnlink(
  derivation: Derivation,
  link: Link,
  at: number,
  doubt: CompletionDoubt | null,
): void {
  const { maker } = link;
  derivation.changeLink(link, { maybeCut: true, ...(doubt === null ? { cutAt: at } : {}) });
  if (doubt !== null) addOpenDoubt(derivation, link, at, 'cut-unsure');
  if (maker.cut && !maker.cut.likely) return;
  derivation.changeLogin(maker, {
    cut: { at, because: 'unlink-call', ...(doubt === null ? {} : { likely: true as const }) },
  });
}

/** A listed call, a sign-up, or what tells of one, is credited to the link's maker and completes it if the app's mode says so. */
function applyCompletion(
  derivation: Derivation,
  link: Link,
  request: Evidence,
  ownDoubt: CompletionDoubt | null,
): void {
  const { maker, app } = link;
  const { what, at, sentAt, source, method, path, status } = request;
  const doubt = ownDoubt ?? (isPerhapsLate(link, at) ? 'kind-unknown' : null);
  const sent = sentAt < at ? { sentAt } : {};
  const completion: Completion = { at, ...sent, source, method, path, status, doubt };
  const slot = what === 'listed' ? 'creditedListedCall' : 'creditedSignupCall';
  derivation.changeLogin(maker, { [slot]: strongerCompletion(maker, maker[slot], completion) });
  const counts = completes(what, app);
  if (counts === 'no') return;
  const isInTime = at - maker.loggedInAt <= WINDOW_MS;
  // When the window of a link ended that may have been there before is not known.
  const isInWindow = isInTime && (what !== 'listed' || isSurelyFirst(maker));
  const isSurely = counts === 'yes' && doubt === null && isInWindow;
  // By then Kakao's job had its time: a call that may be another login's tells nothing new.
  if (doubt !== null && at - maker.loggedInAt > CUT_BY_MS) return;
  derivation.changeLink(link, { maybeCompleted: true, ...(isSurely ? { completed: true } : {}) });
}

/**
 * Whether a login may have found a link that an earlier one made, perhaps of its account, and for which a call at an instant
 * (epoch ms) comes too late. What is only likely a repeat may have made one, too.
 */
function isPerhapsLate({ maker, mayBe }: Link, at: number): boolean {
  return mayBe.some(
    (l) =>
      !(l.isOlder && l.maker.certainty === 'certain') &&
      !l.completed &&
      at - l.maker.loggedInAt > WINDOW_MS &&
      maker.loggedInAt - l.maker.loggedInAt <= CUT_BY_MS,
  );
}

/** Notes that a request may be of a link, though it is likelier another's. */
function applyPossible(derivation: Derivation, link: Link, request: Evidence): void {
  const { maker, app } = link;
  const { what, at } = request;
  if (what === 'unlink') {
    derivation.changeLink(link, { maybeCut: true });
    addOpenDoubt(derivation, link, at, 'cut-unsure');
    return;
  }
  if (completes(what, app) !== 'no') derivation.changeLink(link, { maybeCompleted: true });
  if (what === 'signup-unanswered') return addPossibleCall(derivation, maker, 'signupAnswer', at);
  if (what === 'listed') return addPossibleCall(derivation, maker, 'listedCall', at);
  // Being signed up, or registered already, tells of a sign-up before, perhaps in time.
  const isSignedUpNow = what === 'signup' && request.status === 200;
  addPossibleCall(derivation, maker, 'signupCall', isSignedUpNow ? at : maker.loggedInAt);
}

function addPossibleCall(
  derivation: Derivation,
  login: Login,
  kind: PossibleCall,
  at: number,
): void {
  const possibleCalls = withPossibleCall(login, kind, at);
  if (possibleCalls !== login.possibleCalls) derivation.changeLogin(login, { possibleCalls });
}
