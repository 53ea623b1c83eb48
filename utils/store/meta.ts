import { HEALTHY, type Health } from '../model/health.ts';
import type { Db } from './open.ts';
import { DEFAULT_SETTINGS, type Settings } from '../model/settings.ts';

/** The tester's settings, with defaults for what was never set. */
export async function readSettings(db: Db): Promise<Settings> {
  return { ...DEFAULT_SETTINGS, ...((await db.get('meta', 'settings')) as Partial<Settings>) };
}

/** Stores the settings. */
export async function writeSettings(db: Db, settings: Settings): Promise<void> {
  await db.put('meta', settings, 'settings');
}

/** How recording fares, as last stored. */
export async function readHealth(db: Db): Promise<Health> {
  return { ...HEALTHY, ...((await db.get('meta', 'health')) as Partial<Health>) };
}

/** The salt of user-id hashes, made on first use. */
export async function readSalt(db: Db): Promise<string> {
  const known = (await db.get('meta', 'salt')) as string | undefined;
  return known ?? replaceSalt(db);
}

/** Replaces the salt: hashes made before it can no longer be told from new ones. Returns the new one, hex. */
export async function replaceSalt(db: Db): Promise<string> {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const salt = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
  await db.put('meta', salt, 'salt');
  return salt;
}

/** Id of the last observation that came out of the queue of pending ones; undefined where none ever did. */
export async function readLastRestoredId(db: Db): Promise<string | undefined> {
  return (await db.get('meta', 'lastRestoredId')) as string | undefined;
}
