import { WINDOW_MS } from '../kakao/policy.ts';
import type { Call, Completion, CompletionSlot, Login } from '../model/login.ts';
import type { ApiFact, Observation, TokenFact } from '../model/observation.ts';

const MOST_CALLS = 40;
/** Sharing: signed with the app's key, so it shows no token. */
const WITHOUT_TOKEN = /kakaolink|\/image\//;

/** Calls that are alike in these are counted together. */
const ALIKE = ['source', 'method', 'path', 'status', 'code'] as const;

type Doubt = Completion['doubt'];

/** What a call and a completion both tell of it. */
type Told = Omit<Completion, 'doubt'>;

function addCall(login: Login, call: Told & Pick<Call, 'code'>): void {
  const { at } = call;
  const same = login.calls.find((c) => ALIKE.every((name) => c[name] === call[name]));
  if (same) {
    same.times += 1;
    same.lastAt = at;
  } else if (login.calls.length < MOST_CALLS) {
    login.calls.push({ ...call, lastAt: at, times: 1 });
  }
}

function seen(login: Login, o: Observation): void {
  login[o.source === 'server' ? 'reportedByServer' : 'seenInBrowser'] = true;
}

/** Notes a token request on its login. A failed one still shows that the exchange happens where we can see it. */
export function recordTokenRequest(login: Login, o: Observation<TokenFact>, doubt?: Doubt): void {
  seen(login, o);
  if (o.account && doubt !== 'other-tab') login.userHash = o.account;
}

/**
 * Notes an API call on the login it was placed on: what it says of the account and the link, and as which completion
 * it counts if it is the first.
 */
export function recordCall(
  login: Login,
  o: Observation<ApiFact>,
  doubt: Doubt,
  counted: CompletionSlot | null,
): void {
  const { at, source, method, path, status } = o;
  const told: Told = { at, source, method, path, status };
  addCall(login, { ...told, code: o.code });
  // A call that Kakao refused with 401 did not carry this login's token; a cached one never left.
  if (status !== 401 && !o.cached && status !== 0 && !WITHOUT_TOKEN.test(path)) seen(login, o);
  if (status === 200) {
    // What may be another login's call may tell of another account.
    if (doubt !== 'other-tab' && doubt !== 'account-unknown') {
      login.userHash ??= o.account;
      login.connectedAt ??= o.connectedAt;
      if (o.hasSignedUp === false) login.notSignedUp = true;
    }
    if (path === '/v1/user/unlink' && method === 'POST' && !o.cached) login.unlinkCall ??= { at };
  }
  if (counted)
    login[counted] = strongerCompletion(login, login[counted], {
      ...told,
      doubt,
    });
}

/**
 * Which of two completions of a login says more: a certain one, unless it came after the window and the doubtful one
 * did not; else the earlier.
 */
export function strongerCompletion(
  login: Login,
  a: Completion | null,
  b: Completion | null,
): Completion | null {
  if (!a || !b) return a ?? b;
  if (!a.doubt === !b.doubt) return b.at < a.at ? b : a;
  const [certain, doubtful] = a.doubt ? [b, a] : [a, b];
  const end = login.loggedInAt + WINDOW_MS;
  return doubtful.at <= end && end < certain.at ? doubtful : certain;
}
