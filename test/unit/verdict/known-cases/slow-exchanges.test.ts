import { describe } from 'vitest';
import {
  APP,
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
  codeArrives,
  consentAgain,
  loginInPopup,
  ME_REPORT,
  mode,
  POLL,
  reported,
  testCases,
  TOKEN_REPORT,
  unlink,
  type KnownCase,
} from './known-case.ts';

// Kakao may make the link with the token, and not with the code already: docs/kakao-rules.md#links.

const OTHER = { tab: 'r:2' };
const UNWATCHED = { fact: { watched: false } };
const IN_CONTAINER = { ...OTHER, cookieStore: 'container-2' };

const BETWEEN_CODE_AND_TOKEN: KnownCase[] = [
  {
    name: "screen of the same session shown between another tab's code and its token: it proves no new link",
    history: [
      mode('auto'),
      firstLogin(T0),
      consentAgain(T0 + 4000, OTHER).slice(0, 1),
      exchange(T0 + 5000),
      me(T0 + 6000),
      agree(T0 + 7000, OTHER),
      exchange(T0 + 8000, OTHER),
    ],
    at: 30,
    logins: [
      { verdict: 'complete certain', kind: 'first certain' },
      { neverKind: 'first certain', never: 'missed certain' },
    ],
  },
  {
    name: "screen of some account shown and agreed to between another tab's code and its token: it proves no new link",
    history: [
      mode('auto'),
      firstLogin(T0),
      firstLogin(T0 + 1500, OTHER),
      exchange(T0 + 8000),
      exchange(T0 + 9000, OTHER),
    ],
    at: 30,
    logins: [{ kind: 'first certain' }, { kind: 'first likely', never: 'missed certain' }],
  },
  {
    name: "screen shown after another tab's token: it proves a new link",
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 3500),
      consentAgain(T0 + 4000, OTHER),
      exchange(T0 + 8000, OTHER),
    ],
    at: 30,
    logins: [{ kind: 'first certain' }, { kind: 'first certain' }],
  },
  {
    name: "screen shown after another tab's code, whose token is unseen until it is refreshed hours later: it proves no new link",
    history: [
      mode('auto'),
      firstLogin(T0),
      consentAgain(T0 + 4000, OTHER),
      exchange(T0 + 8000, OTHER),
      exchange(after(3)),
    ],
    at: 30,
    logins: [{ kind: 'first likely' }, { kind: 'first likely' }],
  },
  {
    name: "screen shown after another tab's code on a site that is not watched: its token may come later, and it proves no new link",
    history: [
      mode('auto'),
      firstLogin(T0, UNWATCHED),
      consentAgain(T0 + 4000, { ...OTHER, ...UNWATCHED }),
    ],
    at: 30,
    logins: [{}, { kind: 'first likely' }],
  },
  {
    name: 'two codes of which no token is seen, on a site whose page exchanged one before: either may have made the link',
    history: [
      mode('auto'),
      firstLogin(after(-72)),
      exchange(after(-72) + 4000),
      firstLogin(T0),
      consentAgain(T0 + 4000, OTHER),
    ],
    at: 30,
    logins: [{}, {}, { kind: 'first likely' }],
  },
  {
    name: "screen shown after another tab's repeat, whose token is unseen: the link was cut meanwhile, and made anew",
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 3500),
      repeatLogin(T0 + 10_000, { ...OTHER, ...UNWATCHED }),
      consentAgain(T0 + 14_000, { tab: 'r:3', ...UNWATCHED }),
    ],
    at: 3,
    logins: [{ kind: 'first certain' }, { kind: 'repeat certain' }, { kind: 'first certain' }],
  },
];

