import { CUT_BY_MS } from '../kakao/policy.ts';
import { appOf } from '../model/app.ts';
import { HEALTHY, type Health } from '../model/health.ts';
import { DEFAULT_SETTINGS, type Settings } from '../model/settings.ts';
import type { LoginState } from '../verdict/login-state.ts';
import type { Login } from '../model/login.ts';
import { loginStatus } from '../verdict/verdict.ts';
import type { Db } from './open.ts';
import type { StoredObservation } from '../model/observation.ts';
import { HOUR_MS } from '../model/time.ts';

/** How many observations one transaction looks at: few enough that recording never waits long. */
const STEP = 2_000;

/** Whether retention has not run for an hour, or the clock was set back since. */
export async function isPruneDue(db: Db, now: number): Promise<boolean> {
  const at = ((await db.get('meta', 'prunedAt')) as number | undefined) ?? 0;
  return now < at || now - at > HOUR_MS;
}

/** Makes a test of whether an observation has to stay, whatever the limits say. */
function createKeeper(loginState: LoginState, now: number): (row: StoredObservation) => boolean {
  const open = new Map<string, Login>();
  for (const l of loginState.logins.values())
    if (now - l.loggedInAt <= CUT_BY_MS) {
      const status = loginStatus(l, appOf(loginState, l.clientId));
      if (status === 'open') open.set(l.id, l);
    }
  const flows = [...open.values()];
  return (row) => {
    // What the tester set for an app holds as long as the app is known.
    if (row.type === 'app' || row.type === 'silence') return true;
    if (row.loginId) return open.has(row.loginId);
    const step = row.type === 'authorize' || row.type === 'poll' || row.type === 'frame';
    return step && flows.some((l) => row.at >= l.startedAt && row.at <= l.loggedInAt);
  };
}

/**
 * One step of retention at an instant (epoch ms), one transaction: of the next observations after `from` (a `seq`)
 * removes those beyond the settings' age and number, the oldest first, and with a login's own observation the login.
 * Open logins that Kakao's job may still cut stay, with all that was placed on them. What is removed is counted in the
 * stored health. Returns where the next step begins; null when there is none.
 */
export async function prune(
  db: Db,
  loginState: LoginState,
  now: number,
  from: number,
): Promise<number | null> {
  const stores = ['observations', 'logins', 'notices', 'sessions', 'meta'] as const;
  const tx = db.transaction(stores, 'readwrite');
  tx.done.catch(() => {}); // waited for below, but it may fail before
  const observations = tx.objectStore('observations');
  const meta = tx.objectStore('meta');
  const [count, rows, set, known] = await Promise.all([
    observations.count(),
    observations.getAll(IDBKeyRange.lowerBound(from, true), STEP),
    meta.get('settings') as Promise<Partial<Settings> | undefined>,
    meta.get('health') as Promise<Partial<Health> | undefined>,
  ]);
  const settings = { ...DEFAULT_SETTINGS, ...set };
  const oldest = now - settings.retentionDays * 24 * HOUR_MS;
  const stays = createKeeper(loginState, now);
  let surplus = count - settings.retentionCount;
  const chosen = rows.filter((row) => {
    const goes = (surplus > 0 || row.at < oldest) && !stays(row);
    if (goes) surplus -= 1;
    return goes;
  });
  const gone = chosen.map((row) => row.id).filter((id) => loginState.logins.has(id));
  const last = rows.at(-1);
  const more = rows.length === STEP && (surplus > 0 || rows.some((row) => row.at < oldest));

  const writes: Promise<unknown>[] = [tx.done];
  for (const { seq = 0 } of chosen) writes.push(observations.delete(seq));
  for (const id of gone) {
    writes.push(tx.objectStore('logins').delete(id));
    writes.push(tx.objectStore('notices').delete(IDBKeyRange.bound(`${id}:`, `${id};`)));
  }
  if (chosen.length) {
    const health = { ...HEALTHY, ...known };
    writes.push(meta.put({ ...health, pruned: health.pruned + chosen.length }, 'health'));
  }
  if (!more) {
    writes.push(meta.put(now, 'prunedAt'));
    const bySession = observations.index('session');
    for (const s of await tx.objectStore('sessions').getAll())
      if (s.endedAt !== null && (await bySession.getKey(s.id)) === undefined)
        writes.push(tx.objectStore('sessions').delete(s.id));
  }
  await Promise.all(writes);
  for (const id of gone) loginState.logins.delete(id);
  return more ? (last?.seq ?? null) : null;
}
