import { WINDOW_MS } from '../kakao/policy.ts';
import type { Call, Completion, CompletionDoubt, CompletionSlot, Login } from '../model/login.ts';
import type { ApiFact, Observation, TokenFact } from '../model/observation.ts';

const MAX_CALLS = 40;
/** Paths of sharing calls: they are signed with the app's key and carry no token. */
const WITHOUT_TOKEN = /kakaolink|\/image\//;

/** Calls that are equal in these fields are counted together. */
const GROUPED_BY = ['source', 'method', 'path', 'status', 'code'] as const;

/** What a call and a completion have in common. */
type Answer = Omit<Completion, 'doubt'>;

/** Records a token request on its login. A refused one still shows that the exchange happens where we can see it. */
export function recordTokenRequest(
  login: Login,
  request: Observation<TokenFact>,
  doubt: CompletionDoubt | null,
): void {
  noteVisible(login, request);
  if (request.account && doubt !== 'other-tab') login.userHash = request.account;
}

/**
 * Records an API call on the login it belongs to: what it says of the account and the link, and, where `slot` is not
 * null, as which completion it counts.
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
  // What may be another login's call may tell of another account.
  const isSurelyOfAccount = doubt !== 'other-tab' && doubt !== 'account-unknown';
  if (status === 200 && isSurelyOfAccount) recordBody(login, call);
  if (isUnlink(call)) login.unlinkCall ??= { at };
  if (slot) login[slot] = strongerCompletion(login, login[slot], { ...answer, doubt });
}

function addCall(login: Login, call: Answer & Pick<Call, 'code'>): void {
  const same = login.calls.find((c) => GROUPED_BY.every((field) => c[field] === call[field]));
  if (same) {
    same.times += 1;
    same.lastAt = call.at;
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
function showsToken({ status, cached, path }: ApiFact): boolean {
  return status !== 401 && status !== 0 && !cached && !WITHOUT_TOKEN.test(path);
}

function isUnlink({ method, path, status, cached }: ApiFact): boolean {
  return status === 200 && path === '/v1/user/unlink' && method === 'POST' && !cached;
}

/** Records what a successful call's body says of the account. */
function recordBody(login: Login, { account, connectedAt, hasSignedUp }: ApiFact): void {
  login.userHash ??= account;
  login.connectedAt ??= connectedAt;
  if (hasSignedUp === false) login.notSignedUp = true;
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
