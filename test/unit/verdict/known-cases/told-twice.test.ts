import { expect, test } from 'vitest';
import { readEgress } from '../../../../utils/capture/back-end/egress-har.ts';
import { joinBackEndCalls } from '../../../../utils/capture/back-end/join-calls.ts';
import { captureHar } from '../../../../utils/capture/har/capture-har.ts';
import { createRequestMarks } from '../../../../utils/capture/har/token/request-marks.ts';
import { egressHar, type Recorded } from '../../capture/back-end/back-end-records.ts';
import { APP, SITE, T0 } from '../../fixtures.ts';
import { judge } from '../judge-history.ts';
import {
  harEntries,
  harFirstLogin,
  harRepeat,
  inTab,
  KAPI,
  onPage,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { after, mode } from './known-case.ts';

const TOKENS = [
  'kQ3vZp9xYb7Lr2TnWc5Hs8Jd1Fg4Mq6AAAAQo9dRsAAAGTab',
  'Wm8tRb2nKx6Yq4Zc9Dv1Lp7Hj3Sg5FaAAAAQo9dRsAAAGTcd',
  'Td5yNc8pLf2Xr7Vk4Bs9Mw1Gq6Jh3ZaAAAAQo9dRsAAAGTef',
] as const;

/** The pages of a login whose code comes to a server. */
const pages = (requests: readonly HarRequest[], pageref = 'page_1'): HarRequest[] =>
  withOwnToken(
    inTab(
      pageref,
      requests.filter((r) => !r.url.includes('/oauth/token')),
    ),
    '',
  );

/** Kakao asks the browser to log in, for another account. */
const loginForm = (at: number): HarRequest => ({
  at,
  url: `https://kauth.kakao.com/oauth/authorize?client_id=${APP}&redirect_uri=${encodeURIComponent(`${SITE}/cb`)}&response_type=code`,
  to: 'https://accounts.kakao.com/login/?continue=x#login',
  document: true,
  headers: { Referer: `${SITE}/` },
});

/** A page asks its server for something, which reports its call to Kakao. */
const reporting = (at: number, desc: string, pageref = 'page_1'): HarRequest => ({
  at,
  method: 'POST',
  url: `${SITE}/api/leave`,
  document: false,
  headers: { Origin: SITE, Referer: `${SITE}/` },
  more: { pageref },
  response: { headers: [{ name: 'Server-Timing', value: `kakao;desc="${desc}"` }] },
});

const exchange = (at: number, login: number, token: string): Recorded => ({
  at,
  method: 'POST',
  url: 'https://kauth.kakao.com/oauth/token',
  form: { grant_type: 'authorization_code', client_id: APP, code: `hK3tQ9vX_c${login}` },
  body: { access_token: token, expires_in: 21599 },
});

/** A server's call with a token, as its proxy records it. */
const call = (at: number, path: string, bearer: string, body: object): Recorded => ({
  at,
  url: KAPI + path,
  bearer,
  body,
  ...(path.endsWith('unlink') ? { method: 'POST' } : {}),
});

/** What is judged, after 60 h, of a browser's requests and of its server's calls as a proxy records them. */
async function judged(requests: readonly HarRequest[], served: readonly Recorded[]) {
  const marks = createRequestMarks();
  const hash = async (id: string) => `h${id}`;
  const recorded = await captureHar(harEntries(requests), hash, marks);
  const { entries } = (egressHar(served) as { log: { entries: unknown[] } }).log;
  const record = { kind: 'egress' as const, name: 's', calls: await readEgress(entries, hash) };
  return judge([mode('auto'), joinBackEndCalls(recorded, marks, record).observations], 60);
}

const verdictsOf = (said: Awaited<ReturnType<typeof judged>>) =>
  said.map((l) => `${l.verdict} ${l.certainty}`);

test.each([0, 73])(
  'unlink that site and proxy tell of, its clock %d s behind: leaves the other’s link',
  async (behind) => {
    const next = after(1);
    const requests = [
      ...pages(harFirstLogin(T0)),
      ...onPage([loginForm(next - 5000)]),
      ...pages(harRepeat(next)),
      reporting(after(2), 'POST /v1/user/unlink 200'),
    ];
    const served = [
      exchange(T0 + 2200, T0, TOKENS[0]),
      call(T0 + 2300, '/v2/user/me', TOKENS[0], {
        id: 1,
        connected_at: new Date(T0 + 2000).toISOString(),
      }),
      exchange(next + 200, next, TOKENS[1]),
      call(next + 300, '/v1/user/access_token_info', TOKENS[1], { id: 2 }),
      call(after(2) + 10, '/v1/user/unlink', TOKENS[1], { id: 2 }),
    ];
    const said = await judged(
      requests,
      served.map((r) => ({ ...r, at: r.at - 1000 * behind })),
    );
    expect(verdictsOf(said)).toEqual(['complete certain', 'not-applicable certain']);
    expect(said[0]?.login.calls.filter((c) => c.path === '/v2/user/me')).toHaveLength(1);
  },
);

test.each(['page@3', 'page@4'])(
  'unlink that the proxy tells of and the site in %s: leaves the link of the account between',
  async (page) => {
    const [second, third] = [after(1), after(2)];
    const requests = [
      ...pages(harFirstLogin(T0), 'page@1'),
      ...inTab('page@2', [loginForm(second - 5000)]),
      ...pages(harFirstLogin(second), 'page@2'),
      ...inTab('page@3', [loginForm(third - 5000)]),
      ...pages(harRepeat(third), 'page@3'),
      reporting(after(3), 'POST /v1/user/unlink 200', page),
    ];
    const profile = (id: number, login: number) => ({
      id,
      connected_at: new Date(login + 2000).toISOString(),
    });
    const served = [
      exchange(T0 + 2200, T0, TOKENS[0]),
      call(T0 + 2300, '/v2/user/me', TOKENS[0], profile(1, T0)),
      exchange(second + 2200, second, TOKENS[1]),
      call(second + 2300, '/v2/user/me', TOKENS[1], profile(2, second)),
      exchange(third + 200, third, TOKENS[2]),
      call(third + 300, '/v2/user/me', TOKENS[2], profile(1, T0)),
      call(after(3) + 10, '/v1/user/unlink', TOKENS[2], { id: 1 }),
    ];
    expect(verdictsOf(await judged(requests, served))).toEqual([
      'unlinked certain',
      'complete certain',
      'not-applicable certain',
    ]);
  },
);
