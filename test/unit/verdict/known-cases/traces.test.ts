import { expect, test } from 'vitest';
import { readEgress } from '../../../../utils/capture/back-end/egress-har.ts';
import { joinBackEndCalls } from '../../../../utils/capture/back-end/join-calls.ts';
import { readSpans } from '../../../../utils/capture/back-end/otlp-spans.ts';
import { captureHar } from '../../../../utils/capture/har/capture-har.ts';
import { createRequestMarks } from '../../../../utils/capture/har/token/request-marks.ts';
import {
  egressHar,
  otlp,
  span,
  traceparent,
  type Recorded,
} from '../../capture/back-end/back-end-records.ts';
import { APP, SITE, T0 } from '../../fixtures.ts';
import { judge } from '../judge-history.ts';
import { harEntries, harFirstLogin, inTab, withOwnToken, type HarRequest } from './har-requests.ts';
import { after, mode } from './known-case.ts';

const [ONE, OTHER] = ['1'.repeat(32), '2'.repeat(32)] as const;
const TOKENS = [
  'kQ3vZp9xYb7Lr2TnWc5Hs8Jd1Fg4Mq6AAAAQo9dRsAAAGTab',
  'Wm8tRb2nKx6Yq4Zc9Dv1Lp7Hj3Sg5FaAAAAQo9dRsAAAGTcd',
] as const;
const KAUTH = 'https://kauth.kakao.com/oauth/token';
const ME = 'https://kapi.kakao.com/v2/user/me';
const code = (at: number) => `hK3tQ9vX_c${at}`;

/** What tells a request's trace. */
const traced = (trace: string) => ({ traceparent: traceparent(trace) });

/** A first login whose code comes to a server, in a trace. */
const pages = (at: number, trace: string): HarRequest[] =>
  withOwnToken(inTab('page_1', harFirstLogin(at).slice(0, 3)), '').map((r) =>
    r.url.startsWith(SITE) ? { ...r, headers: { ...r.headers, ...traced(trace) } } : r,
  );

/** A page asks its server for something, in a trace. */
const ask = (at: number, trace: string): HarRequest => ({
  at,
  url: `${SITE}/api/news`,
  document: false,
  headers: { Origin: SITE, Referer: `${SITE}/`, ...traced(trace) },
  more: { pageref: 'page_1' },
});

const withoutCodes = (requests: readonly HarRequest[]): HarRequest[] =>
  requests.map((r) => ({
    ...r,
    url: r.url.replace(/code=[^&]+/, 'code=REDACTED'),
    ...(r.to ? { to: r.to.replace(/code=[^&]+/, 'code=REDACTED') } : {}),
  }));

const exchange = (at: number, trace: string, more: Partial<Recorded> = {}): Recorded => ({
  at,
  method: 'POST',
  url: KAUTH,
  trace,
  ...more,
});
const me = (at: number, trace: string, more: Partial<Recorded> = {}): Recorded => ({
  at,
  url: ME,
  trace,
  ...more,
});

/** Whether it is a request that the site's server served, not one that it made. */
const isServed = ({ url }: Recorded) => url.startsWith(SITE);

/** What is said of the logins of a browser and of its server's calls. */
async function said(
  requests: readonly HarRequest[],
  served: readonly Recorded[],
  kind: 'spans' | 'egress' = 'spans',
): Promise<string[]> {
  const marks = createRequestMarks();
  const hash = async (id: string) => `h${id}`;
  const recorded = await captureHar(harEntries(requests), hash, marks);
  const har = egressHar(served) as { log: { entries: unknown[] } };
  const calls =
    kind === 'spans'
      ? readSpans([otlp(served.map((call) => span(call, { kind: isServed(call) ? 2 : 3 })))])
      : await readEgress(har.log.entries, hash);
  const { observations } = joinBackEndCalls(recorded, marks, { kind, name: 's', calls });
  return judge([mode('auto'), observations], 60).map((l) => `${l.verdict} ${l.certainty}`);
}

