import { describe } from 'vitest';
import { exchange, firstLogin, observe, SITE, T0 } from '../../fixtures.ts';
import { after, mode, reported, testCases, type KnownCase } from './known-case.ts';

const API = 'https://api.shop.test';
const OTHER = 'https://m.shop.test';

/** A site is no longer watched, or is again. */
const watch = (at: number, site: string, watched = false) =>
  observe({ type: 'watch', watched }, at, { site, tab: null });

/** A first login whose code the site's server exchanges, as it reports. */
const reportedLogin = (at: number, site = SITE) => [
  firstLogin(at, { site, fact: { redirectUri: `${site}/cb` } }),
  reported(at + 4000, 'kakao;desc="POST /oauth/token 200"', { url: `${site}/cb`, page: site }),
];

/** First logins of a site whose server reports its calls, with no call that counts, beside a host that was given up. */
const UNWATCHED_HOSTS: KnownCase[] = [
  ...(
    [
      [
        'host of the domain given up before the login: the server may report by it',
        [watch(T0 - 1000, API), reportedLogin(T0)],
        'missed likely',
      ],
      [
        'host of the domain given up after the login: the server may report by it',
        [reportedLogin(T0), watch(after(1), API)],
        'missed likely',
      ],
      [
        'host of the domain given up after the window: nothing of it is missing',
        [reportedLogin(T0), watch(after(25), API)],
        'missed certain',
      ],
      [
        'host of the domain given up for a while, before the login: nothing is missing',
        [watch(after(-2), API), watch(after(-1), API, true), reportedLogin(T0)],
        'missed certain',
      ],
      [
        'host of another domain given up: not the login’s',
        [watch(T0 - 1000, 'https://api.mall.test'), reportedLogin(T0)],
        'missed certain',
      ],
      [
        'host of the domain given up, beside a page that exchanges its code itself: its calls are seen',
        [firstLogin(T0), exchange(T0 + 4000), watch(after(1), API)],
        'missed certain',
      ],
    ] as const
  ).map(([name, history, verdict]) => ({
    name,
    history: [mode('auto'), ...history.flat(2)],
    at: 30,
    logins: [{ verdict }],
  })),
  {
    name: 'site of the domain given up, on which people log in: it answers its own pages',
    history: [
      mode('auto'),
      ...reportedLogin(after(-72), OTHER).flat(),
      watch(T0 - 1000, OTHER),
      ...reportedLogin(T0).flat(),
    ],
    at: 30,
    logins: [{}, { verdict: 'missed certain' }],
  },
];

describe('a login of a site whose server reports, beside a host that is no longer watched', () => {
  testCases(UNWATCHED_HOSTS);
});
