import { isUnconfirmed, QUALIFYING, SIGNUP, UNLINK, WINDOW_MS } from '../kakao/policy.ts';
import type {
  Call,
  Completion,
  CompletionDoubt,
  CompletionSlot,
  Evidence,
  EvidenceKind,
  Login,
} from '../model/login.ts';
import type { ApiFact, Observation, TokenFact } from '../model/observation.ts';
import { isBeforeToken, REPORT_ERROR_MS } from './token-issue.ts';
import { isCompletingListedCall, isCompletingSignup, isSuccess } from './evaluate-call.ts';
import type { TokenBearer } from './token-bearer.ts';

const MAX_CALLS = 40;
/** How many requests are kept that show the same and may be of the same logins. */
const MAX_ALIKE = 4;
const MAX_EVIDENCE = 60;
/** Paths of sharing calls: they are signed with the app's key and carry no token. */
const WITHOUT_TOKEN = /kakaolink|\/image\//;

/** Calls that are equal in these fields are counted together. */
const GROUPED_BY = ['source', 'method', 'path', 'status', 'code'] as const;

/** What a call and a completion have in common. */
type Answer = Omit<Completion, 'doubt' | 'sentAt'>;

/**
 * Records a token request on its login. A refused one still shows that the exchange happens where we can see it. The
 * account is taken over only where the request is `surely` of this login.
 */
export function recordTokenRequest(
  login: Login,
  request: Observation<TokenFact>,
  surely: boolean,
): void {
  noteVisible(login, request);
  if (request.status !== 200) login.tokenRefused = true;
  // Who refreshes a token got it at another time, perhaps from somebody else.
  else if (
    request.grant !== 'refresh_token' &&
    login.tokenAt === null &&
    !isEarlier(login, request)
  ) {
    login.tokenAt = request.at;
    forgetBodiesBeforeToken(login);
  }
  if (request.account && surely) login.userHash = request.account;
}

/** Whether a server told of a token before the login's code had come: it was given for something else. */
function isEarlier({ loggedInAt }: Login, { source, at, codeAt }: Observation<TokenFact>): boolean {
  return source === 'server' && codeAt === undefined && loggedInAt - at > REPORT_ERROR_MS;
}

/**
 * Records an API call on the likeliest login: what it says of the account and the link, where it is `surely` of this
 * login, and, where `slot` is not null, as which completion it counts.
 */
export function recordCall(
  login: Login,
  call: Observation<ApiFact>,
  doubt: CompletionDoubt | null,
  slot: CompletionSlot | null,
): void {
  const { at, source, method, path, status } = call;
  const answer: Answer = { at, source, method, path, status };
  addCall(login, { ...answer, code: call.code });
  if (call.target === undefined && showsToken(call)) noteVisible(login, call);
  // An answer out of a cache is as old as it may be, and a token from before is another login's.
  const isOwn = !call.cached && !call.maybeCached && !isBeforeToken(login, call.sentAt ?? at);
  if (status === 200 && isOwn && doubt !== 'other-tab' && doubt !== 'account-unknown')
    recordBody(login, call);
  if (isUnlink(call)) login.unlinkCall ??= { at };
  if (slot) login[slot] = strongerCompletion(login, login[slot], { ...answer, doubt });
}

/** Takes a call out of its group. An emptied group stays until `dropEmptyGroups`, so that the call may come back. */
export function takeBackCall(login: Login, call: Answer & Pick<Call, 'code'>): void {
  const same = login.calls.find((c) => GROUPED_BY.every((field) => c[field] === call[field]));
  if (same) same.times -= 1;
}

/** Removes the groups of calls of which none is left. */
export function dropEmptyGroups(login: Login): void {
  login.calls = login.calls.filter((c) => c.times > 0);
}

function addCall(login: Login, call: Answer & Pick<Call, 'code'>): void {
  const same = login.calls.find((c) => GROUPED_BY.every((field) => c[field] === call[field]));
  if (same) {
    same.times += 1;
    same.lastAt = Math.max(same.lastAt, call.at);
  } else if (login.calls.length < MAX_CALLS) {
    login.calls.push({ ...call, lastAt: call.at, times: 1 });
  }
}

