import { expect, test } from 'vitest';
import { exchange, firstLogin, HOUR, me, T0 } from '../fixtures.ts';
import { judge } from './judge-history.ts';
import { mode } from './known-cases/known-case.ts';

test('call sent in time whose answer came after a night’s sleep: is late, but not surely', () => {
  const auto = mode('auto');
  const history = [
    auto,
    ...firstLogin(T0),
    exchange(T0 + 3400),
    me(T0 + 27 * HOUR, {}, { sentAt: T0 + 24 * HOUR - 10_000 }),
  ];
  expect(judge(history, 28)[0]).toMatchObject({ verdict: 'late', certainty: 'likely' });
  const sentLate = [...history.slice(0, -1), me(T0 + 27 * HOUR)];
  expect(judge(sentLate, 28)[0]).toMatchObject({ verdict: 'late', certainty: 'certain' });
});
