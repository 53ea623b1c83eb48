import {
  CUT_BY_MS,
  isListedCall,
  isSignupCall,
  isUnconfirmedCall,
  isUnconfirmedSignup,
  UNLINK,
} from '../../kakao/policy.ts';
import type { CompletionDoubt, Evidence, EvidenceKind, Login } from '../../model/login.ts';
import type { ApiFact } from '../../model/observation.ts';
import { isBeforeToken } from '../state/token-issue.ts';
import { isCompletingListedCall, isCompletingSignup, isSuccess } from './evaluate-call.ts';
import type { TokenBearer } from './token-bearer.ts';

/** How many requests are kept that show the same and may be of the same logins. */
const MAX_ALIKE = 4;
const MAX_EVIDENCE = 60;

/** Lists what a call shows, or may show, of the link whose token it carries. */
export function evidenceKindsOf(call: ApiFact): EvidenceKind[] {
  if (call.cached || call.blocked) return [];
  const kinds: EvidenceKind[] = [];
  if (isCompletingListedCall(call)) kinds.push('listed');
  else if (isListedCall(call) && isUnanswered(call)) kinds.push('listed-unanswered');
  if (isSignupCall(call)) {
    const isUnknown =
      isUnanswered(call) || call.status >= 500 || (call.status === 400 && call.code === null);
    if (isCompletingSignup(call)) kinds.push('signup');
    else if (isUnknown) kinds.push('signup-unanswered');
  }
  if (call.status === 200 && call.hasSignedUp === true) kinds.push('signed-up');
  if (isUnlink(call)) kinds.push('unlink');
  else if (call.path === UNLINK && call.method === 'POST' && isUnanswered(call))
    kinds.push('unlink-unanswered');
  const isAnswered = call.status === 200 || call.status === 0;
  if (isUnconfirmedCall(call) && isAnswered)
    kinds.push(isUnconfirmedSignup(call.path) ? 'signup-unconfirmed' : 'unconfirmed');
  return kinds;
}

/**
 * Whether Kakao's answer is not known: none came, a gateway on the way says that it has none, or status and body
 * contradict each other.
 */
function isUnanswered({ status, code }: ApiFact): boolean {
  const isContradictory = status === 200 && !isSuccess({ status, code });
  return status === 0 || status === 502 || status === 504 || isContradictory;
}

/**
 * Whether a request that Kakao answered came when its daily job had had its time with the links of all these logins: one of
 * the links was left by it.
 */
export function isAfterJob({ at }: TokenBearer, candidates: readonly Login[]): boolean {
  return candidates.every(({ loggedInAt }) => at - loggedInAt > CUT_BY_MS);
}

/** Whether a call surely cut the link of its token. */
export function isUnlink(call: ApiFact): boolean {
  return isSuccess(call) && call.path === UNLINK && call.method === 'POST' && !call.cached;
}

/**
 * Adds a request as evidence of some kinds to the candidates, which are all logins whose token it may carry. `doubt` says why
 * it may be of none of them; `before` is the ordinal of the first login that it arrived before. Returns the logins that kept it.
 */
export function addEvidence(
  request: TokenBearer,
  kinds: readonly EvidenceKind[],
  candidates: readonly Login[],
  { doubt, before }: { doubt: CompletionDoubt | null; before: number },
): Set<Login> {
  const { id, at, source } = request;
  const { method, path, status } = { method: 'GET', path: '', status: 0, ...request };
  const of = candidates.map((l) => l.id);
  const kept = new Set<Login>();
  for (const what of kinds) {
    const evidence: Evidence = {
      id,
      what,
      at,
      sentAt: request.sentAt ?? at,
      before,
      source,
      ...(source === 'server' && request.tab !== null ? { tab: request.tab } : {}),
      method,
      path,
      status,
      of,
      account: request.account ?? null,
      doubt,
    };
    for (const login of candidates) if (keepsEvidence(login, evidence)) kept.add(login);
  }
  return kept;
}

/** Keeps the earliest of alike requests, by arrival and by the clock: later ones say no more. Returns whether this one is kept. */
function keepsEvidence(login: Login, evidence: Evidence): boolean {
  // What carried a kept token says nothing of what the login's own does.
  const isBefore = isBeforeToken(login, evidence.sentAt);
  const isAlike = (e: Evidence) =>
    isBeforeToken(login, e.sentAt) === isBefore &&
    e.what === evidence.what &&
    e.doubt === evidence.doubt &&
    e.tab === evidence.tab &&
    e.account === evidence.account &&
    e.of.length === evidence.of.length &&
    e.of.every((id, i) => id === evidence.of[i]);
  const alike = login.evidence.filter(isAlike);
  const isFull = alike.length >= MAX_ALIKE || login.evidence.length >= MAX_EVIDENCE;
  if (isFull && alike.some((e) => e.at <= evidence.at)) return false;
  login.evidence.push(evidence);
  return true;
}
