import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reduce, replay } from '../../../utils/verdict/reduce.ts';
import { createLoginState } from '../../../utils/verdict/login-state.ts';
import type { Observation, AttributedObservation } from '../../../utils/model/observation.ts';
import { selectEvidence } from '../../../utils/report/select-evidence.ts';
import { verdictIn } from '../verdict/judge-history.ts';
import { firstLogin, HOUR, observe, T0 } from '../fixtures.ts';
import { history } from '../verdict/random-histories.ts';

const keyOf = (text: string) => (text.includes('b.shop.test') ? 'key-b' : 'key-a');

test('logins are judged the same on the selected evidence alone', () => {
  let leftOut = 0;
  fc.assert(
    fc.property(history(), fc.nat(), fc.boolean(), (observations, pick, separateApps) => {
      // Each site has tabs of its own, and with `separateApps` the two sites share no app.
      const separate = (o: Observation): Observation => {
        const text = JSON.stringify(o);
        const tab = text.includes('b.shop.test') && o.tab ? `${o.tab}-b` : o.tab;
        return {
          ...JSON.parse(separateApps ? text.replaceAll(/"app-\d"/g, `"${keyOf(text)}"`) : text),
          tab,
        };
      };
      const loginState = createLoginState();
      const attributed = observations.map((o): AttributedObservation => {
        const own = separate(o);
        const { loginId } = reduce(loginState, own);
        return { ...own, ...(loginId ? { loginId } : {}) };
      });
      const logins = [...loginState.logins.values()];
      const login = logins[pick % logins.length];
      // The reducer takes all unknown apps for one; the selection does not follow that to other sites.
      if (!login || login.clientId === 'unknown') return;
      const chosen = selectEvidence(loginState, new Set([login.id]), attributed, () => false);
      leftOut += attributed.length - chosen.length;
      const again = replay(chosen.map(({ loginId: _loginId, ...o }) => o as Observation));
      const judge = (l: typeof loginState, at: number) => {
        const found = l.logins.get(login.id) ?? expect.unreachable();
        return { kind: found.kind, kindBecause: found.kindBecause, ...verdictIn(l, found, at) };
      };
      for (const hours of [1, 30, 100])
        expect(judge(again, T0 + hours * HOUR)).toEqual(judge(loginState, T0 + hours * HOUR));
    }),
    { numRuns: 500 },
  );
  expect(leftOut).toBeGreaterThan(0);
});

test('a loss shortly before a login is part of its evidence', () => {
  const observations = [
    observe({ type: 'loss' }, T0, { tab: null, site: null }),
    ...firstLogin(T0 + 1000),
  ];
  const loginState = createLoginState();
  const attributed = observations.map((o): AttributedObservation => {
    const { loginId } = reduce(loginState, o);
    return { ...o, ...(loginId ? { loginId } : {}) };
  });
  const chosen = selectEvidence(
    loginState,
    new Set(loginState.logins.keys()),
    attributed,
    () => false,
  );
  expect(chosen.map((o) => o.id)).toEqual(observations.map((o) => o.id));
});
