import { describe } from 'vitest';
import { T0 } from '../../fixtures.ts';
import { file, harFirstLogin, harMe, onPage, TOKEN, type HarRequest } from './har-requests.ts';
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

/** Files of one tab's developer tools: the popup in which the tester logged in on another site is not in them. */
const UNSEEN_POPUPS: KnownCase[] = [
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

describe('a call of a login that the file does not show', () => {
  testCases(UNSEEN_POPUPS);
});
