import { HEALTHY, type Health } from '../model/health.ts';
import { DEFAULT_SETTINGS, MAX_OBSERVATIONS, type Settings } from '../model/settings.ts';
import type { Db } from './open.ts';

/** The tester's settings by what is stored of them: defaults for what was never set, and no more kept than now may be. */
export function settingsOf(stored: unknown): Settings {
  const settings = { ...DEFAULT_SETTINGS, ...(stored as Partial<Settings> | undefined) };
  // An earlier version let more be kept.
  settings.retentionCount = Math.min(settings.retentionCount, MAX_OBSERVATIONS);
  return settings;
}

/** How recording fares by what is stored of it; well where nothing is. */
export const healthOf = (stored: unknown): Health => ({
  ...HEALTHY,
  ...(stored as Partial<Health> | undefined),
});

/** Reads the tester's settings. */
export async function readSettings(db: Db): Promise<Settings> {
  return settingsOf(await db.get('meta', 'settings'));
}

/** Stores the settings. */
export async function writeSettings(db: Db, settings: Settings): Promise<void> {
  await db.put('meta', settings, 'settings');
}

/** Reads how recording fares, as last stored. */
export async function readHealth(db: Db): Promise<Health> {
  return healthOf(await db.get('meta', 'health'));
}

/** The salt of user-id hashes, in hex; made on first use. Whoever asks at the same time gets the same. */
export async function readSalt(db: Db): Promise<string> {
  const known = (await db.get('meta', 'salt')) as string | undefined;
  if (known) return known;
  const tx = db.transaction('meta', 'readwrite');
  // Another page may have made it since.
  const meanwhile = (await tx.store.get('salt')) as string | undefined;
  const salt = meanwhile ?? randomSalt();
  await Promise.all([tx.store.put(salt, 'salt'), tx.done]);
  return salt;
}

/** Replaces the salt and returns the new one, in hex. Hashes made with the old one match no user id any more. */
export async function replaceSalt(db: Db): Promise<string> {
  const salt = randomSalt();
  await db.put('meta', salt, 'salt');
  return salt;
}

function randomSalt(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
}

/** Id of the last observation that came out of the queue of pending ones; undefined where none ever did. */
export async function readLastRestoredId(db: Db): Promise<string | undefined> {
  return (await db.get('meta', 'lastRestoredId')) as string | undefined;
}
