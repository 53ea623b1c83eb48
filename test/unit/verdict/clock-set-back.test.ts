import { expect, test } from 'vitest';
import { exchange, firstLogin, HOUR, me, T0 } from '../fixtures.ts';
import { judge } from './judge-history.ts';

test('clock set back while a call is on its way: it is of neither login for certain', () => {
  const history = [
    ...firstLogin(T0 - HOUR),
    exchange(T0 - HOUR + 4000),
    ...firstLogin(T0 + 47_000),
    exchange(T0 + 51_000),
    // It was sent before the second login ended, by a clock that then went back by a minute.
    me(T0 + 55_000, { tab: 'r:2' }, { sentAt: T0 + 100_000 }),
  ];
  for (const said of judge(history, 26)) expect(said.certainty).toBe('likely');
});
