import { beforeEach, expect, test, vi } from 'vitest';
import type { BrowserDetails } from '../../../utils/browser/traffic.ts';

type Listener = (d: unknown) => void;
const heard: Record<string, { listener: Listener; urls: string[] }[]> = {};
const event = (name: string) => ({
  addListener: (listener: Listener, { urls }: { urls: string[] }) =>
    (heard[name] ??= []).push({ listener, urls }),
});
vi.mock('wxt/browser', () => ({
  browser: {
    webRequest: Object.fromEntries(
      [
        'onBeforeRequest',
        'onBeforeRedirect',
        'onResponseStarted',
        'onCompleted',
        'onErrorOccurred',
      ].map((name) => [name, event(name)]),
    ),
  },
}));

/** What the browser tells of one request of a site's page: only listeners for sites hear of it. */
const tell = (name: string, d: object) => {
  for (const { listener, urls } of heard[name] ?? []) if (urls.includes('https://*/*')) listener(d);
};

beforeEach(() => {
  for (const name of Object.keys(heard)) delete heard[name];
});

test('site’s answer whose body is broken off: what its headers report is heard', async () => {
  const { listenToTraffic } = await import('../../../utils/browser/traffic.ts');
  const got: [string, BrowserDetails][] = [];
  listenToTraffic(
    (kind, d) => got.push([kind, d]),
    () => {},
  );
  const request = {
    requestId: '7',
    tabId: 1,
    method: 'GET',
    type: 'xmlhttprequest',
    url: 'https://shop.test/api/me',
  };
  const responseHeaders = [{ name: 'Server-Timing', value: 'kakao;desc="GET /v2/user/me 200"' }];
  tell('onBeforeRequest', { ...request, timeStamp: 1 });
  tell('onResponseStarted', { ...request, timeStamp: 2, statusCode: 200, responseHeaders });
  // The page is left: no `onCompleted` follows.
  tell('onErrorOccurred', { ...request, timeStamp: 3, error: 'net::ERR_ABORTED' });
  expect(got).toEqual([['completed', expect.objectContaining({ responseHeaders, timeStamp: 2 })]]);
});
