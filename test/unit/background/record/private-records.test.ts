import { expect, test } from 'vitest';
import { createPrivateRecords } from '../../../../utils/background/record/private-records.ts';
import { appOf } from '../../../../utils/model/app.ts';
import { verdictOf } from '../../../../utils/verdict/decide/verdict.ts';
import { exchange, firstLogin, HOUR, me, T0 } from '../../fixtures.ts';
import { memoryPrivateStorage } from '../session-memory.ts';

const where = { cookieStore: 'firefox-private' };

test('more than is kept: a loss is kept last, and no miss of a login is certain', async () => {
  const storage = memoryPrivateStorage();
  const records = createPrivateRecords(storage, () => {});
  const others = Array.from({ length: 1995 }, (_, i) => me(T0 + i, { ...where, tab: 'r:9' }));
  const login = [...firstLogin(T0 + HOUR, where), exchange(T0 + HOUR + 4000, where)];
  await records.add([...others, ...login]);
  await records.add([me(T0 + HOUR + 5000, where), me(T0 + HOUR + 6000, where)]);
  expect(storage.observations).toHaveLength(2000);
  expect(storage.observations.at(-1)).toMatchObject({ type: 'loss', leftOut: 'logins' });
  const apps = new Map(storage.made?.apps.map((app) => [app.clientId, app]));
  const [made] = storage.made?.logins ?? [];
  const verdict = made && verdictOf(made, appOf({ apps }, made.clientId), T0 + 26 * HOUR);
  expect(verdict).toMatchObject({ verdict: 'missed', certainty: 'likely', doubt: 'lost' });
});
