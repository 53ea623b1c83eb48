import { CUT_BY_MS } from '../kakao/policy.ts';
import { appOf, isUntouched } from '../model/app.ts';
import { HEALTHY, type Health } from '../model/health.ts';
import { DEFAULT_SETTINGS, type Settings } from '../model/settings.ts';
import type { LoginState } from '../verdict/login-state.ts';
import { createDependencyTest } from '../verdict/login-dependencies.ts';
import type { Login } from '../model/login.ts';
import { loginStatus } from '../verdict/verdict.ts';
import type { IDBPTransaction } from 'idb';
import type { Db } from './open.ts';
import type { FactType, StoredObservation } from '../model/observation.ts';
import { HOUR_MS } from '../model/time.ts';
import { selectIdleSteps } from './idle-steps.ts';
import type { LinkwatchDb } from './schema.ts';

/** How many observations one transaction looks at: few enough that recording never waits long. */
const STEP = 2_000;

/** Where a step of retention begins: what goes in this pass, and after which `seq`. */
export interface PrunePlace {
  /** First `idle` steps that led to no login, as far as there are too many observations; then `all` that the limits name. */
  pass: 'idle' | 'all';
  after: number;
}

export const PRUNE_START: PrunePlace = { pass: 'idle', after: 0 };

/** Whether retention has not run for an hour, or the clock was set back since. */
export async function isPruneDue(db: Db, now: number): Promise<boolean> {
  const at = ((await db.get('meta', 'prunedAt')) as number | undefined) ?? 0;
  return now < at || now - at > HOUR_MS;
}

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

/**
 * Open logins, and those without which they would be judged otherwise: all later ones, since their links and what comes in
 * their tabs may be the open ones' too, and of those before them what their verdicts rest on.
 */
function withNeeded(open: readonly Login[], logins: readonly Login[]): Login[] {
  const isNeeded = createDependencyTest(open);
  const first = Math.min(...open.map((l) => l.ordinal));
  return logins.filter((l) => l.ordinal >= first || isNeeded(l));
}

/** Makes a test of whether an observation has to stay, whatever the limits say. */
function createKeeper(loginState: LoginState, now: number): (row: StoredObservation) => boolean {
  const logins = [...loginState.logins.values()];
  const open = logins.filter(
    (l) =>
      now - l.loggedInAt <= CUT_BY_MS && loginStatus(l, appOf(loginState, l.clientId)) === 'open',
  );
  const requests = new Set(open.flatMap((l) => l.evidence.map((e) => e.id)));
  const flows = withNeeded(open, logins);
  const needed = new Set(flows.map((l) => l.id));
  const since = Math.min(...flows.map((l) => l.startedAt));
  return (row) => {
    // What the tester set for an app holds as long as the app is known.
    if (row.type === 'app' || row.type === 'silence') return true;
    if (requests.has(row.id)) return true;
    if (row.loginId) return needed.has(row.loginId);
    if (OF_WHAT_WAS_UNSEEN.includes(row.type) && row.at >= since) return true;
    const step = row.type === 'authorize' || row.type === 'poll' || row.type === 'frame';
    return step && flows.some((l) => row.at >= l.startedAt && row.at <= l.loggedInAt);
  };
}

const STORES = ['observations', 'logins', 'apps', 'notices', 'sessions', 'meta'] as const;
type PruneTransaction = IDBPTransaction<LinkwatchDb, typeof STORES, 'readwrite'>;

/**
 * One step of retention at an instant (epoch ms), one transaction: of the next observations removes those beyond the
 * settings' age and number, and with a login's own observation the login. Steps that led to no login go first, then the
 * oldest. Open logins that Kakao's job may still cut stay, with all that was placed on them and what they need. The last step removes apps and
 * sessions of which nothing is left. What is removed is counted in the stored health. Returns where the next step begins;
 * null when there is none.
 */
