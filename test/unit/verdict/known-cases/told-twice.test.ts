import { expect, test } from 'vitest';
import { readEgress } from '../../../../utils/capture/back-end/egress-har.ts';
import { joinBackEndCalls } from '../../../../utils/capture/back-end/join-calls.ts';
import { captureHar } from '../../../../utils/capture/har/capture-har.ts';
import { createRequestMarks } from '../../../../utils/capture/har/token/request-marks.ts';
import { egressHar, type Recorded } from '../../capture/back-end/back-end-records.ts';
import { APP, SITE, T0 } from '../../fixtures.ts';
import { judge } from '../judge-history.ts';
import {
  after,
  harEntries,
  harFirstLogin,
  harRepeat,
  mode,
  onPage,
  withOwnToken,
  type HarRequest,
} from './known-case.ts';

const TOKENS = [
  'kQ3vZp9xYb7Lr2TnWc5Hs8Jd1Fg4Mq6AAAAQo9dRsAAAGTab',
  'Wm8tRb2nKx6Yq4Zc9Dv1Lp7Hj3Sg5FaAAAAQo9dRsAAAGTcd',
] as const;
const KAPI = 'https://kapi.kakao.com';

/** The pages of a login whose code comes to a server. */
const pages = (requests: readonly HarRequest[]): HarRequest[] =>
  withOwnToken(onPage(requests.filter((r) => !r.url.includes('/oauth/token'))), '');

/** Kakao asks the browser to log in, for another account. */
const loginForm = (at: number): HarRequest => ({
  at,
  url: `https://kauth.kakao.com/oauth/authorize?client_id=${APP}&redirect_uri=${encodeURIComponent(`${SITE}/cb`)}&response_type=code`,
  to: 'https://accounts.kakao.com/login/?continue=x#login',
  document: true,
  headers: { Referer: `${SITE}/` },
});

/** A page asks its server for something, which reports its call to Kakao. */
const reporting = (at: number, desc: string): HarRequest => ({
  at,
  method: 'POST',
  url: `${SITE}/api/leave`,
  document: false,
  headers: { Origin: SITE, Referer: `${SITE}/` },
  more: { pageref: 'page_1' },
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
    const marks = createRequestMarks();
    const hash = async (id: string) => `h${id}`;
    const recorded = await captureHar(harEntries(requests), hash, marks);
    const { entries } = (
      egressHar(served.map((r) => ({ ...r, at: r.at - 1000 * behind }))) as {
        log: { entries: unknown[] };
      }
    ).log;
    const record = { kind: 'egress' as const, name: 's', calls: await readEgress(entries, hash) };
    const { observations } = joinBackEndCalls(recorded, marks, record);
    const said = judge([mode('auto'), observations], 60);
    expect(said.map((l) => `${l.verdict} ${l.certainty}`)).toEqual([
      'complete certain',
      'not-applicable certain',
    ]);
    expect(said[0]?.login.calls.filter((c) => c.path === '/v2/user/me')).toHaveLength(1);
  },
);
