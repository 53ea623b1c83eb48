import { describe } from 'vitest';
import { api, exchange, firstLogin, observe, T0 } from '../../fixtures.ts';
import { after, mode, testCases, type KnownCase } from './known-case.ts';

const unconfirmed = (path: string): KnownCase => ({
  name: `only ${path} answered 200: a miss is not certain`,
  history: [mode('auto'), firstLogin(T0), exchange(after(0, 1)), observe(api(path), after(0, 2))],
  at: 30,
  logins: [{ verdict: 'missed likely | unseen' }],
});

/** An answer of 200 with an error of Kakao's in its body. */
const withErrorBody = (path: string, linkMode: 'auto' | 'manual'): KnownCase => ({
  name: `${path} answered 200 with an error in its body: completes nothing`,
  history: [
    mode(linkMode),
    firstLogin(T0),
    exchange(after(0, 1)),
    observe(api(path, 200, { method: 'POST', code: -401 }), after(0, 2)),
  ],
  at: 30,
  logins: [{ verdict: 'missed likely' }],
});

const UNCONFIRMED_CALLS: KnownCase[] = [
  unconfirmed('/v1/oidc/userinfo'),
  unconfirmed('/v2/api/talk/channels'),
  unconfirmed('/v1/api/talk/plusfriends'),
  unconfirmed('/v2/app/users'),
  unconfirmed('/v2/user/me/'),
  unconfirmed('//v2/user/me'),
  {
    name: 'listed call by HEAD answered 200: a miss is not certain',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      observe(api('/v2/user/me', 200, { method: 'HEAD' }), after(0, 2)),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely' }],
  },
  {
    name: 'sign-up with a slash too many answered 200: a miss is not certain',
    history: [
      mode('manual'),
      firstLogin(T0),
      exchange(after(0, 1)),
      observe(api('/v1/user/signup/', 200, { method: 'POST' }), after(0, 2)),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely | unseen' }],
  },
  {
    name: 'manual link, and only /v1/oidc/userinfo answered 200: a miss is certain, as no call for data signs up',
    history: [
      mode('manual'),
      firstLogin(T0),
      exchange(after(0, 1)),
      observe(api('/v1/oidc/userinfo'), after(0, 2)),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain' }],
  },
  {
    name: 'link mode not known, and only /v1/oidc/userinfo answered 200: a miss is not certain',
    history: [
      firstLogin(T0),
      exchange(after(0, 1)),
      observe(api('/v1/oidc/userinfo'), after(0, 2)),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely' }],
  },
  {
    name: 'automatic link, and sign-up with a slash too many answered 200: a miss is certain',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      observe(api('/v1/user/signup/', 200, { method: 'POST' }), after(0, 2)),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain' }],
  },
  withErrorBody('/v2/user/me', 'auto'),
  withErrorBody('/v1/user/signup', 'manual'),
];

describe('a call of which Kakao does not say that it completes a sign-up', () => {
  testCases(UNCONFIRMED_CALLS);
});
