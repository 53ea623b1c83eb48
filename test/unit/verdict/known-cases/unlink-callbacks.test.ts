import { describe } from 'vitest';
import type { CallbackFact } from '../../../../utils/model/observation.ts';
import {
  authorize,
  exchange,
  firstLogin,
  me,
  observe,
  repeatLogin,
  T0,
  token,
} from '../../fixtures.ts';
import { after, consentAgain, mode, named, testCases, type KnownCase } from './known-case.ts';

const callback = (at: number, told: Partial<CallbackFact> = {}) =>
  observe(
    {
      type: 'unlink-callback',
      appId: '1001',
      account: 'hash-1',
      referrerType: 'INCOMPLETE_SIGN_UP',
      timeKnown: true,
      ...told,
    },
    at,
    { source: 'callback', tab: null, site: null },
  );

const UNLINK_CALLBACKS: KnownCase[] = [
  {
    name: 'callback without a time: not surely of the newest login',
    history: [
      mode('auto'),
      firstLogin(T0),
      named(after(0, 1)),
      firstLogin(after(50)),
      named(after(50, 1)),
      me(after(50, 2)),
      callback(after(60), { timeKnown: false }),
    ],
    at: 61,
    logins: [{ verdict: 'unlinked' }, { never: 'unlinked' }],
  },
  {
    name: 'unlink by the user in a callback without a time: not surely after the window',
    history: [
      mode('auto'),
      firstLogin(T0),
      named(after(0, 1)),
      callback(after(60), { referrerType: 'UNLINK_FROM_APPS', timeKnown: false }),
    ],
    at: 61,
    logins: [{ verdict: 'unlinked', never: 'missed certain' }],
  },
  {
    name: 'the same of an account that either of two logins may be of: neither is surely missed',
    history: [
      mode('auto'),
      firstLogin(T0, { tab: 'r:1' }),
      exchange(after(0, 1), { tab: 'r:1' }),
      firstLogin(after(1), { tab: 'r:2' }),
      exchange(after(1, 1), { tab: 'r:2' }),
      repeatLogin(after(2), { tab: 'r:3', cookieStore: 'container-1' }),
      observe(token(200, { account: 'hash-1' }), after(2, 1), {
        tab: 'r:3',
        cookieStore: 'container-1',
      }),
      callback(after(60), { referrerType: 'UNLINK_FROM_APPS', timeKnown: false }),
    ],
    at: 61,
    logins: [{ never: 'missed certain' }, { never: 'missed certain' }, { kind: 'repeat' }],
  },
  {
    name: 'INCOMPLETE_SIGN_UP two hours after a login: no job can have cut it',
    history: [
      mode('auto'),
      firstLogin(T0),
      named(after(0, 1)),
      me(after(0, 2)),
      callback(after(2)),
    ],
    at: 3,
    logins: [{ never: 'unlinked certain' }],
  },
  {
    name: 'callback of the job, then prompt=none refused for want of consent: the link is gone',
    history: [
      mode('auto'),
      firstLogin(T0),
      named(T0 + 4000),
      callback(after(30)),
      observe(
        authorize({ outcome: 'error', error: 'consent_required', prompt: ['none'] }),
        after(40),
      ),
    ],
    at: 50,
    logins: [{ verdict: 'unlinked certain' }],
  },
  {
    name: 'callback of a cut, then one of the job an hour later, which the console sent as a test: unlinked',
    history: [
      mode('auto'),
      firstLogin(T0),
      named(after(0, 1)),
      callback(after(2), { referrerType: 'UNLINK_FROM_APPS' }),
      callback(after(3)),
    ],
    at: 30,
    logins: [{ verdict: 'unlinked certain' }],
  },
  {
    name: "callback of another app's number: cuts nothing here",
    history: [
      mode('auto'),
      firstLogin(T0),
      named(after(0, 1)),
      callback(after(26)),
      firstLogin(after(50)),
      named(after(50, 1)),
      me(after(50, 2)),
      callback(after(60), { appId: '9999', referrerType: 'UNLINK_FROM_APPS' }),
    ],
    at: 61,
    logins: [{ verdict: 'unlinked' }, { never: 'unlinked certain' }],
  },
  {
    name: 'callback after a repeat: cuts the link that the repeat found',
    history: [
      mode('auto'),
      firstLogin(T0),
      named(after(0, 1)),
      repeatLogin(after(5)),
      named(after(5, 1)),
      callback(after(6), { referrerType: 'UNLINK_FROM_APPS' }),
    ],
    at: 30,
    logins: [{ verdict: 'unlinked certain' }, { verdict: 'not-applicable' }],
  },
  {
    name: 'callback of a log whose clock is ahead: not surely of the link made anew',
    history: [
      mode('auto'),
      firstLogin(T0),
      named(after(0, 1)),
      me(after(0, 2)),
      firstLogin(after(3)),
      named(after(3, 1)),
      me(after(3, 2)),
      callback(after(3, 5), { referrerType: 'UNLINK_FROM_APPS' }),
    ],
    at: 30,
    logins: [{ verdict: 'unlinked' }, { never: 'unlinked certain' }],
  },
  {
    name: "callback of a cut after two logins: the second, with scope, found the first one's link",
    history: [
      mode('auto'),
      firstLogin(T0),
      named(T0 + 4000),
      consentAgain(after(0, 2), { scope: true }),
      exchange(after(0, 3)),
      callback(after(0, 15), { referrerType: 'UNLINK_FROM_APPS' }),
    ],
    at: 2,
    logins: [{ verdict: 'unlinked certain' }, { neverKind: 'first certain' }],
  },
  {
    name: 'callback of a log whose clock is ahead, a minute after the first login that was recorded: may be of a link before',
    history: [
      mode('auto'),
      firstLogin(T0),
      named(T0 + 4000),
      me(T0 + 5000),
      callback(after(0, 1), { referrerType: 'UNLINK_FROM_APPS' }),
    ],
    at: 30,
    logins: [{ never: 'unlinked certain' }],
  },
  {
    name: 'callback of a log whose clock is ahead, right after a first login and its repeat: may be of a link before',
    history: [
      mode('auto'),
      firstLogin(T0),
      named(T0 + 4000),
      me(T0 + 5000),
      repeatLogin(T0 + 30_000),
      named(T0 + 32_000),
      callback(after(0, 1), { referrerType: 'UNLINK_FROM_APPS' }),
    ],
    at: 30,
    logins: [{ never: 'unlinked certain' }, {}],
  },
];

describe('an unlink callback cuts the link that it is about', () => {
  testCases(UNLINK_CALLBACKS);
});
