import { WINDOW_MS } from '../kakao/policy.ts';
import { completesListed, completesSignup } from './counts.ts';
import type { Completion, Login } from './login.ts';
import type { ApiFact, Observation, TokenFact } from './observation.ts';

const MOST_CALLS = 40;
/** Sharing: signed with the app's key, so it shows no token. */
const WITHOUT_TOKEN = /kakaolink|\/image\//;

/** Calls that are alike in these, and in their code, are counted together. */
const ALIKE = ['source', 'method', 'path', 'status'] as const;

type Doubt = Completion['doubt'];

/** What a call and a completion both tell of it. */
type Told = Pick<Completion, 'at' | 'source' | 'method' | 'path' | 'status'>;

function addCall(login: Login, told: Told, code: number | null): void {
  const { at } = told;
  const same = login.calls.find(
    (c) => c.code === code && ALIKE.every((name) => c[name] === told[name]),
  );
  if (same) {
    same.times += 1;
    same.lastAt = at;
  } else if (login.calls.length < MOST_CALLS) {
    login.calls.push({ ...told, code, times: 1, lastAt: at });
  }
}

function seen(login: Login, o: Observation): void {
  login[o.source === 'server' ? 'reportedByServer' : 'seenInBrowser'] = true;
}

/** Notes a token request on its login. A failed one still shows that the exchange happens where we can see it. */
export function applyToken(login: Login, o: Observation<TokenFact>, doubt: Doubt = null): void {
  seen(login, o);
  if (o.account && doubt !== 'other-tab') login.userHash = o.account;
}

/**
 * Notes an API call on the login it was placed on: what it says of the account and the link, and whether it is the
 * first that could complete the sign-up. Says whether it could.
 */
export function applyCall(login: Login, o: Observation<ApiFact>, doubt: Doubt): boolean {
  const { at, source, method, path, status } = o;
  const told: Told = { at, source, method, path, status };
  addCall(login, told, o.code);
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
  const completion: Completion = {
    ...told,
    certainty: doubt ? 'likely' : 'certain',
    doubt,
  };
  const [listed, signup] = [completesListed(o), completesSignup(o)];
  if (listed) login.ownListed = preferred(login, login.ownListed, completion);
  if (signup) login.ownSignup = preferred(login, login.ownSignup, completion);
  return listed || signup;
}

/**
 * Which of two completions of a login says more: a certain one, unless it came after the window and the doubtful one
 * did not; else the earlier.
 */
export function preferred(
  login: Login,
  a: Completion | null,
  b: Completion | null,
): Completion | null {
  if (!a || !b) return a ?? b;
  if (a.certainty === b.certainty) return b.at < a.at ? b : a;
  const [certain, doubtful] = a.certainty === 'certain' ? [a, b] : [b, a];
  const inWindow = (c: Completion) => c.at - login.loggedInAt <= WINDOW_MS;
  return inWindow(certain) || !inWindow(doubtful) ? certain : doubtful;
}
