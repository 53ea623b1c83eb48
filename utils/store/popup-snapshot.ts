import type { App } from '../model/app.ts';
import type { Health } from '../model/health.ts';
import type { Login } from '../model/login.ts';
import type { Settings } from '../model/settings.ts';
import { DB_VERSION } from './migrations.ts';
import type { Counts, PopupData } from './popup-data.ts';

/** What the popup shows until it has read the database: its first screen, as it stood at one moment. */
export interface PopupSnapshot {
  /** The version of the database that it was read from: the rows of another one may look different. */
  version: number;
  open: Login[];
  attention: Login[];
  counts: Counts;
  apps: App[];
  /** The watched sites: since when (epoch ms), and whether any login of the site is stored. */
  sites: Record<string, { since: number; hasLogins: boolean }>;
  pausedAt: number | null;
  settings: Settings;
  health: Health;
}

/** Whether something that was kept is a snapshot that this version of the extension can show. */
export function isSnapshot(kept: unknown): kept is PopupSnapshot {
  return (kept as PopupSnapshot | undefined)?.version === DB_VERSION;
}

/** What the popup shows of a snapshot for the current tab's site. */
export function snapshotData(snapshot: PopupSnapshot, site: string | null): PopupData {
  const { version: _version, apps, sites, ...lists } = snapshot;
  const watched = site === null ? undefined : sites[site];
  return {
    ...lists,
    unanswered: [],
    apps: new Map(apps.map((app) => [app.clientId, app])),
    site: { hasLogins: watched?.hasLogins ?? false, watchedSince: watched?.since ?? null },
    watched: new Set(Object.keys(sites)),
  };
}
