import { expect, test } from 'vitest';
import type { Observation } from '../../../utils/model/observation.ts';
import { MINUTE_MS } from '../../../utils/model/time.ts';
import { APP, exchange, firstLogin, HOUR, observe, T0 } from '../fixtures.ts';
import { judge } from './judge-history.ts';

const nowhere = { tab: null, site: null };
const setApp = (change: { linkMode?: 'auto'; windowMs?: number | null }, at: number) =>
  observe({ type: 'app', clientId: APP, ...change }, at, { source: 'tester', ...nowhere });

const afterRehearsal: Record<string, Observation[]> = {
  pause: [
    observe({ type: 'pause', paused: true }, T0 + 30 * MINUTE_MS, nowhere),
    setApp({ windowMs: null }, T0 + HOUR),
    observe({ type: 'pause', paused: false }, T0 + 20 * HOUR, nowhere),
  ],
  'site no longer watched': [
    observe({ type: 'watch', watched: false }, T0 + 30 * MINUTE_MS),
    setApp({ windowMs: null }, T0 + HOUR),
  ],
  loss: [
    observe({ type: 'loss' }, T0 + 30 * MINUTE_MS, nowhere),
    setApp({ windowMs: null }, T0 + HOUR),
  ],
};

test.each(Object.entries(afterRehearsal))(
  '%s after a rehearsal’s window that is then taken back: no sure miss',
  (_what, later) => {
    const history = [
      setApp({ linkMode: 'auto', windowMs: 10 * MINUTE_MS }, T0 - HOUR),
      ...firstLogin(T0),
      exchange(T0 + 4000),
      ...later,
    ];
    const [login] = judge(history, 30);
    expect([login?.verdict, login?.certainty]).not.toEqual(['missed', 'certain']);
  },
);

test('rehearsal that goes on: what was not seen after its window leaves the miss sure', () => {
  const history = [
    setApp({ linkMode: 'auto', windowMs: 10 * MINUTE_MS }, T0 - HOUR),
    ...firstLogin(T0),
    exchange(T0 + 4000),
    observe({ type: 'loss' }, T0 + 30 * MINUTE_MS, nowhere),
  ];
  expect(judge(history, 2)[0]).toMatchObject({ verdict: 'missed', certainty: 'certain' });
});
