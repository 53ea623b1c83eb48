import { describe } from 'vitest';
import { exchange, firstLogin, SITE, T0 } from '../../fixtures.ts';
import {
  fromHar,
  harFirstLogin,
  harMe,
  keptOpen,
  onPage,
  readAsFile,
  type HarRequest,
} from './har-requests.ts';
import { after, ME_REPORT, mode, reported, testCases, type KnownCase } from './known-case.ts';

/** Headers by which a cache on the way says that it kept an answer. */
const KEPT_HEADERS: readonly Record<string, string>[] = [
  { Age: '300' },
  { 'X-Cache': 'HIT' },
  { 'X-Varnish': '32781 32770' },
  { 'X-Cache': 'Hit from cloudfront' },
  { 'X-Cache': 'RefreshHit from cloudfront' },
  { 'X-Cache': 'TCP_HIT' },
  { 'X-Cache': 'TCP_REMOTE_HIT' },
  { 'Cache-Status': 'edge; hit' },
  { 'CF-Cache-Status': 'STALE' },
  { 'CF-Cache-Status': 'UPDATING' },
  { 'CF-Cache-Status': 'REVALIDATED' },
  { 'X-Vercel-Cache': 'STALE' },
  { 'Server-Timing': 'cdn-cache; desc=HIT' },
  { 'Server-Timing': 'cdn-cache-hit, cdn-pop; desc="ICN51"' },
  { 'Server-Timing': 'cfCacheStatus; desc="HIT"' },
];

/** Headers by which a cache on the way says that the site's server answered, or which are none of it. */
const NOT_KEPT_HEADERS: readonly Record<string, string>[] = [
  { Age: '0' },
  { 'X-Cache': 'MISS' },
  { 'X-Varnish': '32770' },
  { 'X-Cache': 'Miss from cloudfront' },
  { 'X-Cache': 'TCP_MISS' },
  { 'Cache-Status': 'edge; fwd=stale; fwd-status=200' },
  { 'CF-Cache-Status': 'DYNAMIC' },
  { 'CF-Cache-Status': 'BYPASS' },
  { 'X-Vercel-Cache': 'MISS' },
  { 'Cache-Control': 'stale-while-revalidate=60' },
  { 'Server-Timing': 'cdn-cache; desc=MISS' },
  { 'Server-Timing': 'cdn-cache-miss' },
  { 'Server-Timing': 'cache; desc=hit' },
];

/** A header as a test's name writes it. */
const headerLine = (headers: Record<string, string>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');

/** A login whose server reports a call of /v2/user/me in an answer with headers, to the extension and in a file. */
const reportedWith = (headers: Record<string, string>): Pick<KnownCase, 'name' | 'history'>[] => [
  {
    name: `report in an answer with ${headerLine(headers)}`,
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      reported(after(0, 2), ME_REPORT, { headers }),
    ],
  },
  {
    name: `report in a file's answer with ${headerLine(headers)}`,
    history: async () => [
      mode('auto'),
      await readAsFile(
        onPage([
          ...harFirstLogin(T0),
          {
            at: after(0, 2),
            url: `${SITE}/mypage`,
            document: true,
            response: {
              headers: [['Server-Timing', ME_REPORT], ...Object.entries(headers)].map(
                ([name, value]) => ({
                  name,
                  value,
                }),
              ),
            },
          },
        ]),
      ),
    ],
  },
];

/** Reports in answers that a cache on the way may have kept, and in others. */
const KEPT_ANSWERS: KnownCase[] = [
  ...KEPT_HEADERS.flatMap(reportedWith).map(({ name, history }) => ({
    name: `${name}: may be of another user`,
    history,
    at: 30,
    logins: [{ verdict: 'complete likely | missed likely' }],
  })),
  ...NOT_KEPT_HEADERS.flatMap(reportedWith).map(({ name, history }) => ({
    name: `${name}: is of this one`,
    history,
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  })),
];

const cachedIn = (name: string, more: { more?: object; response?: object }): KnownCase => ({
  name: `200 out of ${name}: completes nothing`,
  history: async () => [
    mode('auto'),
    await fromHar([
      ...harFirstLogin(T0),
      harMe(after(0, 1), { body: '{"id":1}', ...more }),
      ...keptOpen,
    ]),
  ],
  at: 30,
  logins: [{ never: 'complete' }],
});

const perhapsKeptIn = (name: string, { more, response }: Partial<HarRequest>): KnownCase => ({
  name: `200 ${name}: may not be Kakao's own`,
  history: async () => [
    mode('auto'),
    await fromHar([
      ...harFirstLogin(T0),
      harMe(after(0, 1), { body: '{"id":1}', more, response }),
      ...keptOpen,
    ]),
  ],
  at: 30,
  logins: [{ never: 'complete certain | missed certain', verdict: 'complete likely' }],
});

const CACHED_ANSWERS: KnownCase[] = [
  cachedIn("Chromium's service worker cache", {
    response: {
      _serviceWorkerResponseSource: 'cache-storage',
      _responseCacheStorageCacheName: 'v1',
    },
  }),
  cachedIn("Chromium's service worker cache, told beside the answer", {
    more: { _serviceWorkerResponseSource: 'cache-storage', _responseCacheStorageCacheName: 'v1' },
  }),
  cachedIn("Safari's local overrides", { more: { _fetchType: 'Inspector Override' } }),
  cachedIn("Safari's disk cache", { more: { _fetchType: 'Disk Cache' } }),
  cachedIn("Safari's memory cache", { more: { _fetchType: 'Memory Cache' } }),
  cachedIn("Firefox's cache", {
    more: {
      cache: { afterRequest: { lastAccess: '2026-11-22T03:00:30.000Z', eTag: '', hitCount: 1 } },
    },
  }),
  perhapsKeptIn("out of Safari's service worker", { more: { _fetchType: 'Service Worker' } }),
  perhapsKeptIn("that Chromium's service worker made up", {
    response: { _serviceWorkerResponseSource: 'fallback-code' },
  }),
  perhapsKeptIn('of JSON that is a page', {
    response: { content: { mimeType: 'application/json', text: '\n<html><h1>Blocked' } },
  }),
  perhapsKeptIn('of which a cache had one before', {
    more: { cache: { beforeRequest: { eTag: '', lastAccess: '', hitCount: 3 } } },
  }),
  perhapsKeptIn('with an age', { response: { headers: [{ name: 'Age', value: '300' }] } }),
  ...[
    { name: 'Age', value: '300' },
    { name: 'X-Cache', value: 'Hit from cloudfront' },
    { name: 'Cache-Status', value: 'edge; hit' },
  ].map(({ name, value }) => ({
    name: `server’s report after its token, in an answer with ${name}: ${value}: may be of another user`,
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(after(0, 1), 'kakao;desc="POST /oauth/token 200"'),
      reported(after(0, 2), 'kakao;desc="GET /v2/user/me 200"', {
        headers: { [name]: value },
      }),
    ],
    at: 30,
    logins: [{ verdict: 'complete likely | missed likely' }],
  })),
];

describe('a report in an answer that a cache kept is not surely of the login at hand', () => {
  testCases(KEPT_ANSWERS);
});

describe('an answer out of a cache is not surely Kakao’s own', () => {
  testCases(CACHED_ANSWERS);
});
