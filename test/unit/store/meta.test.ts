import { beforeEach, expect, test } from 'vitest';
import { HEALTHY } from '../../../utils/model/health.ts';
import {
  DEFAULT_SETTINGS,
  MAX_OBSERVATIONS,
  type Settings,
} from '../../../utils/model/settings.ts';
import {
  replaceSalt,
  readHealth,
  readSalt,
  readSettings,
  writeSettings,
} from '../../../utils/store/meta.ts';
import { readPopup } from '../../../utils/store/read-popup.ts';
import { freshProfile, onStore } from './database.ts';

beforeEach(freshProfile);

test('value that was never set has its default, also beside others that were', () =>
  onStore(async (db) => {
    expect(await readSettings(db)).toEqual(DEFAULT_SETTINGS);
    expect(await readHealth(db)).toEqual(HEALTHY);
    await writeSettings(db, { retentionDays: 7 } as Settings);
    expect(await readSettings(db)).toEqual({ ...DEFAULT_SETTINGS, retentionDays: 7 });
  }));

test('number kept that an earlier version let be set: no more than a report may hold', () =>
  onStore(async (db) => {
    await writeSettings(db, { ...DEFAULT_SETTINGS, retentionCount: 1_000_000 });
    expect(await readSettings(db)).toEqual({
      ...DEFAULT_SETTINGS,
      retentionCount: MAX_OBSERVATIONS,
    });
    const { data } = await readPopup(db, 0, null);
    expect(data.settings.retentionCount).toBe(MAX_OBSERVATIONS);
  }));

test('salt is made once, is 16 random bytes, and can be replaced', () =>
  onStore(async (db) => {
    const salt = await readSalt(db);
    expect(salt).toMatch(/^[\da-f]{32}$/);
    expect(await readSalt(db)).toBe(salt);
    const fresh = await replaceSalt(db);
    expect(fresh).not.toBe(salt);
    expect(await readSalt(db)).toBe(fresh);
  }));

test('salt that two answers need at once is the same for both: their user stays one', () =>
  onStore(async (db) => {
    const [one, other] = await Promise.all([readSalt(db), readSalt(db)]);
    expect(other).toBe(one);
    expect(await readSalt(db)).toBe(one);
  }));
