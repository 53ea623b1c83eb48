import { isUntouched, type App } from '../model/app.ts';
import { HEALTHY } from '../model/health.ts';
import type { Observation, StoredObservation } from '../model/observation.ts';
import { replayObservations } from '../report/replay/replay-observations.ts';
import type { Records } from './read-records.ts';

/** The id of the one session of private windows. */
const SESSION = 'private';

/**
 * What was observed in private windows, in any order, as records that no database holds; `name` is their session's. Of
 * `apps`, those that are stored, what the tester set holds there as well.
 */
export function recordsOfPrivateWindows(
  observations: readonly Observation[],
  apps: readonly App[],
  name: string,
): Records {
  const [first, ...others] = observations.toSorted((a, b) => a.at - b.at);
  if (!first) return { ...replayed([]), sessions: [], health: HEALTHY };
  const known = apps.filter((app) => !isUntouched(app));
  const { loginState, rows } = replayed([
    ...known.map((app) => settingOf(app, first)),
    first,
    ...others,
  ]);
  const session = { id: SESSION, name, endedAt: null, tester: '', build: '', notes: '' };
  return { rows, sessions: [{ ...session, startedAt: first.at }], loginState, health: HEALTHY };
}

function replayed(observations: readonly Observation[]): Pick<Records, 'rows' | 'loginState'> {
  const { loginState, observations: placed } = replayObservations(observations);
  return { loginState, rows: placed.map((o): StoredObservation => ({ ...o, session: SESSION })) };
}

/** What the tester set for an app, as the fact that says so. */
function settingOf(app: App, first: Observation): Observation {
  return {
    type: 'app',
    clientId: app.clientId,
    linkMode: app.linkModeOverride,
    fixedUserId: app.fixedUserId,
    windowMs: app.windowMs,
    id: `setting-${app.clientId}`,
    at: first.at,
    source: 'tester',
    cookieStore: first.cookieStore,
    tab: null,
    opener: null,
    site: null,
  };
}
