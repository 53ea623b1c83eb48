import { CUT_BY_MS } from '../kakao/policy.ts';
import { appOf } from '../model/app.ts';
import type { Login } from '../model/login.ts';
import type { FactType, StoredObservation } from '../model/observation.ts';
import { createDependencyTest } from '../verdict/decide/login-dependencies.ts';
import { loginStatus } from '../verdict/decide/verdict.ts';
import type { LoginState } from '../verdict/state/login-state.ts';

/** What says of every login, or of a site's, that something of it may not have been seen. */
const OF_WHAT_WAS_UNSEEN: readonly FactType[] = [
  'start',
  'loss',
  'pause',
  'watch',
  'recording-ended',
  'bad-report',
  'token-handed',
];

/** Makes a test of whether an observation has to stay at an instant (epoch ms), whatever the limits say. */
export function createKeepTest(
  loginState: LoginState,
  now: number,
): (row: StoredObservation) => boolean {
  const logins = [...loginState.logins.values()];
  const open = logins.filter(
    (l) =>
      now - l.loggedInAt <= CUT_BY_MS && loginStatus(l, appOf(loginState, l.clientId)) === 'open',
  );
  const requests = new Set(open.flatMap((l) => l.evidence.map((e) => e.id)));
  const needed = withNeeded(open, logins);
  const neededIds = new Set(needed.map((l) => l.id));
  const since = Math.min(...needed.map((l) => l.startedAt));
  return (row) => {
    // What the tester set for an app holds as long as the app is known.
    if (row.type === 'app' || row.type === 'silence') return true;
    if (requests.has(row.id)) return true;
    if (row.loginId) return neededIds.has(row.loginId);
    if (OF_WHAT_WAS_UNSEEN.includes(row.type) && row.at >= since) return true;
    const step = row.type === 'authorize' || row.type === 'poll' || row.type === 'frame';
    return step && needed.some((l) => wasOnItsWay(l, row.at));
  };
}

/**
 * Open logins, and those without which they would be judged otherwise: all later ones, since their links and what comes in
 * their tabs may be the open ones' too, and of those before them what their verdicts depend on.
 */
function withNeeded(open: readonly Login[], logins: readonly Login[]): Login[] {
  const isNeeded = createDependencyTest(open);
  const first = Math.min(...open.map((l) => l.ordinal));
  return logins.filter((l) => l.ordinal >= first || isNeeded(l));
}

/**
 * Of rows that may go those that do: logins go as wholes, or a report would tell otherwise of what is left of them, and
 * nothing goes from while one that stays was on its way, since a login that ended meanwhile may have made its link.
 */
export function withoutKeptLogins(
  rows: readonly StoredObservation[],
  logins: ReadonlyMap<string, Login>,
): StoredObservation[] {
  const named = new Set(rows.map((row) => row.id));
  const latest = Math.max(...rows.map((row) => row.at));
  const going = new Set<string>();
  const kept: Login[] = [];
  const isOfKept = (at: number) => kept.some((l) => wasOnItsWay(l, at));
  // The latest first: one that stays may keep one before it.
  for (const login of [...logins.values()].reverse()) {
    if (login.startedAt > latest) continue;
    if (named.has(login.id) && !isOfKept(login.loggedInAt)) going.add(login.id);
    else kept.push(login);
  }
  return rows.filter(({ loginId, at }) =>
    loginId && logins.has(loginId) ? going.has(loginId) : !isOfKept(at),
  );
}

const wasOnItsWay = ({ startedAt, loggedInAt }: Login, at: number) =>
  at >= startedAt && at <= loggedInAt;
