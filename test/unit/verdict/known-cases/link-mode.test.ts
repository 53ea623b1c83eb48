import { describe } from 'vitest';
import { api, exchange, firstLogin, me, observe, repeatLogin, T0 } from '../../fixtures.ts';
import { callWith, file, harFirstLogin, withOwnToken } from './har-requests.ts';
import {
  after,
  firstLoginsInTwoTabs,
  mode,
  named,
  reported,
  signup,
  testCases,
  TOKEN_REPORT,
  withSentAt,
  type KnownCase,
} from './known-case.ts';

/** A login without a consent screen, of an app with manual link, that finds no sign-up and makes it. */
const SIGNED_UP_UNASKED = [
  mode('manual'),
  repeatLogin(T0),
  exchange(T0 + 4000),
  me(T0 + 5000, {}, { hasSignedUp: false, wholeBody: true }),
  observe(api('/v1/user/signup', 200, { method: 'POST' }), T0 + 6000),
].flat();

/** A sign-up that Kakao refuses, since the account is registered already. */
const registeredAlready = (at: number) =>
  observe(api('/v1/user/signup', 400, { method: 'POST', code: -102 }), at);

/** A first login of another account fifty hours after T0, with a call whose body tells no mode. */
const ofAnotherAccount = [
  ...firstLogin(after(50)),
  named(after(50) + 4000, 'hash-2'),
  me(after(50, 1)),
];

