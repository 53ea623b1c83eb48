import { describe } from 'vitest';
import { SITE, T0 } from '../../fixtures.ts';
import {
  callWith,
  file,
  harFirstLogin,
  inTab,
  onPage,
  readAsFile,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { after, mode, testCases, type KnownCase } from './known-case.ts';

const ONE = 'kQ3vZp9xYb7Lr2TnWc5Hs8Jd1Fg4Mq6AAAAAQo9dRsAAAGT1';
const OTHER = 'uB8wKe2mRf6Vt4ZyNh7Pj3Xa9Cs5Dg1AAAAAQo9dRsAAAGT2';

/** What developer tools of a window record, without what they take for secret, and with the instants of Kakao's clock. */
const inWindow = (requests: readonly HarRequest[]): HarRequest[] =>
  onPage(requests).map((r) => {
    const headers: Record<string, string> = {
      'Sec-Fetch-Dest': r.document ? 'document' : 'empty',
      ...r.headers,
    };
    delete headers['Authorization'];
    const date = { name: 'Date', value: new Date(r.at).toUTCString() };
    return { ...r, headers, response: { headers: [date] } };
  });

/** A first login with a token of its own; the calls of its page carry that. */
const loggedIn = (at: number, token: string): HarRequest[] =>
  withOwnToken(harFirstLogin(at), token);

/** A call that does not say who made it. */
const profile = (at: number, token: string): HarRequest =>
  callWith(at, token, { url: 'https://kapi.kakao.com/v1/api/talk/profile' });

const WINDOWS = [
  inWindow([...loggedIn(T0, ONE), profile(after(0, 5), ONE)]),
  inWindow(loggedIn(after(0, 1), OTHER)),
];

/** Files of several windows' developer tools that were put into one. */
const JOINED_RECORDINGS: KnownCase[] = [
  ...[WINDOWS, WINDOWS.toReversed()].flatMap((windows, i): KnownCase[] =>
    [file, readAsFile].map((read) => ({
      name: `first window’s call after the second one’s login, ${i ? 'last' : 'first'} in the file${read === file ? '' : ', read from disk'}: is surely of neither`,
      history: async () => [mode('auto'), await read(windows.flat())],
      at: 30,
      logins: [{ never: 'missed certain' }, { never: 'complete certain' }],
    })),
  ),
  {
    name: 'two windows at their consent screens at once, the first of which calls: is surely of neither',
    history: async () => [
      mode('auto'),
      await file([
        ...inWindow([...loggedIn(T0, ONE), profile(after(0, 5), ONE)]),
        ...inWindow(loggedIn(T0 + 500, OTHER)),
      ]),
    ],
    at: 30,
    logins: [{ never: 'missed certain' }, { never: 'complete certain' }],
  },
  {
    name: 'pages that are numbered from the beginning again: another window, whose consent cuts no link here',
    history: async () => [
      mode('auto'),
      await file([
        ...inTab('page_3', loggedIn(T0, ONE)),
        ...inTab('page_1', loggedIn(after(0, 10), OTHER)),
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain' }, { verdict: 'missed certain' }],
  },
  ...[
    {
      behind: 'a page, listed by its end',
      page: { document: true, more: { time: 6000 } },
    },
    { behind: 'a frame', page: { document: true, headers: { 'Sec-Fetch-Dest': 'iframe' } } },
    { behind: 'what a page asked for', page: { document: false } },
  ].map(({ behind, page }): KnownCase => ({
    name: `${behind} stands behind later entries of its window: a call is surely of the login before it`,
    history: async () => [
      mode('auto'),
      await file([
        ...inWindow([...loggedIn(T0, ONE), profile(T0 + 9000, ONE)]),
        ...inWindow([{ at: T0 + 5000, url: `${SITE}/big`, ...page }]),
        ...inWindow([profile(T0 + 10_000, ONE)]),
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  })),
];

describe('windows that share a file are no one window', () => {
  testCases(JOINED_RECORDINGS);
});
