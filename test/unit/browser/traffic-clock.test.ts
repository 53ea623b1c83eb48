import { expect, test, vi } from 'vitest';
import type { BrowserDetails } from '../../../utils/browser/traffic.ts';

type Listener = (d: unknown) => void;
const heard = vi.hoisted(() => ({}) as Record<string, Listener[]>);
vi.mock('wxt/browser', () => {
  const event = (name: string) => ({
    addListener: (listener: Listener) => (heard[name] ??= []).push(listener),
  });
  const names = [
    'onBeforeRequest',
    'onBeforeRedirect',
    'onResponseStarted',
    'onCompleted',
    'onErrorOccurred',
  ];
  return { browser: { webRequest: Object.fromEntries(names.map((n) => [n, event(n)])) } };
});

test('clock set back by a second: a call is not said to be sent before the login it follows', async () => {
  const { listenToTraffic } = await import('../../../utils/browser/traffic.ts');
  const got: BrowserDetails[] = [];
  listenToTraffic(
    (_kind, d) => got.push(d),
    () => {},
  );
  const tell = (name: string, d: object) => heard[name]?.forEach((listener) => listener(d));
  const login = { requestId: '1', url: 'https://kauth.kakao.com/oauth/authorize', method: 'POST' };
  const call = { requestId: '2', url: 'https://kapi.kakao.com/v2/user/me', method: 'GET' };
  tell('onBeforeRequest', { ...login, timeStamp: 9000 });
  tell('onBeforeRedirect', { ...login, timeStamp: 10_000 });
  // The clock goes back by one second, and comes past the login's instant while the call is on its way.
  tell('onBeforeRequest', { ...call, timeStamp: 9500 });
  tell('onCompleted', { ...call, timeStamp: 10_100 });
  expect(got.at(-1)?.url).toBe(call.url);
  expect(got.at(-1)).not.toHaveProperty('sentAt');
});
