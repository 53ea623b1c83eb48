import { describe } from 'vitest';
import { SITE, T0 } from '../../fixtures.ts';
import {
  callWith,
  file,
  harFirstLogin,
  harMe,
  KAUTH,
  onPage,
  readAsFile,
  TOKEN,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { mode, testCases, type KnownCase } from './known-case.ts';

const isExchange = (r: HarRequest): boolean => r.url.includes('/oauth/token');

/** A request that Playwright's `route.fulfill` answers. */
const answeredByTest = (r: HarRequest): HarRequest => ({
  ...r,
  more: { ...r.more, _wasFulfilled: true },
});

/** An answer with the time by its server's clock. */
const withDate = (r: HarRequest): HarRequest => ({
  ...r,
  response: {
    ...r.response,
    headers: [{ name: 'Date', value: new Date(r.at).toUTCString() }],
  },
});

const MADE_UP_ANSWERS: KnownCase[] = [
  {
    name: '/v2/user/me answered by a test itself (Playwright’s route.fulfill, routeFromHAR): completes nothing',
    history: async () => [
      mode('auto'),
      await file(
        onPage([...harFirstLogin(T0), harMe(T0 + 4000, { more: { _wasFulfilled: true } })]),
      ),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }],
  },
  {
    name: 'token request answered by a test itself: shows no token, so no miss either',
    history: async () => [
      mode('auto'),
      await file(onPage(harFirstLogin(T0).map((r) => (isExchange(r) ? answeredByTest(r) : r)))),
    ],
    at: 30,
    logins: [{ verdict: 'unseen', never: 'missed' }],
  },
  {
    name: "all of Kakao's pages answered by a test itself: no login",
    history: async () => [
      mode('auto'),
      await file(
        onPage(harFirstLogin(T0).map((r) => (r.url.startsWith(KAUTH) ? answeredByTest(r) : r))),
      ),
    ],
    at: 30,
    logins: [],
  },
  {
    name: 'token request that a test sends on (Playwright’s route.fetch) and answers: is one exchange',
    history: async () => {
      const requests = withOwnToken(harFirstLogin(T0), TOKEN);
      const sentOn = requests.filter(isExchange).map((r) => ({
        ...r,
        at: r.at + 1,
        headers: { 'User-Agent': 'Mozilla/5.0', Accept: '*/*', Referer: `${SITE}/` },
        more: { _apiRequestRef: 'x' },
      }));
      const onItsPage = requests.map((r) => (isExchange(r) ? answeredByTest(r) : r));
      return [
        mode('auto'),
        await file([
          ...onPage(onItsPage),
          ...sentOn,
          ...onPage([callWith(T0 + 4000, TOKEN, { body: '{"id":1}' })]),
        ]),
      ];
    },
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  ...[
    { what: 'with the time, as Kakao’s others', date: true, verdict: 'complete certain' },
    { what: 'without the time that Kakao’s others tell', date: false, verdict: 'complete likely' },
  ].map(({ what, date, verdict }): KnownCase => ({
    name: `/v2/user/me answered ${what}: ${verdict}`,
    history: async () => [
      mode('auto'),
      await readAsFile(
        onPage([
          ...harFirstLogin(T0).map(withDate),
          date ? withDate(harMe(T0 + 4000)) : harMe(T0 + 4000),
        ]),
      ),
    ],
    at: 30,
    logins: [{ verdict }],
  })),
  {
    name: '/v2/user/me answered 200 with a page, as a gateway on the way does: completes nothing surely',
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          ...harFirstLogin(T0),
          harMe(T0 + 4000, {
            response: {
              content: { mimeType: 'text/html', text: '<h1>Log in to the network</h1>' },
            },
          }),
        ]),
      ),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }],
  },
  {
    name: '/v2/user/me by way of a service worker that is not said to have asked Kakao: completes nothing surely',
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          ...harFirstLogin(T0),
          harMe(T0 + 4000, { response: { _fetchedViaServiceWorker: true } }),
        ]),
      ),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }],
  },
  {
    name: "site's answer that a test gives itself, with a report, in a file read from disk: completes nothing",
    history: async () => [
      mode('auto'),
      await readAsFile(
        onPage([
          ...harFirstLogin(T0),
          answeredByTest({
            at: T0 + 4000,
            url: `${SITE}/mypage`,
            document: true,
            response: {
              headers: [{ name: 'Server-Timing', value: 'kakao;desc="GET /v2/user/me 200"' }],
            },
          }),
        ]),
      ),
    ],
    at: 30,
    logins: [{ never: 'complete' }],
  },
];

describe('an answer that a test or a gateway may have made up', () => {
  testCases(MADE_UP_ANSWERS);
});
