import { describe } from 'vitest';
import { HOUR_MS } from '../../../../utils/model/time.ts';
import {
  api,
  authorize,
  exchange,
  firstLogin,
  me,
  observe,
  repeatLogin,
  SITE,
  T0,
  token,
} from '../../fixtures.ts';
import {
  after,
  agree,
  consentAgain,
  labelled,
  loginInPopup,
  mode,
  named,
  pausedFor,
  testCases,
  unlink,
  type KnownCase,
} from './known-case.ts';

const OTHER_KEY = 'js-key-0002';

/** Recording is paused for the hour after T0 + 1 h. */
const PAUSED = pausedFor(after(1), HOUR_MS);

const FIRST = firstLogin(T0);
const AGAIN = repeatLogin(after(3));

/** A token request, and a call of `/v1/api/talk/profile`, of a document. */
const exchangeOf = (documentId: string, at: number, status = 200) =>
  observe({ ...token(status), documentId }, at);
const callOf = (documentId: string, at: number) =>
  observe(api('/v1/api/talk/profile', 200, { documentId }), at);

const UNSEEN: KnownCase[] = [
  {
    name: 'recording paused, then a repeat that the tester says is of the same account: the link may be cut and made anew, and its call completes nothing surely',
    history: [
      mode('auto'),
      FIRST,
      exchange(T0 + 5000),
      PAUSED,
      AGAIN,
      exchange(after(3) + 2000),
      me(after(3) + 3000),
      labelled(after(4), FIRST, AGAIN),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }, { kind: 'repeat' }],
  },
  {
    name: 'recording paused, then a repeat whose ID token names the same user: no sure completion either',
    history: [
      mode('auto'),
      FIRST,
      named(T0 + 5000),
      PAUSED,
      AGAIN,
      named(after(3) + 2000),
      me(after(3) + 3000),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }, { kind: 'repeat' }],
  },
  {
    name: 'recording paused, then a call that names the user and not its link: no sure completion',
    history: [
      mode('auto'),
      FIRST,
      named(T0 + 5000),
      PAUSED,
      observe(api('/v1/user/shipping_address', 200, { account: 'hash-1' }), after(3)),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }],
  },
  {
    name: 'screen of a second tab, agreed to after the first tab’s login: the site’s server may have cut that link meanwhile, so it is no sure repeat',
    history: [
      mode('auto'),
      firstLogin(after(-1)),
      exchange(after(-1) + 5000),
      unlink(after(-1, 1)),
      observe(authorize({ outcome: 'screen' }), T0 - 5000, { tab: 'r:2' }),
      consentAgain(T0),
      exchange(T0 + 5000),
      me(T0 + 6000),
      agree(after(0, 5), { tab: 'r:2' }),
      exchange(after(0, 5) + 2000, { tab: 'r:2' }),
    ],
    at: 30,
    logins: [{ verdict: 'unlinked' }, { verdict: 'complete' }, { neverKind: 'repeat certain' }],
  },
];

const OTHERS_TOKEN: KnownCase[] = [
  {
    name: 'token request of a third tab while a login waits for its own: may refresh an earlier login’s, so a miss is not certain',
    history: [
      mode('auto'),
      firstLogin(T0, { tab: 'r:2' }),
      exchange(T0 + 5000, { tab: 'r:2' }),
      me(T0 + 6000, { tab: 'r:2' }),
      firstLogin(after(2)),
      exchange(after(2) + 20_000, { tab: 'r:3' }),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { never: 'missed certain' }],
  },
  {
    name: 'page gone back to right after a login of another account, which asks for a token: may refresh its own, and its call is of either',
    history: [
      mode('auto'),
      FIRST,
      exchangeOf('X', T0 + 5000),
      firstLogin(after(1)),
      exchangeOf('Y', after(1) + 5000, 400),
      exchangeOf('X', after(1) + 20_000),
      callOf('X', after(1) + 21_000),
    ],
    at: 30,
    logins: [{ never: 'missed certain' }, { never: 'complete certain' }],
  },
  {
    name: 'call with a token of another app after the only token request was refused: tells nothing of this app’s link mode',
    history: [
      FIRST,
      observe(token(401), T0 + 5000),
      me(T0 + 6000, {}, { wholeBody: true }),
      firstLogin(after(1)),
      exchange(after(1) + 5000),
      me(after(1) + 6000),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }, { never: 'complete certain' }],
  },
];

