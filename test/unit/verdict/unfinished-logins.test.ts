import { expect, test, vi } from 'vitest';
import { Derivation } from '../../../utils/verdict/derivation.ts';
import { reduce, replay } from '../../../utils/verdict/reduce.ts';
import { firstLogin, observe, T0 } from '../fixtures.ts';

/** How often two logins are compared when the first of some unfinished logins, a second apart, is labelled. */
function comparisons(logins: number): number {
  const observations = Array.from({ length: logins }, (_, i) =>
    firstLogin(T0 + i * 1000, { fact: { prompt: ['login'] } }),
  ).flat();
  const state = replay(observations);
  const [first = ''] = state.logins.keys();
  expect(state.logins.size).toBe(logins);
  const relationTo = vi.spyOn(Derivation.prototype, 'relationTo');
  const label = { type: 'label', login: first, label: 'alice' } as const;
  reduce(state, observe(label, T0 + logins * 1000, { source: 'tester', site: null, tab: null }));
  const count = relationTo.mock.calls.length;
  relationTo.mockRestore();
  return count;
}

test('label on the first of many unfinished logins: the work grows with their number', () => {
  const [few, many] = [comparisons(500), comparisons(1000)];
  expect(few).toBeGreaterThan(0);
  expect(many / few).toBeLessThan(2.5);
});
