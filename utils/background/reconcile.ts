import { setAlarm } from '../browser/alarm.ts';
import { showBadge } from '../browser/badge.ts';
import { canShowNotifications, showNotification } from '../browser/notifications.ts';
import { grantedSites, hasSiteAccess } from '../browser/site-access.ts';
import type { Observation } from '../model/observation.ts';
import { readSettings } from '../store/meta.ts';
import { claimNotices } from '../store/notices.ts';
import type { Db } from '../store/open.ts';
import { isPruneDue, prune } from '../store/retention.ts';
import type { LoginState } from '../verdict/login-state.ts';
import { summarizeLogins, type Alert } from '../verdict/summarize-logins.ts';
import { createObservation } from './create-observation.ts';
import type { Recorder } from './recorder.ts';

/**
 * Brings everything outside the database in line with it at an instant (epoch ms): recorded site access, retention,
 * badge, alerts, and the alarm that hints at the next change. Every trigger ends here; running it twice changes nothing.
 * Rejects where the database or the browser fails.
 */
export async function reconcile(recorder: Recorder, now: number): Promise<void> {
  // Recorded also where nothing changed: observations that wait outside the database are tried again.
  await recorder.record(await accessChanges(recorder, now));
  await pruneAll(recorder, now);
  await recorder.withStore((db, loginState) => showState(db, loginState, now));
}

/** Sites whose access has changed since it was last recorded. */
async function accessChanges(recorder: Recorder, now: number): Promise<Observation[]> {
  const granted = await grantedSites();
  const { known, loginSites } = await recorder.withStore(async (_db, { tracking, logins }) => ({
    known: tracking.sites,
    loginSites: [...logins.values()].flatMap((login) => login.site ?? []),
  }));
  const sites = [...new Set([...Object.keys(known), ...granted, ...loginSites])];
  const access = await Promise.all(sites.map(hasSiteAccess));
  return sites.flatMap((site, i) => {
    const watched = access[i] === true;
    if (watched === (known[site]?.watched ?? false)) return [];
    return [createObservation({ type: 'watch', watched }, 'browser', now, site)];
  });
}

/** Runs retention in steps, so that recording goes on in between. */
async function pruneAll(recorder: Recorder, now: number): Promise<void> {
  let from = (await recorder.withStore((db) => isPruneDue(db, now))) ? 0 : null;
  while (from !== null) {
    const start: number = from;
    from = await recorder.withStore((db, loginState) => prune(db, loginState, now, start));
  }
}

/** Shows the state of all logins in badge and alerts, and sets the alarm to its next change. */
async function showState(db: Db, loginState: LoginState, now: number): Promise<void> {
  const summary = summarizeLogins(loginState, now);
  await showBadge(summary, loginState.tracking.pausedAt);
  await showAlerts(db, summary.alerts, now);
  await setAlarm(summary.nextAt);
}

/** Shows the alerts that were not shown yet, where the tester wants them and the browser allows it. */
async function showAlerts(db: Db, alerts: readonly Alert[], now: number): Promise<void> {
  const { notifications } = await readSettings(db);
  if (!notifications || !(await canShowNotifications())) return;
  const ids = alerts.map((alert) => alert.id);
  const claimed = await claimNotices(db, ids, now);
  for (const alert of alerts) if (claimed.has(alert.id)) await showNotification(alert);
}