const OVERTAKEN: KnownCase[] = [
  {
    name: 'two tabs on the consent screen, the later code exchanged first: either may have made the link',
    history: [
      mode('auto'),
      firstLogin(T0).slice(0, 2),
      consentAgain(T0 + 2500, OTHER).slice(0, 1),
      agree(T0 + 4000),
      agree(T0 + 5000, OTHER),
      exchange(T0 + 6000, OTHER),
      exchange(T0 + 7000),
      me(T0 + 8000, {}, { account: 'hash-1', connectedAt: T0 + 6000 }),
      me(T0 + 9000, OTHER, { account: 'hash-1', connectedAt: T0 + 6000 }),
    ],
    at: 30,
    logins: [
      { kind: 'first likely', never: 'missed certain' },
      { neverKind: 'repeat certain', never: 'missed certain' },
    ],
  },
  {
    name: 'two tabs of other accounts on the consent screen, the later code exchanged first: both made their links',
    history: [
      mode('auto'),
      firstLogin(T0).slice(0, 2),
      consentAgain(T0 + 2500, OTHER).slice(0, 1),
      agree(T0 + 4000),
      agree(T0 + 5000, OTHER),
      observe(token(200, { account: 'hash-2' }), T0 + 6000, OTHER),
      observe(token(200, { account: 'hash-1' }), T0 + 7000),
    ],
    at: 30,
    logins: [{ kind: 'first certain' }, { kind: 'first certain' }],
  },
  {
    name: 'two tabs on the consent screen, the token of the earlier code unseen: either may have made the link',
    history: [
      mode('auto'),
      firstLogin(T0),
      firstLogin(T0 + 1500, OTHER),
      exchange(T0 + 5000, OTHER),
    ],
    at: 30,
    logins: [{ kind: 'first likely' }, { kind: 'first likely' }],
  },
  {
    name: 'two logins in one tab, the token of the earlier code unseen: the tab has left its page, and both made links',
    history: [mode('auto'), firstLogin(T0), firstLogin(T0 + 5000), exchange(T0 + 9000)],
    at: 30,
    logins: [{ kind: 'first certain' }, { kind: 'first certain' }],
  },
  {
    name: 'two tabs on the consent screen, the token of the earlier code unseen until it is refreshed: the later is no sure repeat',
    history: [
      mode('auto'),
      firstLogin(T0).slice(0, 2),
      consentAgain(T0 + 2500, OTHER).slice(0, 1),
      agree(T0 + 4000),
      agree(T0 + 5000, OTHER),
      exchange(T0 + 6000, OTHER),
      exchange(after(1)),
    ],
    at: 30,
    logins: [{ kind: 'first likely' }, { neverKind: 'repeat certain' }],
  },
  {
    name: 'two tabs on the consent screen, the earlier token request refused: the later login is no sure repeat',
    history: [
      mode('auto'),
      firstLogin(T0).slice(0, 2),
      consentAgain(T0 + 2500, OTHER).slice(0, 1),
      agree(T0 + 4000),
      observe(token(400), T0 + 4500),
      agree(T0 + 5000, OTHER),
      exchange(T0 + 6000, OTHER),
    ],
    at: 30,
    logins: [{}, { neverKind: 'repeat certain' }],
  },
  {
    name: 'unlink in one tab with a token that another tab got last for an earlier code: no link is surely cut',
    history: [
      mode('auto'),
      firstLogin(T0),
      consentAgain(T0 + 4000, OTHER),
      exchange(T0 + 8000, OTHER),
      exchange(T0 + 9000),
      unlink(T0 + 10_000, OTHER),
    ],
    at: 3,
    logins: [{ never: 'unlinked certain' }, { never: 'unlinked certain' }],
  },
];

const KEPT_CODES: KnownCase[] = [
  {
    name: 'repeat two days after a miss, beside a popup that was agreed to and whose page keeps the code: no link surely survived',
    history: [
      mode('auto'),
      firstLogin(T0),
      observe(token(200, { account: 'hash-1' }), T0 + 3500),
      loginInPopup(SITE, after(50)),
      observe(POLL, after(50) + 4000),
      repeatLogin(after(50) + 10_000, OTHER),
      observe(token(200, { account: 'hash-1' }), after(50) + 11_000, OTHER),
    ],
    at: 52,
    logins: [{ never: 'complete certain' }, {}],
  },
  {
    name: "another provider's code where the page had polled, and a token that its server has refreshed: no login is surely complete",
    history: [
      mode('auto'),
      firstLogin(T0),
      ...reported(T0 + 3100, TOKEN_REPORT),
      ...reported(T0 + 4000, ME_REPORT),
      observe(POLL, after(26)),
      codeArrives(after(26) + 1000, { path: '/other' }),
      ...reported(after(26) + 2000, TOKEN_REPORT),
      ...reported(after(26) + 3000, ME_REPORT),
    ],
    at: 52,
    logins: [{ verdict: 'complete certain' }, { never: 'complete certain' }],
  },
];

