import { expect, test } from 'vitest';
import { newApp } from '../../../utils/model/app.ts';
import { writeJson } from '../../../utils/report/formats/json.ts';
import { importReport } from '../../../utils/report/import/import-report.ts';
import { sessionReport } from '../../../utils/report/session-report.ts';
import { recordsOfPrivateWindows } from '../../../utils/store/private-window-records.ts';
import { APP, exchange, firstLogin, HOUR, me, T0 } from '../fixtures.ts';

const where = { cookieStore: 'firefox-private', tab: 'r:7' };
const login = [...firstLogin(T0, where), exchange(T0 + 4000, where), me(T0 + 5000, where)];
const generator = { name: 'Linkwatch', version: '0', browser: 'firefox' };

/** The report of private windows 30 hours after the login, with an app's settings. */
function report(apps: Parameters<typeof recordsOfPrivateWindows>[1] = []) {
  const records = recordsOfPrivateWindows(login.toReversed(), apps, 'Private windows');
  const [session] = records.sessions;
  if (!session) expect.unreachable();
  return sessionReport(records, session, { generator, at: T0 + 30 * HOUR });
}

test('logins of private windows: a report that can be saved and read again', () => {
  const written = report();
  expect(written.session).toMatchObject({ name: 'Private windows' });
  expect(written.logins).toMatchObject([{ verdict: 'complete', calls: [{ path: '/v2/user/me' }] }]);
  expect(written.counts).toMatchObject({ observations: login.length, logins: 1 });
  const text = writeJson(written);
  expect(writeJson(importReport(text).report)).toBe(text);
});

test('what the tester set for an app holds there too, and is in the report', () => {
  const manual = { ...newApp(APP), linkModeOverride: 'manual' as const };
  const [judged] = report([manual, newApp('other')]).logins;
  expect(judged).toMatchObject({ verdict: 'missed' });
  const settings = report([manual, newApp('other')]).observations.filter((o) => o.type === 'app');
  expect(settings).toHaveLength(1);
});

test('nothing was observed there: no session', () => {
  expect(recordsOfPrivateWindows([], [newApp(APP)], 'none')).toMatchObject({
    rows: [],
    sessions: [],
  });
});