test('call in the trace of a login, after its exchange: is surely its', async () => {
  const served = [exchange(T0 + 2200, ONE), me(T0 + 2300, ONE)];
  for (const requests of [pages(T0, ONE), withoutCodes(pages(T0, ONE))])
    expect(await said(requests, served)).toEqual(['complete certain']);
});

test('call in the trace of a login, before its exchange: carries another token', async () => {
  const served = [me(T0 + 2150, ONE), exchange(T0 + 2200, ONE)];
  expect(await said(pages(T0, ONE), served)).not.toContain('complete certain');
});

test('call in the trace of a login whose exchange was refused: carries another token', async () => {
  const refused = exchange(T0 + 2200, ONE, { status: 400 });
  const served = [refused, me(T0 + 2300, ONE)];
  expect(await said(pages(T0, ONE), served)).not.toContain('complete certain');
  const again = [refused, exchange(T0 + 2250, ONE), me(T0 + 2300, ONE)];
  expect(await said(pages(T0, ONE), again)).toEqual(['complete certain']);
});

test('call in the trace of a login with a token that its exchange did not issue: is not surely its', async () => {
  const issued = {
    form: { grant_type: 'authorization_code', client_id: APP, code: code(T0) },
    body: { access_token: TOKENS[0], expires_in: 21599 },
  };
  const calls = (bearer: string) => [
    exchange(T0 + 2200, ONE, issued),
    me(T0 + 2300, ONE, { bearer }),
  ];
  const requests = pages(T0, ONE);
  expect(await said(requests, calls(TOKENS[1]), 'egress')).not.toContain('complete certain');
  expect(await said(requests, calls(TOKENS[0]), 'egress')).toEqual(['complete certain']);
});

test('call in a trace that a page began before the login: is not surely the login’s', async () => {
  const requests = [ask(T0 - 5000, OTHER), ...pages(T0, ONE)];
  const served = [exchange(T0 + 2200, ONE), me(T0 + 60_000, OTHER)];
  expect(await said(requests, served)).not.toContain('complete certain');
});

test('call in a trace that a page began after the login: is surely the login’s', async () => {
  const requests = [...pages(T0, ONE), ask(after(1), OTHER)];
  const served = [exchange(T0 + 2200, ONE), me(after(1) + 50, OTHER)];
  expect(await said(requests, served)).toEqual(['complete certain']);
});

test('call in the first login’s trace after a second login, codes left out: is not surely the second’s', async () => {
  const requests = withoutCodes([...pages(T0, ONE), ...pages(after(0, 10), OTHER)]);
  const exchanges = [exchange(T0 + 2200, ONE), exchange(after(0, 10) + 2200, OTHER)];
  const [, second] = await said(requests, [...exchanges, me(after(0, 12), ONE)]);
  expect(second).not.toBe('complete certain');
});

test('server’s clock that is behind by as much as two logins are apart: each has its own call', async () => {
  const apart = 10 * 60_000;
  const requests = [...pages(T0, ONE), ...pages(T0 + apart, OTHER)];
  const exchanges = [exchange(T0 + 2200, ONE), exchange(T0 + apart + 2200, OTHER)];
  const ofFirst = [...exchanges, me(T0 + apart + 60_000, ONE)];
  const ofSecond = [...exchanges, me(T0 + apart + 60_000, OTHER)];
  const behind = (calls: Recorded[]) => calls.map((call) => ({ ...call, at: call.at - apart }));
  for (const shift of [(calls: Recorded[]) => calls, behind]) {
    expect(await said(requests, shift(ofFirst))).toEqual(['complete certain', 'missed likely']);
    // The account of the first may be that of the second, which consents anew.
    expect(await said(requests, shift(ofSecond))).toEqual(['unlinked likely', 'complete certain']);
  }
});

/** Requests whose answers by the site report calls. */
const reporting = (requests: readonly HarRequest[], ...calls: string[]): HarRequest[] =>
  requests.map((r) => {
    if (!r.url.startsWith(SITE)) return r;
    const value = calls.map((desc) => `kakao;desc="${desc}"`).join(', ');
    return { ...r, response: { headers: [{ name: 'Server-Timing', value }] } };
  });

const INFO = { url: 'https://kapi.kakao.com/v1/user/access_token_info' };