const CONNECTED_THEN: KnownCase[] = [
  {
    name: 'code of an easy login that a page kept for half a minute, its link told to another container before: it is no sure repeat',
    history: [
      mode('auto'),
      observe(POLL, T0 + 1000),
      observe(POLL, T0 + 3500),
      repeatLogin(T0 + 20_000, IN_CONTAINER),
      exchange(T0 + 21_000, IN_CONTAINER),
      me(T0 + 22_000, IN_CONTAINER, { account: 'hash-1', connectedAt: T0 + 3000 }),
      observe(token(200, { grant: 'authorization_code' }), T0 + 33_000, { source: 'har' }),
      me(T0 + 40_000, {}, { account: 'hash-1', connectedAt: T0 + 3000 }),
    ],
    at: 3,
    logins: [{ kind: 'repeat certain' }, { neverKind: 'repeat certain' }],
  },
  {
    name: 'code of an easy login that a page kept for over a minute, its link told to another container before: it is no sure repeat',
    history: [
      mode('auto'),
      observe(POLL, T0 + 1000),
      observe(POLL, T0 + 3500),
      repeatLogin(T0 + 20_000, IN_CONTAINER),
      exchange(T0 + 21_000, IN_CONTAINER),
      me(T0 + 22_000, IN_CONTAINER, { account: 'hash-1', connectedAt: T0 + 3000 }),
      observe(token(200, { grant: 'authorization_code', clientId: APP }), T0 + 78_000, {
        source: 'har',
      }),
      me(T0 + 80_000, {}, { account: 'hash-1', connectedAt: T0 + 3000 }),
    ],
    at: 3,
    logins: [{ kind: 'repeat certain' }, { neverKind: 'repeat certain' }],
  },
  {
    name: 'easy login right after a popup that was agreed to, whose page keeps the code: it made no sure link',
    history: [
      mode('auto'),
      loginInPopup(SITE),
      observe({ ...POLL, popupAt: T0 }, T0 + 4000),
      observe(POLL, T0 + 4100, OTHER),
      observe(POLL, T0 + 5500, OTHER),
      observe(
        { type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'code', error: null },
        T0 + 5600,
        OTHER,
      ),
      exchange(T0 + 6000, OTHER),
      me(T0 + 7000, OTHER, { connectedAt: T0 + 3000 }),
    ],
    at: 30,
    logins: [{ neverKind: 'first certain' }],
  },
  {
    name: 'login of a session whose user id is another after the link was cut in settings: it made no sure link',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 3200),
      me(T0 + 3500, {}, { account: 'hash-1', connectedAt: T0 + 3000 }),
      consentAgain(T0 + 5000, { scope: true }).slice(0, 1),
      consentAgain(T0 + 6000, { ...OTHER, scope: true }).slice(0, 1),
      agree(T0 + 7000),
      exchange(T0 + 7200),
      agree(T0 + 8000, OTHER),
      exchange(T0 + 8200, OTHER),
      me(T0 + 9000, OTHER, { account: 'hash-2', connectedAt: T0 + 7000 }),
    ],
    at: 30,
    logins: [{}, {}, { neverKind: 'first certain' }],
  },
];

describe('screens between code and token', () => {
  testCases(BETWEEN_CODE_AND_TOKEN);
});

describe('tokens that come in another order than their codes', () => {
  testCases(OVERTAKEN);
});

describe('codes that pages kept, or that another provider gave', () => {
  testCases(KEPT_CODES);
});

describe('connected_at beside codes that are kept', () => {
  testCases(CONNECTED_THEN);
});