export async function prune(
  db: Db,
  loginState: LoginState,
  now: number,
  place: PrunePlace,
): Promise<PrunePlace | null> {
  const tx = db.transaction(STORES, 'readwrite');
  tx.done.catch(() => {}); // waited for below, but it may fail before
  const observations = tx.objectStore('observations');
  const meta = tx.objectStore('meta');
  const [count, set, known] = await Promise.all([
    observations.count(),
    meta.get('settings') as Promise<Partial<Settings> | undefined>,
    meta.get('health') as Promise<Partial<Health> | undefined>,
  ]);
  const settings = { ...DEFAULT_SETTINGS, ...set };
  let surplus = count - settings.retentionCount;
  const isIdlePass = place.pass === 'idle' && surplus > 0;
  const after = place.pass === 'idle' && !isIdlePass ? 0 : place.after;
  const rows = await observations.getAll(IDBKeyRange.lowerBound(after, true), STEP);
  const oldest = isIdlePass ? -Infinity : now - settings.retentionDays * 24 * HOUR_MS;
  const stays = createKeeper(loginState, now);
  const chosen = (isIdlePass ? selectIdleSteps(rows, loginState) : rows).filter((row) => {
    const goes = (surplus > 0 || row.at < oldest) && !stays(row);
    if (goes) surplus -= 1;
    return goes;
  });
  const going = withoutStaying(chosen, loginState.logins);
  const gone = going.map((row) => row.id).filter((id) => loginState.logins.has(id));
  const isMore = rows.length === STEP && (surplus > 0 || rows.some((row) => row.at < oldest));
  const next = nextPlace(isIdlePass, isMore ? rows.at(-1)?.seq : undefined);

  const writes: Promise<unknown>[] = [tx.done];
  for (const { seq = 0 } of going) writes.push(observations.delete(seq));
  for (const id of gone) {
    writes.push(tx.objectStore('logins').delete(id));
    writes.push(tx.objectStore('notices').delete(IDBKeyRange.bound(`${id}:`, `${id};`)));
  }
  if (going.length) {
    const health = { ...HEALTHY, ...known };
    writes.push(meta.put({ ...health, pruned: health.pruned + going.length }, 'health'));
  }
  const apps = next ? [] : appsLeft(loginState, gone);
  for (const clientId of apps) writes.push(tx.objectStore('apps').delete(clientId));
  if (!next) {
    writes.push(meta.put(now, 'prunedAt'));
    writes.push(...(await removeEmptySessions(tx)));
  }
  await Promise.all(writes);
  for (const id of gone) loginState.logins.delete(id);
  for (const clientId of apps) loginState.apps.delete(clientId);
  return next;
}

/**
 * Of rows that may go those that do: none of a login that stays, without which a report would tell otherwise of it, and none
 * of one that ended while such a login was on its way, since it may have made that one's link.
 */
function withoutStaying(
  rows: readonly StoredObservation[],
  logins: ReadonlyMap<string, Login>,
): StoredObservation[] {
  const named = new Set(rows.map((row) => row.id));
  const latest = Math.max(...rows.map((row) => row.at));
  const going = new Set<string>();
  const staying: Login[] = [];
  const isOfStaying = (at: number) => staying.some((l) => at >= l.startedAt && at <= l.loggedInAt);
  // The latest first: one that stays may keep one before it.
  for (const login of [...logins.values()].reverse()) {
    if (login.startedAt > latest) continue;
    if (named.has(login.id) && !isOfStaying(login.loggedInAt)) going.add(login.id);
    else staying.push(login);
  }
  return rows.filter(({ loginId, at }) =>
    loginId && logins.has(loginId) ? going.has(loginId) : !isOfStaying(at),
  );
}

function nextPlace(isIdlePass: boolean, lastSeq: number | undefined): PrunePlace | null {
  if (isIdlePass) return lastSeq ? { pass: 'idle', after: lastSeq } : { pass: 'all', after: 0 };
  return lastSeq ? { pass: 'all', after: lastSeq } : null;
}

/** The apps that no login is of but those that go, and of which the tester set nothing. */
function appsLeft({ logins, apps }: LoginState, gone: readonly string[]): string[] {
  const going = new Set(gone);
  const used = new Set<string>();
  for (const l of logins.values()) if (!going.has(l.id)) used.add(l.clientId);
  return [...apps.values()]
    .filter((app) => !used.has(app.clientId) && isUntouched(app))
    .map((app) => app.clientId);
}

async function removeEmptySessions(tx: PruneTransaction): Promise<Promise<void>[]> {
  const bySession = tx.objectStore('observations').index('session');
  const sessions = tx.objectStore('sessions');
  const removed: Promise<void>[] = [];
  for (const s of await sessions.getAll())
    if (s.endedAt !== null && (await bySession.getKey(s.id)) === undefined)
      removed.push(sessions.delete(s.id));
  return removed;
}
