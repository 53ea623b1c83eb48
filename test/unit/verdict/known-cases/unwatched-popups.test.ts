import { describe, expect, test } from 'vitest';
import { readsLogins } from '../../../../utils/verdict/reads-logins.ts';
import { reduce, replay } from '../../../../utils/verdict/reduce.ts';
import { authorize, exchange, firstLogin, observe, T0 } from '../../fixtures.ts';
import { testCases } from './known-case.ts';
import { UNWATCHED_POPUPS } from './unwatched-popups.ts';

describe('a popup on a site that is not watched', () => {
  testCases(UNWATCHED_POPUPS);

  test.each(['is_popup', 'proxy'])('asked for with %s: its page needs stored logins', (param) => {
    const loginState = replay([...firstLogin(T0), exchange(T0 + 4000)]);
    const page = observe(
      authorize({ outcome: 'screen', params: ['client_id', param], watched: false }),
      T0 + 60_000,
      { tab: 'r:8', opener: 'r:2', site: 'https://mall.test' },
    );
    expect(reduce(loginState, page).logins.size).toBe(1);
    expect(readsLogins(page)).toBe(true);
  });
});
