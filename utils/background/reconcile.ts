import { browser } from 'wxt/browser';
import { summarizeLogins, type Alert } from '../verdict/summarize-logins.ts';
import type { Observation } from '../model/observation.ts';
import { readSettings } from '../store/meta.ts';
import type { Db } from '../store/open.ts';
import type { Recorder } from './recorder.ts';
import { isPruneDue, prune } from '../store/retention.ts';
import { showBadge } from '../browser/badge.ts';
import { canShowNotifications, showNotification } from '../browser/notifications.ts';
import { createObservation } from './create-observation.ts';
import { grantedSites, hasSiteAccess } from '../browser/site-access.ts';

export const ALARM = 'reconcile';

/** Sites whose access has changed since it was last recorded. */
async function accessChanges(recorder: Recorder, now: number): Promise<Observation[]> {
  const named = await grantedSites();
  const [known, ofLogins] = await recorder.withStore(async (_db, { tracking, logins }) => [
    tracking.sites,
    [...logins.values()].flatMap((l) => l.site ?? []),
  ]);
  const sites = [...new Set([...Object.keys(known), ...named, ...ofLogins])];
  const granted = await Promise.all(sites.map(hasSiteAccess));
  return sites.flatMap((site, i) => {
    const watched = granted[i] === true;
    if (watched === (known[site]?.watched ?? false)) return [];
    return [createObservation({ type: 'watch', watched }, 'browser', now, site)];
  });
}

/** The alerts that were not shown yet; they count as shown from now on. */
async function claim(db: Db, alerts: Alert[], now: number): Promise<Alert[]> {
  const tx = db.transaction('notices', 'readwrite');
  const fresh: Alert[] = [];
  for (const alert of alerts) {
    if (await tx.store.get(alert.id)) continue;
    await tx.store.put({ id: alert.id, at: now });
    fresh.push(alert);
  }
  await tx.done;
  return fresh;
}

/** Runs retention in steps, so that recording goes on in between. */
async function pruneAll(recorder: Recorder, now: number): Promise<void> {
  let from = (await recorder.withStore((db) => isPruneDue(db, now))) ? 0 : null;
  while (from !== null) {
    const at: number = from;
    from = await recorder.withStore((db, loginState) => prune(db, loginState, now, at));
  }
}

/**
 * Brings everything outside the database in line with it at an instant (epoch ms): recorded site access, retention,
 * badge, alerts, and the alarm that hints at the next change. Every trigger ends here; running it twice changes nothing.
 */
export async function reconcile(recorder: Recorder, now: number): Promise<void> {
  const changes = await accessChanges(recorder, now);
  // Also where nothing changed: what is held aside is tried again.
  await recorder.record(changes);
  await pruneAll(recorder, now);
  await recorder.withStore(async (db, loginState) => {
    const settings = await readSettings(db);
    const outlook = summarizeLogins(loginState, now);
    await showBadge(outlook, loginState.tracking.pausedAt);
    if (settings.notifications && (await canShowNotifications()))
      for (const alert of await claim(db, outlook.alerts, now)) await showNotification(alert);
    if (outlook.nextAt === null) await browser.alarms.clear(ALARM);
    else browser.alarms.create(ALARM, { when: outlook.nextAt });
  });
}
