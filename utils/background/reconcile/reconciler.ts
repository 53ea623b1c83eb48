import { setAlarm } from '../../browser/alarm.ts';
import { showBadge } from '../../browser/badge.ts';
import { canShowNotifications, showNotification } from '../../browser/notifications.ts';
import type { Observation } from '../../model/observation.ts';
import { MINUTE_MS } from '../../model/time.ts';
import { originOf } from '../../model/url.ts';
import { readSettings } from '../../store/meta.ts';
import { claimNotices } from '../../store/notices.ts';
import { StoreProblem, type Db } from '../../store/open.ts';
import { isPruneDue, prune, PRUNE_START, type PrunePlace } from '../../store/retention.ts';
import { summarizeLogins, type Alert } from '../../verdict/decide/summarize-logins.ts';
import type { LoginState } from '../../verdict/state/login-state.ts';
import { createObservation } from '../record/create-observation.ts';
import type { PrivateRecords } from '../record/private-records.ts';
import type { Recorder } from '../record/recorder.ts';
import type { KnownAccess } from '../traffic/known-access.ts';

/** How long retention is not asked for again. */
const PRUNE_PAUSE_MS = 10 * MINUTE_MS;

/** Brings everything outside the database in line with it. */
export interface Reconciler {
  /**
   * Does so at an instant (epoch ms): recorded site access, retention, badge, alerts, and the alarm that hints at the next
   * change. Every trigger ends here; running it twice changes nothing. Rejects where the database or the browser fails.
   */
  reconcile(now: number): Promise<void>;
  /** Forgets what was asked and shown: access may have changed, or the alarm gone off. */
  forget(): void;
}

/** Makes a reconciler. What it has asked and shown already it remembers, as nobody else changes it. */
export function createReconciler(
  recorder: Recorder,
  access: KnownAccess,
  privateRecords: PrivateRecords,
): Reconciler {
  const display = createDisplay();
  /** How many logins there were when access to their sites was compared; null where it has to be compared anew. */
  let comparedLogins: number | null = null;
  let pruneAskedAt = -Infinity;

  const bringInLine = async (now: number) => {
    const logins = await recorder.withStore(async (_db, loginState) => loginState.logins.size);
    const isNew = comparedLogins !== logins;
    // Recorded also where nothing changed: observations that wait outside the database are tried again.
    const changes = isNew ? await accessChanges(recorder, access, now) : [];
    await Promise.all([recorder.record(changes), privateRecords.addCommon(changes)]);
    comparedLogins = logins;
    if (now < pruneAskedAt || now - pruneAskedAt > PRUNE_PAUSE_MS) {
      await pruneAll(recorder, now);
      pruneAskedAt = now;
    }
    const hasProblem = recorder.health().problem !== null;
    await recorder.withStore((db, loginState) => display.show(db, loginState, now, hasProblem));
  };

  return {
    async reconcile(now) {
      try {
        await bringInLine(now);
      } catch (error) {
        if (error instanceof StoreProblem) await display.showProblem();
        throw error;
      }
    },
    forget() {
      access.forget();
      display.forget();
      comparedLogins = null;
      pruneAskedAt = -Infinity;
    },
  };
}

/** Sites whose access has changed since it was last recorded. */
async function accessChanges(
  recorder: Recorder,
  access: KnownAccess,
  now: number,
): Promise<Observation[]> {
  const granted = await access.granted();
  const { known, loginSites } = await recorder.withStore(async (_db, { tracking, logins }) => ({
    known: tracking.sites,
    loginSites: [...logins.values()].flatMap(({ site, redirectUri }) =>
      [site, originOf(redirectUri)].filter((origin) => origin !== null),
    ),
  }));
  const sites = [...new Set([...Object.keys(known), ...granted, ...loginSites])];
  const isWatched = await Promise.all(sites.map((site) => access.has(site)));
  return sites.flatMap((site, i) => {
    const watched = isWatched[i] === true;
    if (watched === (known[site]?.watched ?? false)) return [];
    return [createObservation({ type: 'watch', watched }, 'browser', now, { site })];
  });
}

/** Runs retention in steps, so that recording goes on in between. */
async function pruneAll(recorder: Recorder, now: number): Promise<void> {
  let place = (await recorder.withTracking((db) => isPruneDue(db, now))) ? PRUNE_START : null;
  while (place) {
    const start: PrunePlace = place;
    place = await recorder.withStore((db, loginState) => prune(db, loginState, now, start));
  }
}

const NO_LOGINS = {
  count: { pending: 0, missed: 0, unseen: 0, late: 0, unanswered: 0 },
  rehearsal: false,
};

/** What the browser shows of the logins: badge, alerts, and the alarm. Only what differs from before is set. */
function createDisplay() {
  let badge: string | null = null;
  let alarm: number | null | undefined;

  const showNewBadge: typeof showBadge = async ({ count, rehearsal }, pausedAt, hasProblem) => {
    const next = JSON.stringify([count, rehearsal, pausedAt !== null, hasProblem]);
    if (next === badge) return;
    await showBadge({ count, rehearsal }, pausedAt, hasProblem);
    badge = next;
  };
  const setNewAlarm = async (at: number | null) => {
    if (at === alarm) return;
    await setAlarm(at);
    alarm = at;
  };

  return {
    async show(db: Db, loginState: LoginState, now: number, hasProblem: boolean): Promise<void> {
      const summary = summarizeLogins(loginState, now);
      await showNewBadge(summary, loginState.tracking.pausedAt, hasProblem);
      if (summary.alerts.length) await showAlerts(db, summary.alerts, now);
      await setNewAlarm(summary.nextAt);
    },
    /** Shows that the database cannot be used, so that no login is known. */
    showProblem: () => showNewBadge(NO_LOGINS, null, true),
    forget() {
      badge = null;
      alarm = undefined;
    },
  };
}

/** Shows the alerts that were not shown yet, where the tester wants them and the browser allows it. */
async function showAlerts(db: Db, alerts: readonly Alert[], now: number): Promise<void> {
  const { notifications } = await readSettings(db);
  if (!notifications || !(await canShowNotifications())) return;
  const ids = alerts.map((alert) => alert.id);
  const claimed = await claimNotices(db, ids, now);
  for (const alert of alerts) if (claimed.has(alert.id)) await showNotification(alert);
}