const KEPT_CALLS: KnownCase[] = [
  {
    name: 'four calls with a kept token before the login’s own, and a call with that: surely complete',
    history: [
      mode('auto'),
      FIRST,
      [4000, 4100, 4200, 4300].map((ms) => me(T0 + ms)),
      exchange(T0 + 6000),
      me(T0 + 7000),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: 'four calls that name one app’s user, and a fifth that names none: it may be of the other app’s login',
    history: [
      mode('auto'),
      mode('auto', OTHER_KEY),
      FIRST,
      exchange(T0 + 5000),
      firstLogin(after(0, 10), { fact: { clientId: OTHER_KEY } }),
      named(after(0, 11), 'hash-2'),
      [12, 13, 14, 15].map((m) => me(after(0, m), {}, { account: 'hash-2' })),
      me(after(0, 40)),
    ],
    at: 30,
    logins: [{ never: 'missed certain' }, { verdict: 'complete certain' }],
  },
];

/** Ordinary use beside the cases above, which stays certain. */
const STILL_SURE: KnownCase[] = [
  {
    name: 'recording paused, then a repeat whose call tells of the first login’s link: surely complete',
    history: [
      mode('auto'),
      FIRST,
      named(T0 + 5000),
      PAUSED,
      AGAIN,
      named(after(3) + 2000),
      me(after(3) + 3000, {}, { account: 'hash-1', connectedAt: T0 + 3000, wholeBody: true }),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { kind: 'repeat certain' }],
  },
  {
    name: 'recording paused, then a call that names the user and its link: surely complete',
    history: [
      mode('auto'),
      FIRST,
      named(T0 + 5000),
      PAUSED,
      me(after(3), {}, { account: 'hash-1', connectedAt: T0 + 3000, wholeBody: true }),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: 'recording paused after the completing call, then a repeat of the account: surely complete',
    history: [
      mode('auto'),
      FIRST,
      named(T0 + 5000),
      me(T0 + 6000),
      PAUSED,
      AGAIN,
      named(after(3) + 2000),
      me(after(3) + 3000),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { kind: 'repeat certain' }],
  },
  {
    name: 'popup agreed to and left an hour before, then a repeat of the account: its code is long dead, so surely complete',
    history: [
      mode('auto'),
      loginInPopup(SITE, after(-1)),
      firstLogin(T0, { tab: 'r:4' }),
      exchange(T0 + 5000, { tab: 'r:4' }),
      repeatLogin(after(3), { tab: 'r:4' }),
      exchange(after(3) + 2000, { tab: 'r:4' }),
      me(after(3) + 3000, { tab: 'r:4' }),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { kind: 'repeat certain' }],
  },
  {
    name: 'two accounts one after the other in one tab, each page asking for its own token: a miss is certain',
    history: [
      mode('auto'),
      FIRST,
      exchangeOf('X', T0 + 5000),
      callOf('X', T0 + 6000),
      firstLogin(after(1)),
      exchangeOf('Y', after(1) + 5000),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { verdict: 'missed certain' }],
  },
  {
    name: 'two accounts in two tabs, each asking for its own token: a miss is certain',
    history: [
      mode('auto'),
      firstLogin(T0, { tab: 'r:2' }),
      exchange(T0 + 5000, { tab: 'r:2' }),
      me(T0 + 6000, { tab: 'r:2' }),
      firstLogin(after(2)),
      exchange(after(2) + 20_000),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { verdict: 'missed certain' }],
  },
];

describe('what stays sure', () => {
  testCases(STILL_SURE);
});
describe('what went unseen', () => {
  testCases(UNSEEN);
});
describe('whose token it is', () => {
  testCases(OTHERS_TOKEN);
});
describe('which of alike calls are kept', () => {
  testCases(KEPT_CALLS);
});
