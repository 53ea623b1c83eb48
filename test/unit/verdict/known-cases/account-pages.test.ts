import { describe } from 'vitest';
import { SITE, T0 } from '../../fixtures.ts';
import {
  ACCOUNTS,
  callWith,
  file,
  harFirstLogin,
  harRepeat,
  onPage,
  readAsFile,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { after, mode, testCases, type KnownCase } from './known-case.ts';

const FIRST_TOKEN = 'fQ3vZp9xYb7Lr2TnWc5Hs8Jd1Fg4Mq6AAAAQo9dRsAAAGTab';
const SECOND_TOKEN = 'sQ3vZp9xYb7Lr2TnWc5Hs8Jd1Fg4Mq6AAAAQo9dRsAAAGTab';
const ON_WAY = `${ACCOUNTS}/login/?continue=${encodeURIComponent('https://kauth.kakao.com/oauth/authorize?client_id=x&through_account=true')}`;

/** A page of the Kakao account. */
const page = (at: number, path: string, more: Partial<HarRequest> = {}): HarRequest => ({
  at,
  url: `${ACCOUNTS}${path}`,
  document: true,
  ...more,
});

/** Somebody signs in on a page of the Kakao account. */
const signIn = (at: number, referer: string): HarRequest => ({
  at,
  method: 'POST',
  url: `${ACCOUNTS}/api/v2/login/authenticate.json`,
  document: false,
  headers: { Origin: ACCOUNTS, Referer: referer },
  form: 'loginId=x&password=y',
  body: '{"status":0}',
});

/** A first login without a call, what came after it, and a repeat without a consent screen whose page calls. */
const around = (between: readonly HarRequest[]): HarRequest[] =>
  onPage([
    ...withOwnToken(harFirstLogin(T0), FIRST_TOKEN),
    ...between,
    ...withOwnToken(harRepeat(after(0, 20)), SECOND_TOKEN),
    callWith(after(0, 21), SECOND_TOKEN),
  ]);

const signedOut = page(after(0, 10), '/logout?continue=https%3A%2F%2Faccounts.kakao.com%2Flogin', {
  to: `${ACCOUNTS}/login`,
});
const signedIn = [
  page(after(0, 11), '/login'),
  signIn(after(0, 12), `${ACCOUNTS}/login?continue=https%3A%2F%2Fwww.daum.net%2F`),
];

/** What a first login's link is surely completed by. */
const surely = { verdict: 'complete certain' };
const unsurely = { verdict: 'complete likely' };

/** Files in which somebody visits pages of the Kakao account between two logins. */
const ACCOUNT_PAGES: KnownCase[] = (
  [
    [
      'signing out and in there: the call may be of another account',
      [signedOut, ...signedIn],
      unsurely,
    ],
    ['the form alone that signs in there: so it may', signedIn.slice(1), unsurely],
    ['the page alone that has the form: so it may', signedIn.slice(0, 1), unsurely],
    [
      'settings seen there: the account is the same',
      [page(after(0, 10), '/weblogin/account/info')],
      surely,
    ],
    [
      'a request out of the settings: the account is the same',
      [
        {
          ...signIn(after(0, 10), `${ACCOUNTS}/weblogin/account/info`),
          url: `${ACCOUNTS}/api/v1/partner/list.json`,
        },
      ],
      surely,
    ],
    [
      'a visit that leads on at once: the account is the same',
      [page(after(0, 10), '/login', { to: `${SITE}/` })],
      surely,
    ],
  ] as const
).map(([name, between, first]) => ({
  name,
  history: async () => [mode('auto'), await readAsFile(around(between))],
  at: 30,
  logins: [{ kind: 'first certain', ...first }, { kind: 'repeat certain' }],
}));

/** Files in which somebody signs in on the way of a login. */
const SIGNED_IN_ON_WAY: KnownCase[] = [
  {
    name: 'the form on the way of the first login: a repeat after it is of the same account',
    history: async () => {
      const [asked, ...rest] = withOwnToken(harFirstLogin(T0), FIRST_TOKEN);
      if (!asked) throw new Error('no login');
      return [
        mode('auto'),
        await file(
          onPage([
            { ...asked, at: T0 - 9000, to: ON_WAY },
            { at: T0 - 8000, url: ON_WAY, document: true, headers: { Referer: `${SITE}/` } },
            signIn(T0 - 2000, ON_WAY),
            {
              ...asked,
              url: `${asked.url}&through_account=true`,
              headers: { Referer: `${ACCOUNTS}/` },
            },
            ...rest,
            ...withOwnToken(harRepeat(after(0, 20)), SECOND_TOKEN),
            callWith(after(0, 21), SECOND_TOKEN),
          ]),
        ),
      ];
    },
    at: 30,
    logins: [{ kind: 'first certain', ...surely }, { kind: 'repeat certain' }],
  },
];

describe('a file with pages of the Kakao account between two logins', () => {
  testCases(ACCOUNT_PAGES);
});

describe('a file with pages of the Kakao account on the way of a login', () => {
  testCases(SIGNED_IN_ON_WAY);
});