/** Notes where the login's token was seen: in the browser, or in its server's reports. */
function noteVisible(login: Login, { source }: Observation): void {
  if (source === 'server') login.reportedByServer = true;
  else login.seenInBrowser = true;
}

/**
 * Whether a call shows that the login's token is where we can see it. A call answered from a cache never left, and one
 * answered 401 did not carry this token.
 */
function showsToken({ status, cached, maybeCached, path }: ApiFact): boolean {
  return status !== 401 && status !== 0 && !cached && !maybeCached && !WITHOUT_TOKEN.test(path);
}

function isUnlink(call: ApiFact): boolean {
  return isSuccess(call) && call.path === UNLINK && call.method === 'POST' && !call.cached;
}

/** Records what a successful call's body says of the account. */
function recordBody(login: Login, { account, connectedAt, hasSignedUp }: ApiFact): void {
  login.userHash ??= account;
  login.connectedAt ??= connectedAt;
  if (hasSignedUp === false) login.notSignedUp = true;
}

/** Lists what a call shows, or may show, of the link whose token it carries. */
export function evidenceKindsOf(call: ApiFact): EvidenceKind[] {
  if (call.cached || call.blocked) return [];
  const kinds: EvidenceKind[] = [];
  const isListed = QUALIFYING.includes(call.path) && /^(GET|POST)$/.test(call.method);
  if (isCompletingListedCall(call)) kinds.push('listed');
  else if (isListed && isUnanswered(call)) kinds.push('listed-unanswered');
  if (call.path === SIGNUP.path && call.method === SIGNUP.method) {
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
  if (isUnconfirmed(call.path) && isAnswered) kinds.push('unconfirmed');
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

/** Forgets what was told of the account before a login's token was issued: by a token that the site had kept. */
function forgetBodiesBeforeToken(login: Login): void {
  if (!login.calls.some(({ status, at }) => status === 200 && isBeforeToken(login, at))) return;
  login.userHash = null;
  login.connectedAt = null;
  login.notSignedUp = false;
}

/** Adds a request as evidence to every login whose token it may carry. `before` is the next login's ordinal. */
export function addEvidence(
  request: TokenBearer,
  kinds: readonly EvidenceKind[],
  candidates: readonly Login[],
  doubt: CompletionDoubt | null,
  before: number,
): void {
  const { id, at, source } = request;
  const { method, path, status } = { method: 'GET', path: '', status: 0, ...request };
  const of = candidates.map((l) => l.id);
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
    for (const login of candidates) keepEvidence(login, evidence);
  }
}

/** Keeps the earliest of alike requests, by arrival and by the clock: later ones say no more. */
function keepEvidence(login: Login, evidence: Evidence): void {
  const isAlike = (e: Evidence) =>
    e.what === evidence.what &&
    e.doubt === evidence.doubt &&
    e.tab === evidence.tab &&
    e.of.join() === evidence.of.join();
  const alike = login.evidence.filter(isAlike);
  const isFull = alike.length >= MAX_ALIKE || login.evidence.length >= MAX_EVIDENCE;
  if (isFull && alike.some((e) => e.at <= evidence.at)) return;
  login.evidence.push(evidence);
}

/**
 * Returns which of two completions of a login says more: a certain one, unless it came after the window and the
 * doubtful one did not; of two that are equally certain the earlier.
 */
export function strongerCompletion(
  login: Login,
  a: Completion | null,
  b: Completion | null,
): Completion | null {
  if (!a || !b) return a ?? b;
  if (!a.doubt === !b.doubt) return b.at < a.at ? b : a;
  const [certain, doubtful] = a.doubt ? [b, a] : [a, b];
  const windowEnd = login.loggedInAt + WINDOW_MS;
  return doubtful.at <= windowEnd && windowEnd < certain.at ? doubtful : certain;
}
