import type { App } from '../../utils/model/app.ts';
import type { Observation } from '../../utils/model/observation.ts';
import type { Session } from '../../utils/model/session.ts';
import { replayObservations } from '../../utils/report/replay/replay-observations.ts';
import { toStoredLogin } from '../../utils/store/login-state-store.ts';
import type { StoredLogin } from '../../utils/store/schema.ts';
import { replay } from '../../utils/verdict/reduce.ts';
import type { Tracking } from '../../utils/verdict/state/login-state.ts';
import { api, firstLogin, HOUR, observe, repeatLogin, SITE, token } from '../unit/fixtures.ts';

/** Rows of the database, as the recorder would have stored them. */
export interface Rows {
  observations: (Observation & { session: string })[];
  logins: StoredLogin[];
  apps: App[];
  track: Tracking;
}

/** The rows that observations add up to. */
export function rowsOf(observations: readonly Observation[]): Rows {
  const loginState = replay(observations);
  return {
    observations: replayObservations(observations).observations.map((o) => ({
      ...o,
      session: 'sample',
    })),
    logins: [...loginState.logins.values()].map((l) => toStoredLogin(loginState, l)),
    apps: [...loginState.apps.values()],
    track: loginState.tracking,
  };
}

export const REHEARSED = 'js-key-rehearsed-0002';
const MINUTE = 60_000;

/** A first login of which the token request was seen; `hours` before `now`, in a tab of its own. */
export function seenLogin(now: number, hours: number, site = SITE): Observation[] {
  const at = now - hours * HOUR;
  const where = { site, tab: `r:${hours}` };
  return [...firstLogin(at, where), observe(token(), at + 4000, where)];
}

/** Logins of every verdict, of two apps, as they look at an instant (epoch ms). */
export function sampleRows(now: number): Rows {
  const call = (path: string, hours: number, tab: number, fact = {}) =>
    observe(api(path, 200, fact), now - hours * HOUR, { tab: `r:${tab}` });
  const rehearsed = (minutes: number) =>
    firstLogin(now - minutes * MINUTE, {
      fact: { clientId: REHEARSED },
      tab: `r:m${minutes}`,
      site: 'https://rehearsed.shop.test',
    });
  return rowsOf([
    observe({ type: 'watch', watched: true }, now - 90 * HOUR),
    ...seenLogin(now, 72),
    call('/v1/user/unlink', 71, 72, { method: 'POST' }),
    ...seenLogin(now, 60),
    ...seenLogin(now, 50),
    call('/v2/user/me', 49, 50),
    ...repeatLogin(now - 48 * HOUR, { tab: 'r:50' }),
    ...seenLogin(now, 40),
    call('/v2/user/me', 10, 40),
    ...firstLogin(now - 30 * HOUR, { tab: 'r:30' }),
    ...seenLogin(now, 28),
    ...seenLogin(now, 22),
    ...firstLogin(now - 3 * HOUR, {
      tab: 'r:3',
      site: 'https://unwatched.shop.test',
      fact: { watched: false, redirectUri: 'https://unwatched.shop.test/cb' },
    }),
    observe(
      { type: 'app', clientId: REHEARSED, windowMs: 30 * MINUTE, linkMode: 'manual' },
      now - HOUR,
    ),
    ...rehearsed(50),
    ...rehearsed(5),
    ...firstLogin(now - 2 * HOUR, { tab: 'r:2', fact: { params: ['client_id', 'scope'] } }),
  ]);
}

/** The session that samples belong to, begun before all of them; `now` is epoch ms. */
export function liveSession(now: number): Session {
  const words = { tester: '', build: '', notes: '' };
  return { id: 'sample', name: '2026-01-01', startedAt: now - 80 * HOUR, endedAt: null, ...words };
}
