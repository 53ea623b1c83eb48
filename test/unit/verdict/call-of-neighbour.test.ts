import { expect, test } from 'vitest';
import { api, exchange, firstLogin, HOUR, me, observe, repeatLogin, T0 } from '../fixtures.ts';
import { judge, type Steps } from './judge-history.ts';
import { mode } from './known-cases/known-case.ts';

const auto = mode('auto');
/** A page on another host of the login's domain. */
const app = { site: 'https://app.shop.test' };
const first = (history: Steps) => {
  const [judged] = judge([auto, firstLogin(T0), exchange(T0 + 4000), ...history], 50);
  return judged && [judged.verdict, judged.certainty];
};

test('call of another host of the domain, in the login’s tab: no sure miss', () => {
  expect(first([me(T0 + 5000, app)])).toEqual(['complete', 'likely']);
  expect(first([me(T0 + 5000, { ...app, source: 'server' })])).toEqual(['complete', 'likely']);
});

test('token that another host of the domain may have handed over, in the login’s tab: no sure miss', () => {
  const handed = (where: object) => observe({ type: 'token-handed' }, T0 + 5000, where);
  expect(first([handed(app)])).toEqual(['missed', 'likely']);
  expect(first([handed({ site: 'https://mall.test' })])).toEqual(['missed', 'certain']);
});

test('unlink of another host of the domain: perhaps this link’s', () => {
  const unlink = observe(api('/v1/user/unlink', 200, { method: 'POST' }), T0 + HOUR, app);
  expect(first([me(T0 + 5000), unlink])).toEqual(['complete', 'certain']);
  expect(first([unlink])).not.toContain('certain');
});

test('short domain under two letters: its hosts are of one domain', () => {
  const at = (host: string) => ({ site: `https://${host}.abc.io` });
  const login = firstLogin(T0, { ...at('www'), fact: { redirectUri: `${at('www').site}/cb` } });
  const history = [auto, login, exchange(T0 + 4000, at('www')), me(T0 + 5000, at('app'))];
  expect(judge(history, 50)[0]).toMatchObject({ verdict: 'complete', certainty: 'likely' });
});

test('call of another domain, or of another tab: not this login’s', () => {
  expect(first([me(T0 + 5000, { site: 'https://mall.test' })])).toEqual(['missed', 'certain']);
  expect(first([me(T0 + 5000, { ...app, tab: 'r:9' })])).toEqual(['missed', 'certain']);
});

test('host with a login of its own: the call is of that one', () => {
  const own = repeatLogin(T0 + HOUR, { ...app, fact: { redirectUri: `${app.site}/cb` } });
  const calls = [exchange(T0 + HOUR + 1000, app), me(T0 + HOUR + 2000, app)];
  expect(first([...own, ...calls])?.[0]).toBe('complete');
});
