import { describe } from 'vitest';
import type { Observation } from '../../../../utils/model/observation.ts';
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
  firstLoginsInTwoTabs,
  loginInPopup,
  mode,
  named,
  POLL,
  popupOfSdkV1,
  testCases,
  unlink,
  type KnownCase,
} from './known-case.ts';

/** A login in a popup of SDK v2, or of Flutter, whose page polls for the code and exchanges it. */
const loginInPage = (at: number): Observation[] => [
  ...loginInPopup(SITE, at),
  observe(POLL, at + 4000),
  exchange(at + 4300),
];

const UNLINK_AND_CUT: KnownCase[] = [
  {
    name: 'unlink answered 200 with an error in its body: cuts nothing',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      observe(api('/v1/user/unlink', 200, { method: 'POST', code: -401 }), after(0, 2)),
    ],
    at: 30,
    logins: [{ never: 'unlinked' }],
  },
  {
    name: 'link that may be cut in Kakao’s settings, a popup of SDK v1 agreed to, and the account’s call: may be of a new link',
    history: [
      mode('auto'),
      firstLogin(T0, { tab: 'r:9' }),
      exchange(after(0, 1), { tab: 'r:9' }),
      observe(api('/v1/user/access_token_info', 200, { account: 'h1' }), after(0, 2), {
        tab: 'r:9',
      }),
      observe({ type: 'frame' }, after(0, 3)),
      popupOfSdkV1(after(0, 4)),
      me(after(0, 5), { site: null }, { account: 'h1', inFrame: true }),
    ],
    at: 30,
    logins: [
      { never: 'complete certain | missed certain' },
      { never: 'complete certain | missed certain' },
    ],
  },
  {
    name: 'link that may be cut in Kakao’s settings, an unseen screen agreed to, and the account’s call: may be of a new link',
    history: [
      mode('auto'),
      firstLogin(T0, { tab: 'r:9' }),
      exchange(T0 + 4000, { tab: 'r:9' }),
      observe(api('/v1/user/access_token_info', 200, { account: 'h1' }), T0 + 5000, { tab: 'r:9' }),
      agree(after(0, 4)),
      exchange(after(0, 4) + 1000),
      me(after(0, 5), {}, { account: 'h1' }),
    ],
    at: 30,
    logins: [
      { never: 'complete certain | missed certain' },
      { never: 'complete certain | missed certain' },
    ],
  },
  {
    name: 'call from the tab of a dead link after a new one: carries the new token',
    history: [
      mode('auto'),
      firstLogin(T0, { tab: 'r:1' }),
      exchange(after(0, 1), { tab: 'r:1' }),
      consentAgain(after(50), { tab: 'r:2' }),
      exchange(after(50, 1), { tab: 'r:2' }),
      me(after(50, 2), { tab: 'r:1' }),
    ],
    at: 80,
    logins: [{ never: 'complete | late certain' }, { verdict: 'complete' }],
  },
  {
    name: 'unlink by any of three tabs that one account logged in to without consent: a call after a new link is of that one',
    history: [
      mode('auto'),
      ...['r:1', 'r:2', 'r:3'].flatMap((tab, i) => [
        repeatLogin(after(0, i), { tab }),
        exchange(after(0, i) + 1000, { tab }),
      ]),
      unlink(after(1), { tab: 'r:4' }),
      consentAgain(after(2), { tab: 'r:2' }),
      exchange(after(2) + 4000, { tab: 'r:2' }),
      me(after(3), { tab: 'r:1' }),
    ],
    at: 30,
    logins: [{}, {}, {}, { verdict: 'complete certain' }],
  },
  {
    name: 'prompt=none refused for want of consent two days later: the link is gone',
    history: [
      mode('auto'),
      firstLogin(T0),
      observe(
        authorize({ outcome: 'error', error: 'consent_required', prompt: ['none'] }),
        after(50),
      ),
    ],
    at: 51,
    logins: [{ verdict: 'missed | unlinked' }],
  },
  {
    name: 'user named by the ID token alone, then a new link of the same user: the link before is gone',
    history: [
      mode('auto'),
      firstLogin(T0),
      observe(token(200, { account: 'hash-1' }), after(0, 1)),
      firstLogin(after(60)),
      observe(token(200, { account: 'hash-1' }), after(60, 1)),
      me(after(60, 2), {}, { account: 'hash-1', connectedAt: after(60) }),
    ],
    at: 61,
    logins: [{ verdict: 'unlinked certain' }, { verdict: 'complete certain' }],
  },
  {
    name: 'unlink, then consent in a popup whose code the page exchanges: no older token is left to be refreshed meanwhile',
    history: [mode('auto'), loginInPage(T0), unlink(after(0, 1)), loginInPage(after(0, 2))],
    at: 30,
    logins: [{ verdict: 'unlinked certain' }, { verdict: 'missed certain', kind: 'first certain' }],
  },
  {
    name: 'unlink that was refused, then consent in a popup and a token: it may be the older one, refreshed',
    history: [
      mode('auto'),
      loginInPage(T0),
      unlink(after(0, 1), { status: 401 }),
      loginInPage(after(0, 2)),
    ],
    at: 30,
    logins: [{}, { neverKind: 'first certain' }],
  },
  {
    name: 'unlink of one of two accounts, then consent in a popup and a token: it may be the other one’s, refreshed',
    history: [
      mode('auto'),
      firstLogin(T0 - 60_000, { tab: 'r:2' }),
      exchange(T0 - 50_000, { tab: 'r:2' }),
      loginInPage(T0),
      unlink(after(0, 1)),
      loginInPage(after(0, 2)),
    ],
    at: 30,
    logins: [{}, {}, { neverKind: 'first certain' }],
  },
  ...[0, 502].map((status) => ({
    name: `unlink answered ${status}: Kakao may have cut the link`,
    history: [
      mode('auto' as const),
      firstLogin(T0),
      exchange(after(0, 1)),
      observe(api('/v1/user/unlink', status, { method: 'POST' }), after(0, 2)),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely' }],
  })),
  {
    name: "unlink that may be either login's: neither is surely unlinked",
    history: [mode('auto'), ...firstLoginsInTwoTabs(), unlink(after(0, 20), { tab: 'r:3' })],
    at: 1,
    logins: [
      { never: 'unlinked certain | pending certain' },
      { never: 'unlinked certain | pending certain' },
    ],
  },
  {
    name: 'consent again soon after a complete login, no unlink seen: not surely unlinked',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      me(after(0, 2)),
      consentAgain(after(0, 40)),
    ],
    at: 1,
    logins: [{ never: 'unlinked certain' }, {}],
  },
  {
    name: "connected_at newer than that of the user's link: that link is gone",
    history: [
      mode('auto'),
      firstLogin(T0),
      named(after(0, 1)),
      me(after(0, 2), {}, { account: 'hash-1', connectedAt: T0 }),
      repeatLogin(after(20)),
      named(after(20, 1)),
      me(after(20, 2), {}, { account: 'hash-1', connectedAt: after(1) }),
    ],
    at: 30,
    logins: [{ verdict: 'unlinked certain' }, {}],
  },
];

describe('an unlink, or a cut that is known, ends a link', () => {
  testCases(UNLINK_AND_CUT);
});
