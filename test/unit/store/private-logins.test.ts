import { beforeEach, expect, test } from 'vitest';
import { withPrivateDone, withPrivateLogins } from '../../../utils/store/private-logins.ts';
import { readPopup } from '../../../utils/store/read-popup.ts';
import { replay } from '../../../utils/verdict/reduce.ts';
import {
  APP,
  exchange,
  firstLogin,
  HOUR,
  me,
  observe,
  repeatLogin,
  SITE,
  T0,
} from '../fixtures.ts';
import { freshProfile, onStore, startWorker } from './database.ts';

beforeEach(freshProfile);

/** A login in the window, one whose window has passed, one complete and one repeat, all in private windows. */
const hidden = () => {
  const where = { cookieStore: 'firefox-private' };
  const { logins, apps } = replay([
    ...firstLogin(T0, { ...where, tab: 'r:7' }),
    ...firstLogin(T0 + 20 * HOUR, { ...where, tab: 'r:8' }),
    ...firstLogin(T0 + 24 * HOUR, { ...where, tab: 'r:9' }),
    exchange(T0 + 24 * HOUR + 4000, { ...where, tab: 'r:9' }),
    me(T0 + 24 * HOUR + 5000, { ...where, tab: 'r:9' }),
    ...repeatLogin(T0 + 25 * HOUR, where),
  ]);
  return { logins: [...logins.values()], apps: [...apps.values()] };
};
const now = T0 + 26 * HOUR;

test('logins of private windows: listed and counted among those stored', async () => {
  await startWorker().record(firstLogin(T0 + 10 * HOUR));
  const made = hidden();
  const { data, rest } = await onStore(async (db) => {
    const reading = withPrivateLogins(await readPopup(db, now, SITE), made, now, SITE);
    return { ...reading, rest: await reading.rest };
  });
  const [old, open] = made.logins.map((login) => login.id);
  expect(data.open.map((l) => l.loggedInAt - T0)).toEqual([10 * HOUR + 3000, 20 * HOUR + 3000]);
  expect(data.open[1]?.id).toBe(open);
  expect(data.attention.map((l) => l.id)).toEqual([old]);
  expect(rest.counts).toEqual({ open: 2, attention: 1, done: 2 });
  expect(data.site.hasLogins).toBe(true);
  expect(withPrivateDone([], made, now).map((l) => l.kind)).toEqual(['repeat', 'first']);
});

test('what the tester set for an app holds for its logins in private windows', async () => {
  const manual = observe({ type: 'app', clientId: APP, linkMode: 'manual' }, T0, {
    source: 'tester',
  });
  await startWorker().record([manual]);
  const { data } = await onStore(async (db) =>
    withPrivateLogins(await readPopup(db, now, null), hidden(), now, null),
  );
  expect(data.apps.get(APP)?.linkModeOverride).toBe('manual');
  expect(data.open).toHaveLength(2);
});

test('site whose logins are all stored: it has some, whatever private windows show', async () => {
  await startWorker().record(firstLogin(T0));
  const none = { logins: [], apps: [] };
  const { data } = await onStore(async (db) =>
    withPrivateLogins(await readPopup(db, now, SITE), none, now, SITE),
  );
  expect(data.site.hasLogins).toBe(true);
});

test('instant of the deadline of a private login: still inside the window', async () => {
  const made = hidden();
  const listsAt = (at: number) =>
    onStore(async (db) => {
      const { data } = withPrivateLogins(await readPopup(db, at, null), made, at, null);
      return [data.open.length, data.attention.length];
    });
  const deadline = T0 + 3000 + 24 * HOUR;
  expect(await listsAt(deadline)).toEqual([2, 0]);
  expect(await listsAt(deadline + 1)).toEqual([1, 1]);
});
