import { expect, test } from 'vitest';
import type { Observation } from '../../../../utils/model/observation.ts';
import { MINUTE_MS } from '../../../../utils/model/time.ts';
import { writeJson } from '../../../../utils/report/formats/json.ts';
import { importReport } from '../../../../utils/report/import/import-report.ts';
import { mergeReports } from '../../../../utils/report/merge/merge-reports.ts';
import { replayObservations } from '../../../../utils/report/replay/replay-observations.ts';
import { sessionReport } from '../../../../utils/report/session-report.ts';
import { APP, exchange, firstLogin, HOUR, me, repeatLogin, T0 } from '../../fixtures.ts';
import { mode } from '../../verdict/known-cases/known-case.ts';

const generator = { name: 'Linkwatch', version: '0', browser: 'chrome' };
const place = { site: 'https://y.other.test', tab: 'r:2' };
const other = { ...place, fact: { clientId: 'js-key-0002', redirectUri: `${place.site}/cb` } };
const TUESDAY = T0 + 20 * HOUR;

/** One session's report, as the extension writes it at an instant. */
function reportOf(history: readonly Observation[], id: 'monday' | 'tuesday', at: number) {
  const { loginState, observations } = replayObservations(history.filter((o) => o.at <= at));
  const blank = { tester: '', build: '', notes: '' };
  const sessions = [
    { id: 'monday', name: 'Monday', startedAt: T0 - HOUR, endedAt: TUESDAY, ...blank },
    { id: 'tuesday', name: 'Tuesday', startedAt: TUESDAY, endedAt: null, ...blank },
  ];
  const rows = observations.map((o, i) =>
    Object.assign({ ...o }, { seq: i + 1, session: o.at < TUESDAY ? 'monday' : 'tuesday' }),
  );
  const session = sessions.find((each) => each.id === id) ?? expect.unreachable();
  const records = { loginState, rows, sessions, health: { dropped: 0 } };
  const options = { generator, at, wholeClientIds: true };
  return importReport(writeJson(sessionReport(records, session, options)));
}

test('later report of the same browser that is about another site: no sure miss of the first', () => {
  const history = [
    mode('auto'),
    ...firstLogin(T0),
    exchange(T0 + 4000),
    ...firstLogin(T0 + 10 * MINUTE_MS, other),
    exchange(T0 + 10 * MINUTE_MS + 4000, place),
    me(T0 + 10 * MINUTE_MS + 5000, place),
    // In neither of the reports: the one ends before it, and the other is of another site.
    me(T0 + 6 * HOUR),
    ...repeatLogin(T0 + 26 * HOUR, other),
    exchange(T0 + 26 * HOUR + 2000, place),
  ];
  const monday = reportOf(history, 'monday', T0 + 2 * HOUR);
  const tuesday = reportOf(history, 'tuesday', T0 + 27 * HOUR);
  const [login] = mergeReports([monday, tuesday]).report.logins;
  expect(login).toMatchObject({ clientId: APP });
  expect([login?.verdict, login?.verdictCertainty]).not.toEqual(['missed', 'certain']);
});