const LINK_MODE: KnownCase[] = [
  {
    name: 'has_signed_up false, then true in a body: signed up meanwhile',
    history: [
      mode('manual'),
      firstLogin(T0),
      exchange(after(0, 1)),
      me(after(0, 2), {}, { hasSignedUp: false, wholeBody: true }),
      me(after(2), {}, { hasSignedUp: true, wholeBody: true }),
    ],
    at: 30,
    logins: [{ verdict: 'complete' }],
  },
  {
    name: 'has_signed_up false, then true in a report: signed up meanwhile',
    history: [
      mode('manual'),
      firstLogin(T0),
      reported(after(0, 1), 'kakao;desc="POST /oauth/token 200"'),
      reported(after(0, 2), 'kakao;desc="GET /v2/user/me 200 has_signed_up=false"'),
      reported(after(2), 'kakao;desc="GET /v2/user/me 200 has_signed_up=true"'),
    ],
    at: 30,
    logins: [{ verdict: 'complete' }],
  },
  ...[0, 500].map((status) => ({
    name: `sign-up answered ${status}, then -102: a miss is not certain`,
    history: [
      firstLogin(T0),
      exchange(after(0, 1)),
      signup(after(0, 2), status),
      signup(after(0, 3), 400, -102),
    ],
    at: 30,
    logins: [{ never: 'missed certain' }],
  })),
  {
    name: '-102 on a brand-new login: auto link, and a listed call completes it',
    history: [
      firstLogin(T0),
      exchange(after(0, 1)),
      observe(api('/v1/user/signup', 400, { method: 'POST', code: -102 }), after(0, 2)),
      me(after(0, 3)),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain', linkMode: 'auto' }],
  },
  {
    name: 'has_signed_up=none in a report: auto link',
    history: [
      firstLogin(T0),
      reported(after(0, 1), `${TOKEN_REPORT}, kakao;desc="GET /v2/user/me 200 has_signed_up=none"`),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain', linkMode: 'auto' }],
  },
  ...(['cached', 'maybeCached'] as const).map((how): KnownCase => ({
    name: `profile that a test may have made up (${how}), without has_signed_up: tells no auto link`,
    history: [
      firstLogin(T0),
      exchange(T0 + 4000),
      me(T0 + 5000, {}, { [how]: true, wholeBody: true }),
      observe(api('/v1/api/talk/profile', 200), T0 + 6000),
    ],
    at: 2,
    logins: [{ verdict: 'complete likely' }],
  })),
  {
    name: 'sign-up in a login without a consent screen, when nobody saw the login that made its link: perhaps too late',
    history: SIGNED_UP_UNASKED,
    at: 30,
    logins: [{ verdict: 'complete likely', kind: 'first likely' }],
  },
  {
    name: 'the same, and `connected_at` is that of the sign-up: still perhaps too late',
    history: [
      SIGNED_UP_UNASKED,
      me(after(2), {}, { hasSignedUp: true, connectedAt: T0 + 6000, wholeBody: true }),
    ],
    at: 30,
    logins: [{ verdict: 'complete likely', kind: 'first likely' }],
  },
  {
    name: 'sign-up in a login with a consent screen: complete',
    history: [
      mode('manual'),
      firstLogin(T0),
      exchange(T0 + 4000),
      me(T0 + 5000, {}, { hasSignedUp: false, wholeBody: true }),
      observe(api('/v1/user/signup', 200, { method: 'POST' }), T0 + 6000),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain', kind: 'first certain' }],
  },
  {
    name: "has_signed_up false in a doubtful call: the app's mode is manual",
    history: [
      ...firstLoginsInTwoTabs(),
      me(after(0, 20), { tab: 'r:3' }, { hasSignedUp: false, wholeBody: true }),
    ],
    at: 2,
    logins: [{ linkMode: 'manual' }, { linkMode: 'manual', never: 'complete' }],
  },
  {
    name: 'link mode changed from automatic to manual in Kakao’s console: the login before that is not surely missed',
    history: [
      firstLogin(T0),
      named(T0 + 4000),
      me(after(0, 1), {}, { wholeBody: true }),
      firstLogin(after(50)),
      named(after(50) + 4000, 'hash-2'),
      me(after(50, 1), {}, { wholeBody: true, hasSignedUp: false }),
      me(after(51), {}, { wholeBody: true, hasSignedUp: false }),
    ],
    at: 100,
    logins: [{ never: 'missed certain' }, { never: 'complete certain' }],
  },
  {
    name: 'link mode changed from manual to automatic in Kakao’s console: neither login is surely judged by the other’s mode',
    history: [
      firstLogin(T0),
      named(T0 + 4000),
      me(after(0, 1), {}, { wholeBody: true, hasSignedUp: false }),
      ofAnotherAccount,
      me(after(51), {}, { wholeBody: true }),
    ],
    at: 100,
    logins: [{ never: 'complete certain' }, { never: 'missed certain' }],
  },
  {
    name: 'token that the page may only have refreshed, then -102: its server may have signed up, so the mode is not known',
    history: [
      firstLogin(T0),
      exchange(T0 + 70_000),
      registeredAlready(T0 + 80_000),
      ofAnotherAccount,
    ],
    at: 100,
    logins: [{ linkMode: 'unknown' }, { never: 'complete certain' }],
  },
  {
    name: 'sign-up form of five minutes, then -102: a server may have signed up meanwhile, so the mode is not known',
    history: [
      firstLogin(T0),
      exchange(T0 + 4000),
      registeredAlready(after(0, 5)),
      ofAnotherAccount,
    ],
    at: 100,
    logins: [{ linkMode: 'unknown', never: 'missed certain' }, { never: 'complete certain' }],
  },
  {
    name: 'sign-up sent twice, whose first answer is lost after the second one’s -102: the mode is not known',
    history: [
      firstLogin(T0),
      exchange(T0 + 4000),
      registeredAlready(T0 + 6000),
      withSentAt(observe(api('/v1/user/signup', 0, { method: 'POST' }), T0 + 6500), T0 + 5500),
      ofAnotherAccount,
    ],
    at: 100,
    logins: [{ linkMode: 'unknown', never: 'missed certain' }, { never: 'complete certain' }],
  },
  {
    name: 'file with -102 for a token that no login of it was given: may be of another user, so the mode is not known',
    history: () =>
      file([
        ...withOwnToken(harFirstLogin(T0), 'hQ7xk2Vt9mWc4Ld8Rz1YpB6nJs3FgU5aKe0TqHo'),
        callWith(T0 + 5000, 'zP4mN8cXv2Lk9JhGf6DsA1qWe3RtY7uIo5BnMxK', {
          method: 'POST',
          url: 'https://kapi.kakao.com/v1/user/signup',
          status: 400,
          body: '{"msg":"already registered","code":-102}',
        }),
        callWith(T0 + 6000, 'hQ7xk2Vt9mWc4Ld8Rz1YpB6nJs3FgU5aKe0TqHo'),
      ]),
    at: 60,
    logins: [{ linkMode: 'unknown', never: 'complete certain' }],
  },
];

describe('the link mode of an app, and a sign-up where it is manual', () => {
  testCases(LINK_MODE);
});
