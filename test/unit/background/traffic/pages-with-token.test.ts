import { expect, test, vi } from 'vitest';
import { createPagesWithToken } from '../../../../utils/background/traffic/pages-with-token.ts';
import type { BrowserDetails } from '../../../../utils/browser/traffic.ts';
import { HANDS_OVER_MS } from '../../../../utils/capture/sent-to-server.ts';
import { authorize, T0, token } from '../../fixtures.ts';

/** A request that a shop's page sends something to its own server by. */
const sent = (timeStamp: number, more: Partial<BrowserDetails> = {}): BrowserDetails => ({
  requestId: '1',
  url: 'https://shop.test/login',
  method: 'POST',
  type: 'xmlhttprequest',
  statusCode: 200,
  timeStamp,
  initiator: 'https://shop.test',
  tabId: 1,
  ...more,
});

/** Pages without a token, after what earlier workers knew was read. */
async function pagesAfter(earlier: Record<string, number> = {}) {
  const keep = vi.fn<(pages: Record<string, number>) => void>();
  const pages = createPagesWithToken(Promise.resolve(earlier), keep);
  await pages.hadToken('none', T0);
  return {
    ...pages,
    keep,
    /** The page of a tab is answered a token request. */
    got: (tabId: number, at: number, status = 200) =>
      pages.note(sent(at, { tabId }), { fact: token(status), site: 'https://shop.test' }),
    /** Whether the request may hand a token over. */
    hands: (details: BrowserDetails) => pages.takeHandOver('answered', details) !== null,
  };
}

test('token request that was refused: its page has no token', async () => {
  const pages = await pagesAfter();
  pages.got(1, T0, 400);
  expect(pages.hands(sent(T0 + 1000))).toBe(false);
  pages.got(1, T0 + 2000);
  expect(pages.hands(sent(T0 + 3000))).toBe(true);
});

const typed = (value: string) => ({ responseHeaders: [{ name: 'Content-Type', value }] });

test.each<[string, Partial<BrowserDetails>, boolean]>([
  ['data', typed('application/json; charset=utf-8'), true],
  ['data of a kind', typed('application/vnd.api+json'), true],
  ['data that is as it was', { statusCode: 304 }, true],
  ['data, and gets no answer', { error: 'net::ERR_ABORTED' }, true],
  ['data that a cache has', { ...typed('application/json'), fromCache: true }, false],
  ['a piece of a page', typed('text/html'), false],
  ['a picture', { ...typed('application/json'), type: 'image' }, false],
])('page with a token asks for %s', async (_what, more, may) => {
  const pages = await pagesAfter();
  pages.got(1, T0);
  expect(pages.hands(sent(T0 + 1000, { method: 'GET', ...more }))).toBe(may);
});

test('what goes to another domain: the token may go there if that was granted by name', async () => {
  const pages = await pagesAfter();
  const elsewhere = sent(T0 + 1000, { url: 'https://api.test/v' });
  expect(pages.takeHandOver('answered', elsewhere)).toBeNull();
  pages.got(1, T0);
  const handOver = pages.takeHandOver('answered', elsewhere);
  expect(handOver).toMatchObject({ ifGranted: 'https://api.test', ifTokenOf: '1 shop.test' });
  expect(await pages.hadToken('1 shop.test', T0 + 1000)).toBe(true);
  expect(await pages.hadToken('1 shop.test', T0 + 1000)).toBe(false);
});

test('page that got its token by the implicit grant: may hand it over', async () => {
  const pages = await pagesAfter();
  const fact = authorize({ outcome: 'token', redirectUri: 'https://shop.test/cb' });
  pages.note(sent(T0), { fact: { ...fact, outcome: 'code' }, site: null });
  expect(pages.hands(sent(T0 + 1000))).toBe(false);
  pages.note(sent(T0), { fact, site: null });
  expect(pages.hands(sent(T0 + 1000))).toBe(true);
});

test('half an hour later: what a page sends is something else', async () => {
  const pages = await pagesAfter();
  pages.got(1, T0);
  pages.got(2, T0);
  expect(pages.hands(sent(T0 + HANDS_OVER_MS))).toBe(true);
  expect(pages.hands(sent(T0 + HANDS_OVER_MS + 1, { tabId: 2 }))).toBe(false);
});

test('service worker of two pages: takes the latest token', async () => {
  const pages = await pagesAfter();
  pages.got(1, T0 + 1000);
  pages.got(2, T0);
  expect(pages.hands(sent(T0 + 2000, { tabId: -1 }))).toBe(true);
  expect(pages.keep).toHaveBeenLastCalledWith({ '2 shop.test': T0 });
});

test('earlier worker’s page that got a token again: the later instant counts', async () => {
  const keep = vi.fn<(pages: Record<string, number>) => void>();
  const earlier = Promise.withResolvers<Record<string, number>>();
  const pages = createPagesWithToken(earlier.promise, keep);
  pages.note(sent(T0), { fact: token(), site: 'https://shop.test' });
  earlier.resolve({ '1 shop.test': T0 - HANDS_OVER_MS });
  expect(await pages.hadToken('1 shop.test', T0 + 1000)).toBe(true);
});

test('of very many pages with a token, the oldest is forgotten', async () => {
  const pages = await pagesAfter();
  for (let tab = 0; tab <= 100; tab += 1) pages.got(tab, T0);
  expect(pages.hands(sent(T0 + 1000, { tabId: 0 }))).toBe(false);
  expect(pages.hands(sent(T0 + 1000, { tabId: 1 }))).toBe(true);
});
