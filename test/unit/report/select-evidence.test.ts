import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Observation, AttributedObservation } from '../../../utils/model/observation.ts';
import { selectEvidence } from '../../../utils/report/select-evidence.ts';
import { reduce, replay } from '../../../utils/verdict/reduce.ts';
import { createLoginState } from '../../../utils/verdict/state/login-state.ts';
import {
  HOUR,
  T0,
  authorize,
  exchange,
  firstLogin,
  me,
  observe,
  repeatLogin,
} from '../fixtures.ts';
import { judgeAt, verdictIn } from '../verdict/judge-history.ts';
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

/** Reduces observations one by one and notes to which login each belongs. */
function attribute(observations: readonly Observation[]) {
  const loginState = createLoginState();
  const attributed = observations.map((o): AttributedObservation => {
    const { loginId } = reduce(loginState, o);
    return { ...o, ...(loginId ? { loginId } : {}) };
  });
  return { loginState, attributed };
}

test('a loss shortly before a login is part of its evidence', () => {
  const observations = [
    observe({ type: 'loss' }, T0, { tab: null, site: null }),
    ...firstLogin(T0 + 1000),
  ];
  const { loginState, attributed } = attribute(observations);
  const all = new Set(loginState.logins.keys());
  const chosen = selectEvidence(loginState, all, attributed, () => false);
  expect(chosen.map((o) => o.id)).toEqual(observations.map((o) => o.id));
});

test('a call of a login that retention has removed is no evidence: it would pass for another’s', () => {
  const open = firstLogin(T0);
  const other = firstLogin(T0 + HOUR);
  const call = me(T0 + HOUR + 5000);
  const all = [...open, exchange(T0 + 4000), ...other, exchange(T0 + HOUR + 4000), call];
  const { loginState, attributed } = attribute(all);
  const gone = other[2]?.id ?? '';
  const left = attributed.filter((o) => o.id !== gone);
  loginState.logins.delete(gone);
  const chosen = selectEvidence(loginState, new Set([open[2]?.id ?? '']), left, () => true);
  expect(judgeAt(chosen, T0 + 30 * HOUR)[0]?.verdict).toBe('missed');
});

test('login by another key and domain whose calls nobody saw: the doubt stays', () => {
  const fact = { clientId: 'ffff0000ffff0000', redirectUri: 'https://two.test/cb' };
  const unseen = repeatLogin(T0 + HOUR, { site: 'https://two.test', tab: 'r:9', fact });
  const first = firstLogin(T0);
  const { loginState, attributed } = attribute([...first, exchange(T0 + 4000), ...unseen]);
  const chosen = selectEvidence(loginState, new Set([first[2]?.id ?? '']), attributed, () => false);
  const judgedIn = (observations: readonly Observation[]) =>
    judgeAt(observations, T0 + 30 * HOUR)[0];
  const doubted = { verdict: 'missed', doubt: 'other-login-unseen' };
  expect(judgedIn(attributed)).toMatchObject(doubted);
  expect(judgedIn(chosen)).toMatchObject(doubted);
});

test('popup of another key and domain that may have found the link: the doubt stays', () => {
  const there = { site: 'https://two.test', tab: 'r:9' };
  const first = [...firstLogin(T0), exchange(T0 + 4000)];
  const screen = authorize({
    clientId: 'ffff0000ffff0000',
    redirectUri: 'kakaojs',
    params: ['proxy'],
    status: 200,
    outcome: 'screen',
  });
  const popup = [
    observe({ type: 'frame' }, T0 + HOUR, there),
    observe(screen, T0 + HOUR + 10, there),
    me(T0 + 2 * HOUR + 5000, { tab: 'r:9', site: null }, { inFrame: true }),
  ];
  const { loginState, attributed } = attribute([...first, ...popup]);
  const chosen = selectEvidence(loginState, new Set([first[2]?.id ?? '']), attributed, () => false);
  const judgedIn = (observations: readonly Observation[]) =>
    judgeAt(observations, T0 + 30 * HOUR)[0];
  expect(judgedIn(attributed)?.certainty).toBe('likely');
  expect(judgedIn(chosen)).toEqual(judgedIn(attributed));
});

test('host of the domain given up before the login: the doubt stays', () => {
  const watch = ['https://api.shop.test', 'https://two.test'].map((site) =>
    observe({ type: 'watch', watched: false }, T0 - HOUR, { tab: null, site }),
  );
  const first = [...firstLogin(T0), exchange(T0 + 4000, { source: 'server' })];
  const { loginState, attributed } = attribute([...watch, ...first]);
  const chosen = selectEvidence(loginState, new Set([first[2]?.id ?? '']), attributed, () => false);
  const judgedIn = (observations: readonly Observation[]) =>
    judgeAt(observations, T0 + 30 * HOUR)[0];
  expect(judgedIn(attributed)).toMatchObject({ verdict: 'missed', doubt: 'host-unwatched' });
  expect(judgedIn(chosen)).toEqual(judgedIn(attributed));
  expect(JSON.stringify(chosen)).not.toContain('two.test');
});

test('a login by another key on another domain whose calls were all seen is left out', () => {
  const site = 'https://two.test';
  const fact = { clientId: 'ffff0000ffff0000', redirectUri: `${site}/cb` };
  const seen = firstLogin(T0 + HOUR, { site, tab: 'r:9', fact });
  const first = firstLogin(T0);
  const token = exchange(T0 + HOUR + 4000, { site, tab: 'r:9' });
  const { loginState, attributed } = attribute([...first, exchange(T0 + 4000), ...seen, token]);
  const chosen = selectEvidence(loginState, new Set([first[2]?.id ?? '']), attributed, () => false);
  expect(JSON.stringify(chosen)).not.toContain('two.test');
});
