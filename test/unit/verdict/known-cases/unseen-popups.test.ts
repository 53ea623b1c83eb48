import { describe } from 'vitest';
import { APP, authorize, exchange, firstLogin, me, observe, SITE, T0 } from '../../fixtures.ts';
import {
  callWith,
  file,
  forPerson,
  harFirstLogin,
  harMe,
  harTokenRequest,
  KAUTH,
  onPage,
  TOKEN,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { after, mode, testCases, type KnownCase } from './known-case.ts';

const OTHER_SITE = 'https://other.test';
const FRAME = `https://kapi.kakao.com/cors/?xdm_e=${encodeURIComponent(OTHER_SITE)}&xdm_c=d&xdm_p=1`;

/** A call that SDK v1 makes on another site with a token of which the file has no login, and what it answers. */
const v1Call = (at: number, body: object, path = '/v2/user/me'): HarRequest[] => [
  { at: at - 100, url: FRAME, document: true, headers: { Referer: `${OTHER_SITE}/` } },
  harMe(at, {
    url: `https://kapi.kakao.com${path}`,
    body: JSON.stringify(body),
    headers: { Origin: 'https://kapi.kakao.com', Referer: FRAME, Authorization: `Bearer ${TOKEN}` },
  }),
];

/** The same by a request that changes the link. */
const v1Change = (at: number, path: string): HarRequest[] =>
  v1Call(at, { id: 7 }, path).map((r) => (r.document ? r : { ...r, method: 'POST' }));

/** What `/v2/user/me` answers of a link that was made at an instant, epoch ms. */
const linkedAt = (at: number) => ({ id: 7, connected_at: new Date(at).toISOString() });

/** A first login without a call, and what else the tab's file shows. */
const firstLoginAnd = (...others: HarRequest[][]) =>
  file(onPage([...others.flat(), ...harFirstLogin(T0)].toSorted((a, b) => a.at - b.at)));

/** A first login on the other site, whose page unlinks. It ends well before T0. */
const unlinkedElsewhere = (): HarRequest[] => {
  const own = withOwnToken(harFirstLogin(after(-2)), 'kX7pL2mQ9vR4tW8zB3nC');
  const onOther = JSON.parse(JSON.stringify(own).replaceAll('page.shop.test', 'other.test'));
  const headers = { Origin: OTHER_SITE, Referer: `${OTHER_SITE}/` };
  const unlink = { method: 'POST', url: 'https://kapi.kakao.com/v1/user/unlink', headers };
  return [...onOther, callWith(after(-1), 'kX7pL2mQ9vR4tW8zB3nC', unlink)];
};

/** Files of one tab's developer tools: the popup in which the tester logged in on another site is not in them. */
const UNSEEN_POPUPS: KnownCase[] = [
  {
    name: 'call of another site, whose login was unlinked before: of a login in a popup',
    history: async () => [
      mode('auto'),
      await firstLoginAnd(
        unlinkedElsewhere(),
        v1Call(after(0, 20), { nickName: 'a' }, '/v1/api/talk/profile'),
      ),
    ],
    at: 30,
    logins: [{ verdict: 'unlinked certain' }, { verdict: 'missed likely' }],
  },
  {
    name: 'call of another site after a login in a popup, whose answer tells of the same link: a miss is not certain',
    history: async () => [
      mode('auto'),
      await firstLoginAnd(v1Call(after(0, 20), linkedAt(T0 + 2000))),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely' }],
  },
  {
    name: 'the same by a call whose answer does not tell when the link was made',
    history: async () => [
      mode('auto'),
      await firstLoginAnd(v1Call(after(0, 20), { nickName: 'a' }, '/v1/api/talk/profile')),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely' }],
  },
  {
    name: 'sign-up there: under manual link, too',
    history: async () => [
      mode('manual'),
      await firstLoginAnd(v1Change(after(0, 20), '/v1/user/signup')),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely' }],
  },
  {
    name: 'unlink there: the link may have been cut, so that a miss is not certain',
    history: async () => [
      mode('auto'),
      await firstLoginAnd(v1Change(after(0, 20), '/v1/user/unlink')),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely' }],
  },
  {
    name: 'call of another site whose answer tells of an older link: another account, or app, and a certain miss',
    history: async () => [
      mode('auto'),
      await firstLoginAnd(v1Call(after(0, 20), linkedAt(after(-24 * 30)))),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain' }],
  },
  {
    name: 'call of another site whose answer tells of a later link: another account, or app, and a certain miss',
    history: async () => [
      mode('auto'),
      await firstLoginAnd(v1Call(after(0, 20), linkedAt(after(0, 19)))),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain' }],
  },
  {
    name: 'call of another site with a token that it had before: of no link that was made since',
    history: async () => [
      mode('auto'),
      await firstLoginAnd(
        v1Call(after(-1), { nickName: 'a' }, '/v1/api/talk/profile'),
        v1Call(after(0, 20), { nickName: 'a' }, '/v1/api/talk/profile'),
      ),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain' }],
  },
];

/** A poll of the page for the code of a popup, which is named. */
const harPoll = (at: number, popup: string): HarRequest => ({
  at,
  url: `${KAUTH}/apiweb/code.json?client_id=${APP}&auth_tran_id=${popup}`,
  document: false,
  headers: { Referer: `${SITE}/`, Origin: SITE },
});

/** What `/v2/user/me` answers of a link that was made at an instant, epoch ms. */
const bodyOfLink = (at: number) =>
  JSON.stringify({ id: 7, connected_at: new Date(at).toISOString(), properties: {} });

const ON_OTHER_SITE = { site: 'https://other.shop.test', tab: 'r:5' };

/** A popup of another site that shows a page, and hands over by message what nobody sees. */
const messagePopup = (at: number) => [
  observe(
    authorize({ outcome: 'screen', redirectUri: 'kakaojs', params: ['client_id', 'proxy'] }),
    at,
    { ...ON_OTHER_SITE, tab: 'r:6', opener: 'r:5' },
  ),
];

const POPUPS_LEFT_OUT: KnownCase[] = [
  {
    name: 'popup logins that the tab’s file does not show, two codes within ten minutes: two logins',
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          { at: T0 - 9000, url: `${SITE}/`, document: true },
          harTokenRequest(T0, 'code-a', 'AT-a'),
          harTokenRequest(after(0, 3), 'code-b', 'AT-b'),
          callWith(after(0, 4), 'AT-b'),
        ]),
      ),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }, { verdict: 'complete' }],
  },
  {
    name: 'popup that the tab’s file does not show, polled for after another: a link of in between may be that one’s',
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          harPoll(T0, 't1'),
          harPoll(T0 + 15_000, 't1'),
          harPoll(T0 + 50_000, 't2'),
          { at: T0 + 50_200, url: `${SITE}/cb?code=popup-code`, document: true },
          harTokenRequest(T0 + 50_300, 'popup-code', 'AT-p'),
          callWith(T0 + 51_000, 'AT-p', { body: bodyOfLink(T0 + 30_000) }),
        ]),
      ),
    ],
    at: 2,
    logins: [{ neverKind: 'first certain' }],
  },
  {
    name: 'the same of one popup alone: its own link',
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          harPoll(T0, 't1'),
          harPoll(T0 + 50_000, 't1'),
          { at: T0 + 50_200, url: `${SITE}/cb?code=popup-code`, document: true },
          harTokenRequest(T0 + 50_300, 'popup-code', 'AT-p'),
          callWith(T0 + 51_000, 'AT-p', { body: bodyOfLink(T0 + 30_000) }),
        ]),
      ),
    ],
    at: 2,
    logins: [{ kind: 'first certain', verdict: 'complete certain' }],
  },
  {
    name: 'redirect login, then within ten minutes a popup’s code of another account and its call: not of the first',
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          ...forPerson('a', harFirstLogin(T0)),
          harTokenRequest(after(0, 3), 'code-b', 'AT-b'),
          callWith(after(0, 4), 'AT-b'),
        ]),
      ),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }, { verdict: 'complete' }],
  },
];

const ENDS_UNSEEN: KnownCase[] = [
  {
    name: "message popup of another site, its end unseen, then that site's call: a miss is not certain",
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      ...messagePopup(after(1)),
      me(after(1, 2), ON_OTHER_SITE),
    ],
    at: 30,
    logins: [{ never: 'missed certain' }],
  },
  {
    name: 'message popup of unknown end, whose server may call: a miss is not certain',
    history: [mode('auto'), firstLogin(T0), exchange(after(0, 1)), ...messagePopup(after(1))],
    at: 30,
    logins: [{ never: 'missed certain' }],
  },
];

describe('a call of a login that the file does not show', () => {
  testCases(UNSEEN_POPUPS);
});

describe('a popup that the tab’s file does not show', () => {
  testCases(POPUPS_LEFT_OUT);
});

describe('a popup that hands its token over where nobody sees it', () => {
  testCases(ENDS_UNSEEN);
});
