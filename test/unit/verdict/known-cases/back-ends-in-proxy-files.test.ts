import { describe } from 'vitest';
import { SITE, T0 } from '../../fixtures.ts';
import {
  byProxy,
  callWith,
  file,
  forPerson,
  fromHar,
  harFirstLogin,
  harRepeat,
  KAPI,
  ofBackEnd,
  TOKEN,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { after, MISS_UNSURE, mode, testCases, type KnownCase } from './known-case.ts';

const JAVA = {
  'User-Agent': 'Java/21',
  Accept: 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2',
};

const PYTHON = { 'User-Agent': 'python-requests/2.32', Accept: 'application/json' };

/** What a back end asks of other hosts, in what looks like a browser's request or answer. */
const ASKED_BY_BACK_END: (Partial<HarRequest> & { what: string })[] = [
  {
    what: "Node's fetch asks another host",
    headers: { 'Sec-Fetch-Mode': 'cors' },
  },
  {
    what: 'another host answers with a page',
    response: { content: { mimeType: 'text/html', text: '<p>ok' } },
  },
  {
    what: 'another host answers with a redirect',
    status: 302,
    response: { redirectURL: 'https://hooks.chat.test/y' },
  },
  {
    what: 'Java asks another host',
    headers: { Accept: JAVA.Accept },
    response: { content: { mimeType: 'text/plain' } },
  },
];

/** A back end's call of /v2/user/me that a gateway on the way to Kakao answers; without a token where that is empty. */
function gatewaysAnswer(
  at: number,
  status: number,
  headers: Record<string, string> & { Authorization?: string },
): HarRequest {
  const { Authorization = 'Bearer AT-a', ...others } = headers;
  return {
    at,
    url: `${KAPI}/v2/user/me`,
    status,
    headers: { ...others, ...(Authorization ? { Authorization } : {}) },
    response: { content: { mimeType: 'text/html', text: '<h1>Bad Gateway</h1>' } },
  };
}

/** The token of a second login. */
const REPEATED = 'mW7bYc2KdRq9Xs4LfTz6Gh8Vj1Pn3Ea5AAAAQo9dRsAAAGTcd';

const BACK_ENDS: KnownCase[] = [
  {
    name: "Java back end's call behind a proxy: a call, not a page",
    history: async () => [
      mode('auto'),
      await fromHar([
        ...harFirstLogin(T0).slice(0, 3),
        {
          at: T0 + 2300,
          method: 'POST',
          url: 'https://kauth.kakao.com/oauth/token',
          headers: JAVA,
          form: 'grant_type=authorization_code&client_id=js-key-0001&code=c',
          body: '{"token_type":"bearer","access_token":"AT-1"}',
        },
        {
          at: T0 + 2400,
          url: 'https://kapi.kakao.com/v2/user/me',
          headers: JAVA,
          body: '{"id":1,"connected_at":"2026-11-22T03:00:02Z"}',
        },
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'complete' }],
  },
  {
    name: 'back end’s call with another user’s token in a proxy’s file: not surely this login’s',
    history: async () => [
      mode('auto'),
      await file([
        ...byProxy(forPerson('a', harFirstLogin(T0)).slice(0, 3), 'k=1'),
        ...ofBackEnd([
          ...forPerson('a', harFirstLogin(T0)).slice(3),
          callWith(T0 + 4000, 'AT-other-9c3e7f15b2'),
        ]),
      ]),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }],
  },
  ...[
    { name: 'Python back end', headers: PYTHON },
    { name: 'Java back end', headers: JAVA },
    { name: 'Java back end without its token', headers: { ...JAVA, Authorization: '' } },
  ].flatMap(({ name, headers }) =>
    [502, 504].map((status): KnownCase => ({
      name: `${name} whose call a gateway answers ${status} with a page, in a proxy's file: no sure miss`,
      history: async () => [
        mode('auto'),
        await file([
          ...byProxy(forPerson('a', harFirstLogin(T0)).slice(0, 3), 'k=1'),
          ...ofBackEnd(forPerson('a', harFirstLogin(T0)).slice(3)),
          gatewaysAnswer(T0 + 4000, status, headers),
        ]),
      ],
      at: 30,
      logins: [MISS_UNSURE],
    })),
  ),
  ...ASKED_BY_BACK_END.map(({ what, headers, ...answer }): KnownCase => ({
    name: `back end in a browser's proxy file, where ${what}: is no browser with a login`,
    history: async () => [
      mode('auto'),
      await file([
        ...byProxy(forPerson('a', harFirstLogin(T0)).slice(0, 3), 'k=1'),
        ...ofBackEnd([...forPerson('a', harFirstLogin(T0)).slice(3), callWith(T0 + 4000, 'AT-a')]),
        {
          at: T0 + 5000,
          method: 'POST',
          url: 'https://hooks.chat.test/x',
          headers: { 'User-Agent': 'node', Accept: '*/*', ...headers },
          ...answer,
        },
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  })),
  {
    name: 'proxy’s file of two windows that lacks a repeat’s redirect: its call may complete the first login',
    history: async () => {
      const [, arrival, ...then] = withOwnToken(harRepeat(after(1)), REPEATED);
      if (!arrival) throw new Error('no arrival');
      return [
        mode('auto'),
        await file([
          ...byProxy(withOwnToken(harFirstLogin(T0), TOKEN), 'a=1; b=2'),
          ...byProxy(harFirstLogin(after(0, 10)).slice(0, 1), 'c=3; d=4'),
          ...byProxy([{ ...arrival, headers: { Referer: `${SITE}/` } }, ...then], 'a=1; b=2'),
          ...byProxy([callWith(after(1, 1), REPEATED)], 'a=1; b=2'),
        ]),
      ];
    },
    at: 30,
    logins: [{ never: 'missed certain' }, { verdict: 'complete' }],
  },
];

describe('a back end whose requests stand in a proxy’s file of a browser', () => {
  testCases(BACK_ENDS);
});
