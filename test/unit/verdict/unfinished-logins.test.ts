import { expect, test, vi } from 'vitest';
import type { Observation } from '../../../utils/model/observation.ts';
import { Derivation } from '../../../utils/verdict/derivation.ts';
import { Journal } from '../../../utils/verdict/journal.ts';
import { reduce, replay } from '../../../utils/verdict/reduce.ts';
import { firstLogin, observe, repeatLogin, T0 } from '../fixtures.ts';

const UNKNOWN = { fact: { prompt: ['login'] } };

/** A first login that is not completed, or that and a repeat which may be of it, a second after the other. */
const unfinished = (i: number) => firstLogin(T0 + i * 1000, UNKNOWN);
const inDoubt = (i: number) => [...unfinished(i), ...repeatLogin(T0 + i * 1000 + 500, UNKNOWN)];

/** Labels the first of some logins, and returns how many there are. */
function labelFirst(observations: readonly Observation[], spy: () => void): number {
  const state = replay(observations);
  const [first = ''] = state.logins.keys();
  spy();
  const label = { type: 'label', login: first, label: 'alice' } as const;
  const at = T0 + observations.length * 1000;
  reduce(state, observe(label, at, { source: 'tester', site: null, tab: null }));
  return state.logins.size;
}

/** How often two logins are compared when the first of some unfinished logins, a second apart, is labelled. */
function comparisons(logins: number): number {
  const relationTo = vi.spyOn(Derivation.prototype, 'relationTo');
  const observations = Array.from({ length: logins }, (_, i) => unfinished(i)).flat();
  expect(labelFirst(observations, () => relationTo.mockClear())).toBe(logins);
  const count = relationTo.mock.calls.length;
  relationTo.mockRestore();
  return count;
}

/** How often something is changed when the first of some pairs of an unfinished login and one in doubt is labelled. */
function changes(pairs: number): number {
  const assign = vi.spyOn(Journal.prototype, 'assign');
  const observations = Array.from({ length: pairs }, (_, i) => inDoubt(i)).flat();
  expect(labelFirst(observations, () => assign.mockClear())).toBe(2 * pairs);
  const count = assign.mock.calls.length;
  assign.mockRestore();
  return count;
}

test('label on the first of many unfinished logins: the work grows with their number', () => {
  const [few, many] = [comparisons(500), comparisons(1000)];
  expect(few).toBeGreaterThan(0);
  expect(many / few).toBeLessThan(2.5);
});

test('label on the first of many logins in doubt: what changes grows with their number', () => {
  const [few, many] = [changes(100), changes(200)];
  expect(few).toBeGreaterThan(0);
  expect(many / few).toBeLessThan(2.5);
});
