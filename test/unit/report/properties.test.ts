import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reduce, replay } from '../../../utils/verdict/reduce.ts';
import { createLoginState } from '../../../utils/verdict/login-state.ts';
import type { Observation, AttributedObservation } from '../../../utils/model/observation.ts';
import { selectEvidence } from '../../../utils/report/select-evidence.ts';
import { verdictIn } from '../verdict/judge-history.ts';
import { HOUR, T0 } from '../fixtures.ts';
import { history } from '../verdict/random-histories.ts';

const keyOf = (text: string) => (text.includes('b.shop.test') ? 'key-b' : 'key-a');

test('whatever is left out of a report, its logins are judged the same', () => {
  let left = 0;
  fc.assert(
    fc.property(history(), fc.nat(), fc.boolean(), (observations, pick, oneApart) => {
      // Each site in tabs of its own; now and then the two sites share no app.
      const apart = (o: Observation): Observation => {
        const text = JSON.stringify(o);
        const tab = text.includes('b.shop.test') && o.tab ? `${o.tab}-b` : o.tab;
        return {
          ...JSON.parse(oneApart ? text.replaceAll(/"app-\d"/g, `"${keyOf(text)}"`) : text),
          tab,
        };
      };
      const loginState = createLoginState();
      const placed = observations.map((o): AttributedObservation => {
        const own = apart(o);
        const { loginId } = reduce(loginState, own);
        return { ...own, ...(loginId ? { loginId } : {}) };
      });
      const logins = [...loginState.logins.values()];
      const login = logins[pick % logins.length];
      // Logins of unknown apps count as one app's, wherever they are; a report does not follow that to other sites.
      if (!login || login.clientId === 'unknown') return;
      const chosen = selectEvidence(loginState, new Set([login.id]), placed, () => false);
      left += placed.length - chosen.length;
      const again = replay(chosen.map(({ loginId: _loginId, ...o }) => o as Observation));
      const judge = (l: typeof loginState, at: number) => {
        const found = l.logins.get(login.id) ?? expect.unreachable();
        return { kind: found.kind, kindBecause: found.kindBecause, ...verdictIn(l, found, at) };
      };
      for (const hours of [1, 30, 100])
        expect(judge(again, T0 + hours * HOUR)).toEqual(judge(loginState, T0 + hours * HOUR));
    }),
    { numRuns: 1000 },
  );
  expect(left).toBeGreaterThan(0);
});
