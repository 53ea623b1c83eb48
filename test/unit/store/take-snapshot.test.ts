import { beforeEach, expect, test } from 'vitest';
import { LOGIN_STATE_STORES, loadLoginState } from '../../../utils/store/login-state-store.ts';
import { isSnapshot, snapshotData } from '../../../utils/store/popup-snapshot.ts';
import { readPopup } from '../../../utils/store/read-popup.ts';
import { takeSnapshot } from '../../../utils/store/take-snapshot.ts';
import { exchange, firstLogin, HOUR, me, observe, repeatLogin, SITE, T0 } from '../fixtures.ts';
import { freshProfile, onStore, startWorker } from './database.ts';

beforeEach(freshProfile);

const NOW = T0 + 100 * HOUR;

const snapshot = () =>
  onStore(async (db) =>
    takeSnapshot(db, await loadLoginState(db.transaction(LOGIN_STATE_STORES)), NOW),
  );

/** Logins on sites of their own, so many before `NOW`. */
const logins = (count: number, from: number, name: string) =>
  Array.from({ length: count }, (_, i) => {
    const place = { site: `https://${name}${i}.test`, tab: `r:${name}${i}` };
    const at = NOW - from + i * 60_000;
    return [...firstLogin(at, place), exchange(at + 4000, place)];
  }).flat();

test('snapshot: the first of each list, all counted, as the popup would read them', async () => {
  await startWorker().record([
    observe({ type: 'watch', watched: true }, T0),
    ...repeatLogin(T0),
    ...firstLogin(T0 + HOUR),
    me(T0 + 2 * HOUR),
    ...logins(12, 10 * HOUR, 'open'),
    ...logins(11, 50 * HOUR, 'missed'),
  ]);
  const taken = await snapshot();
  const { data, rest } = await onStore(async (db) => {
    const reading = await readPopup(db, NOW, SITE);
    return { data: reading.data, rest: await reading.rest };
  });
  expect(taken?.counts).toEqual(rest.counts);
  expect(rest.counts).toMatchObject({ open: 12, attention: 11 });
  expect(taken && snapshotData(taken, SITE)).toEqual({
    ...data,
    open: data.open.slice(0, 8),
    attention: data.attention.slice(0, 8),
    counts: rest.counts,
  });
  expect(data.site).toEqual({ hasLogins: true, watchedSince: T0 });
  expect(taken && snapshotData(taken, 'https://other.test').site).toEqual({
    hasLogins: false,
    watchedSince: null,
  });
});

test('snapshot of a database without logins: none', async () => {
  await startWorker().record([observe({ type: 'watch', watched: true }, T0)]);
  expect(await snapshot()).toBeNull();
});

test('what another version has kept, or nothing: no snapshot', async () => {
  await startWorker().record(firstLogin(T0));
  const taken = await snapshot();
  expect(isSnapshot(structuredClone(taken))).toBe(true);
  expect(isSnapshot({ ...taken, version: 0 })).toBe(false);
  expect(isSnapshot(undefined)).toBe(false);
});
