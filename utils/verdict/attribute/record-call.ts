import { WINDOW_MS } from '../../kakao/policy.ts';
import type {
  Call,
  Completion,
  CompletionDoubt,
  CompletionSlot,
  Login,
} from '../../model/login.ts';
import type { ApiFact, Observation, TokenFact } from '../../model/observation.ts';
import { REPORT_ERROR_MS } from '../state/time-limits.ts';
import { isBeforeToken } from '../state/token-issue.ts';
import { isUnlink } from './evidence.ts';
import { ranInOpenerOf, ranInTabOf } from './token-bearer.ts';

const MAX_CALLS = 40;
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
  if (showsToken(call)) noteVisible(login, call);
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
 * Whether a call shows that the login's token is where we can see it. A call answered from a cache never left, one answered 401
 * did not carry this token, and one with the admin key carries none.
 */
export function showsToken({ status, cached, maybeCached, path, target }: ApiFact): boolean {
  return (
    target === undefined &&
    status !== 401 &&
    status !== 0 &&
    !cached &&
    !maybeCached &&
    !WITHOUT_TOKEN.test(path)
  );
}

/** Records what a successful call's body says of the account. */
function recordBody(login: Login, call: Observation<ApiFact>): void {
  const { account, connectedAt, hasSignedUp } = call;
  if (login.connectedAt === null && connectedAt !== null && mayHaveOtherToken(login, call))
    login.toldElsewhere = true;
  login.userHash ??= account;
  login.connectedAt ??= connectedAt;
  if (hasSignedUp === false) login.notSignedUp = true;
}

/** Whether a call came from a tab that may have logged in itself, unseen: not from the login's, and nothing tells its token. */
function mayHaveOtherToken(login: Login, call: Observation<ApiFact>): boolean {
  if (call.source === 'server' || call.tab === null || call.tokenIssuedAt !== undefined)
    return false;
  return !ranInTabOf(login, call) && !ranInOpenerOf(login, call);
}

/** Forgets what was told of the account before a login's token was issued: by a token that the site had kept. */
function forgetBodiesBeforeToken(login: Login): void {
  if (!login.calls.some(({ status, at }) => status === 200 && isBeforeToken(login, at))) return;
  login.userHash = null;
  login.connectedAt = null;
  delete login.toldElsewhere;
  login.notSignedUp = false;
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
