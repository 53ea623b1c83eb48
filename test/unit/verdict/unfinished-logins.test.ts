import { expect, test, vi } from 'vitest';
import type { Observation } from '../../../utils/model/observation.ts';
import { Derivation } from '../../../utils/verdict/derive/derivation.ts';
import { Journal } from '../../../utils/verdict/derive/journal.ts';
import { reduce, replay } from '../../../utils/verdict/reduce.ts';
import { api, firstLogin, observe, repeatLogin, T0, token } from '../fixtures.ts';
import { judge } from './judge-history.ts';

const UNKNOWN = { fact: { prompt: ['login'] } };

/** A first login that is not completed, or that and a repeat which may be of it, a second after the other. */
const unfinished = (i: number) => firstLogin(T0 + i * 1000, UNKNOWN);
const inDoubt = (i: number) => [...unfinished(i), ...repeatLogin(T0 + i * 1000 + 500, UNKNOWN)];

const times = (count: number, steps: (i: number) => Observation[]): Observation[] =>
  Array.from({ length: count }, (_, i) => steps(i)).flat();

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

/** How often two logins are compared when the first of some is labelled. */
function comparisons(observations: readonly Observation[], logins: number): number {
  const relationTo = vi.spyOn(Derivation.prototype, 'relationTo');
  expect(labelFirst(observations, () => relationTo.mockClear())).toBe(logins);
  const count = relationTo.mock.calls.length;
  relationTo.mockRestore();
  return count;
}

/** How often something is changed when the first of some pairs of an unfinished login and one in doubt is labelled. */
function changes(pairs: number): number {
  const assign = vi.spyOn(Journal.prototype, 'assign');
  const observations = times(pairs, inDoubt);
  expect(labelFirst(observations, () => assign.mockClear())).toBe(2 * pairs);
  const count = assign.mock.calls.length;
  assign.mockRestore();
  return count;
}

test('label on the first of many unfinished logins: the work grows with their number', () => {
  const of = (logins: number) => comparisons(times(logins, unfinished), logins);
  const [few, many] = [of(500), of(1000)];
  expect(few).toBeGreaterThan(0);
  expect(many / few).toBeLessThan(2.5);
});

test('label on the first of many logins in doubt: what changes grows with their number', () => {
  const [few, many] = [changes(100), changes(200)];
  expect(few).toBeGreaterThan(0);
  expect(many / few).toBeLessThan(2.5);
});

test('label on the first of many logins in doubt: comparisons grow with their number', () => {
  const of = (pairs: number) => comparisons(times(pairs, inDoubt), 2 * pairs);
  const [few, many] = [of(600), of(1200)];
  expect(few).toBeGreaterThan(0);
  expect(many / few).toBeLessThan(2.5);
});

test('unfinished login, many repeats, a call of the last: it may be of its account', () => {
  const seen = (i: number) => [...inDoubt(i), observe(token(), T0 + i * 1000 + 900)];
  const own = [...unfinished(0), observe(token(), T0 + 400)];
  const crowd = [...own, ...times(300, (i) => seen(i + 1))];
  const call = observe(api('/v2/user/me'), T0 + 400_000);
  expect(judge([...crowd, call], 30)[0]).toMatchObject({ certainty: 'likely' });
  expect(judge(own, 30)[0]).toMatchObject({ verdict: 'missed', certainty: 'certain' });
});