test('sampled spans of calls that the site reports itself: leave its miss certain', async () => {
  const served = [exchange(T0 + 2200, ONE), me(T0 + 2300, ONE, INFO)];
  const told = ['POST /oauth/token 200', 'GET /v1/user/access_token_info 200'];
  expect(await said(reporting(pages(T0, ONE), ...told), served)).toEqual(['missed certain']);
  const half = told.slice(0, 1);
  expect(await said(reporting(pages(T0, ONE), ...half), served)).toEqual(['missed likely']);
});

test('span of a call in no login’s trace that its site did not report: leaves the miss in doubt', async () => {
  const requests = reporting(pages(T0, ONE), 'POST /oauth/token 200');
  const job = me(after(1), OTHER);
  expect(await said(requests, [exchange(T0 + 2200, ONE)])).toEqual(['missed certain']);
  expect(await said(requests, [exchange(T0 + 2200, ONE), job])).toEqual(['missed likely']);
  const late = [exchange(T0 + 2200, ONE), me(after(50), OTHER)];
  expect(await said(requests, late)).toEqual(['missed certain']);
});

test.each([
  ['that Kakao refused', { status: 401 }],
  ['that completes nothing', INFO],
])('the same of a call %s: the miss is certain', async (_, call) => {
  const requests = reporting(pages(T0, ONE), 'POST /oauth/token 200');
  const served = [exchange(T0 + 2200, ONE), me(after(1), OTHER, call)];
  expect(await said(requests, served)).toEqual(['missed certain']);
});

test('span of a call in the trace of another’s login: says nothing of a site that reports', async () => {
  const requests = reporting(pages(T0, ONE), 'POST /oauth/token 200');
  const served = [exchange(T0 + 2200, ONE), exchange(after(1), OTHER), me(after(1) + 90, OTHER)];
  expect(await said(requests, served)).toEqual(['missed certain']);
});

test('span of a call in the trace of a job that got a token: leaves the miss in doubt', async () => {
  const requests = reporting(pages(T0, ONE), 'POST /oauth/token 200');
  const serving = (at: number, trace: string) => ({ at, url: `${SITE}/cb`, trace });
  const own = [serving(T0 + 2400, ONE), exchange(T0 + 2200, ONE)];
  const other = [exchange(after(1), OTHER), me(after(1) + 90, OTHER)];
  expect(await said(requests, [...own, ...other])).toEqual(['missed likely']);
  const login = [serving(after(1) + 100, OTHER), ...other];
  expect(await said(requests, [...own, ...login])).toEqual(['missed certain']);
});

test('span of a call that its site did report: leaves the miss of another login certain', async () => {
  const failed = [exchange(T0 + 2200, ONE), me(T0 + 2300, ONE, { status: 500 })];
  const [first, second] = [pages(T0, ONE), pages(after(26), OTHER)];
  const requests = [
    ...reporting(first, 'POST /oauth/token 200', 'GET /v2/user/me 500'),
    ...reporting(second, 'POST /oauth/token 200', 'GET /v2/user/me 200'),
  ];
  const untraced = me(after(26) + 2300, '3'.repeat(32));
  expect((await said(requests, [...failed, untraced]))[0]).toBe('missed certain');
});

test('proxy without traces: a call after an exchange that fits is likely the login’s', async () => {
  const bare = { trace: undefined };
  const served = [exchange(T0 + 2200, ONE, bare), me(T0 + 2300, ONE, bare)];
  const requests = withoutCodes(pages(T0, ONE));
  expect(await said(requests, served, 'egress')).toEqual(['complete likely']);
  expect(await said(requests, served.slice(1), 'egress')).toEqual(['unseen certain']);
});

test('unreported call’s span in the trace of a reported exchange: the miss is in doubt', async () => {
  // The server's clock is too far off to join the exchange by time.
  const behind = 34_000;
  const requests = withoutCodes(reporting(pages(T0, ONE), 'POST /oauth/token 200'));
  const served = [exchange(T0 + 2200 - behind, OTHER), me(T0 + 30_000 - behind, OTHER)];
  expect(await said(requests, served)).toEqual(['missed likely']);
});
