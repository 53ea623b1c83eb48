import { expect, test } from 'vitest';
import { replay } from '../../../utils/verdict/reduce.ts';
import { firstLogin, observe, T0, token } from '../fixtures.ts';

/** A first login of a site, whose server reports that it exchanged the code. */
const reportedLogin = (site: string, at: number) => [
  ...firstLogin(at, { site, fact: { redirectUri: `${site}/cb` } }),
  observe(token(), at + 4000, { site, source: 'server' }),
];

const noLongerWatched = (site: string, at: number) =>
  observe({ type: 'watch', watched: false }, at, { site, tab: null });

test('hosts of many domains given up: a login has evidence of its own domain’s alone', () => {
  const loginState = replay([
    ...reportedLogin('https://page.shop.test', T0),
    ...reportedLogin('https://page.mall.test', T0 + 60_000),
    ...['shop', 'mall', 'bank', 'club'].map((name, n) =>
      noLongerWatched(`https://api.${name}.test`, T0 + 120_000 + n),
    ),
  ]);
  const handedOver = [...loginState.logins.values()].map((login) =>
    login.evidence.filter(({ what }) => what === 'host-unwatched').map(({ of }) => of),
  );
  expect(handedOver).toEqual([...loginState.logins.keys()].map((id) => [[id]]));
});
