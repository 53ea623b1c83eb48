import { beforeEach, expect, test, vi } from 'vitest';
import type { BrowserDetails } from '../../../utils/browser/traffic.ts';
import type { Observation } from '../../../utils/model/observation.ts';
import { firstLogin, observe, SITE, T0 } from '../fixtures.ts';
import { judge } from '../verdict/judge-history.ts';
import { mode } from '../verdict/known-cases/known-case.ts';

interface Filter {
  urls: string[];
  types?: string[];
}
const { heard, browser } = vi.hoisted(() => {
  const listeners: { event: string; filter: Filter; listener: (details: object) => void }[] = [];
  const names = [
    'onBeforeRequest',
    'onBeforeRedirect',
    'onResponseStarted',
    'onCompleted',
    'onErrorOccurred',
  ];
  const webRequest = names.map((event) => {
    const addListener = (listener: (details: object) => void, filter: Filter) =>
      void listeners.push({ event, filter, listener });
    return [event, { addListener }] as const;
  });
  return { heard: listeners, browser: { webRequest: Object.fromEntries(webRequest) } };
});
vi.mock('wxt/browser', () => ({ browser }));
const { listenToTraffic } = await import('../../../utils/browser/traffic.ts');
const { captureSiteResponse } = await import('../../../utils/capture/site-response.ts');

const observed: Observation[] = [];
const failed: string[] = [];
const madeUp: boolean[] = [];
beforeEach(() => {
  heard.length = 0;
  observed.length = 0;
  failed.length = 0;
  madeUp.length = 0;
  listenToTraffic(
    (event, details) => {
      if (event === 'error') failed.push(details.url);
      madeUp.push(details.maybeMadeUp === true);
      const told = captureSiteResponse(details);
      for (const fact of told?.reports ?? [])
        observed.push(
          observe(fact, details.timeStamp, { source: 'server', site: told?.site ?? null }),
        );
    },
    () => {},
  );
});

/** The browser tells of an event to those listeners that asked for its type and host. */
function happens(name: string, details: Partial<BrowserDetails> & { url: string; type: string }) {
  const { type, url } = details;
  for (const { event, filter, listener } of heard) {
    const isOfType = !filter.types || filter.types.includes(type);
    const isOfHost = filter.urls.some((pattern) => url.startsWith(pattern.replace(/\*.*/, '')));
    if (event === name && isOfType && isOfHost) listener(details);
  }
}

/** A site's response comes. */
const answered = (at: number, type: string, header: string, requestId = `${at}`) =>
  happens('onResponseStarted', {
    requestId,
    tabId: 1,
    url: `${SITE}/x`,
    type,
    timeStamp: at,
    initiator: SITE,
    responseHeaders: [{ name: 'server-timing', value: header }],
  });

test.each(['xmlhttprequest', 'script', 'image', 'ping', 'other'])(
  'report on the answer of a site to a request of type %s: counts',
  (type) => {
    answered(T0 + 3500, 'main_frame', 'kakao;desc="POST /oauth/token 200"');
    answered(T0 + 5000, type, 'kakao;desc="GET /v2/user/me 200"');
    const history = [mode('auto'), firstLogin(T0), observed];
    expect(judge(history, 50)).toMatchObject([{ verdict: 'complete', certainty: 'certain' }]);
  },
);

test('answer of Kakao’s that came from nowhere: the developer tools or a test may have made it up', () => {
  const call = { url: 'https://kapi.kakao.com/v2/user/me', type: 'xmlhttprequest', timeStamp: T0 };
  const ended = (more: Partial<BrowserDetails>) =>
    happens('onCompleted', { ...call, requestId: '1', ...more });
  ended({});
  ended({ ip: '203.0.113.7' });
  ended({ fromCache: true });
  happens('onErrorOccurred', { ...call, requestId: '1' });
  ended({ ip: null });
  expect(madeUp).toEqual([true, false, false, false, true]);
});

test('request to a site that is never answered: is told, where a page may have sent a token by it', () => {
  const request = { requestId: '1', timeStamp: T0 };
  happens('onErrorOccurred', { ...request, url: `${SITE}/login`, type: 'xmlhttprequest' });
  happens('onErrorOccurred', { ...request, url: `${SITE}/logo`, type: 'image' });
  expect(failed).toEqual([`${SITE}/login`]);
});

test('fonts, styles and media of a site: are not asked for, since there are many', () => {
  for (const type of ['font', 'stylesheet', 'media'])
    answered(T0 + 5000, type, 'kakao;desc="GET /v2/user/me 200"');
  expect(observed).toEqual([]);
});

test.each([
  { what: 'before the consent was sent', requestId: '6', certainty: 'likely' },
  { what: 'after the login', requestId: '8', certainty: 'certain' },
])('report on an answer that was asked for $what: $certainty', ({ requestId, certainty }) => {
  const consent = { requestId: '7', url: 'https://kauth.kakao.com/oauth/authorize' };
  const sent = { ...consent, type: 'main_frame', timeStamp: T0 + 2900 };
  happens('onBeforeRequest', sent);
  happens('onBeforeRedirect', { ...sent, timeStamp: T0 + 3000 });
  answered(T0 + 3500, 'main_frame', 'kakao;desc="POST /oauth/token 200"', '7');
  answered(T0 + 5000, 'xmlhttprequest', 'kakao;desc="GET /v2/user/me 200"', requestId);
  const history = [mode('auto'), firstLogin(T0), observed];
  expect(judge(history, 50)).toMatchObject([{ verdict: 'complete', certainty }]);
});
