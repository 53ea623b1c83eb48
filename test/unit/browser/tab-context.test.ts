import { beforeEach, expect, test, vi } from 'vitest';

const tabs = { get: vi.fn() };
const extension = { inIncognitoContext: false };
vi.mock('wxt/browser', () => ({ browser: { tabs, extension } }));

const { findTabContext, resolveTabContext } = await import('../../../utils/browser/tab-context.ts');

const store = async (d: Parameters<typeof resolveTabContext>[0]) =>
  (await resolveTabContext(d, Promise.resolve('run'))).cookieStore;

beforeEach(() => {
  vi.resetAllMocks();
  extension.inIncognitoContext = false;
});

test('request without a tab: of the windows that the worker serves', async () => {
  expect(await store({ tabId: -1 })).toBe('default');
  expect(await store({ tabId: -1, incognito: false })).toBe('default');
  expect(await store({ tabId: -1, incognito: true })).toBe('private');
  expect(await store({ tabId: -1, cookieStoreId: 'firefox-container-1' })).toBe(
    'firefox-container-1',
  );
  extension.inIncognitoContext = true;
  expect(await store({ tabId: -1 })).toBe('private');
});

test('request of a tab: of the cookie store of that tab’s window', async () => {
  tabs.get.mockResolvedValue({ openerTabId: 4, incognito: true });
  expect(await resolveTabContext({ tabId: 7 }, Promise.resolve('run'))).toEqual({
    tab: 'run:7',
    opener: 'run:4',
    cookieStore: 'private',
  });
  tabs.get.mockRejectedValue(new Error('No tab'));
  expect(await store({ tabId: 8 })).toBe('default');
});

test('tab: looked up once, and again only where it was not there', async () => {
  tabs.get.mockRejectedValueOnce(new Error('No tab'));
  expect(await store({ tabId: 9 })).toBe('default');
  tabs.get.mockResolvedValue({ incognito: true });
  const all = await Promise.all([store({ tabId: 9 }), store({ tabId: 9 }), store({ tabId: 9 })]);
  expect(all).toEqual(['private', 'private', 'private']);
  expect(tabs.get).toHaveBeenCalledTimes(2);
});

test('page of a tab: where its requests are made; of a closed tab nobody can say', async () => {
  tabs.get.mockResolvedValueOnce({ incognito: false, cookieStoreId: 'firefox-container-1' });
  expect(await findTabContext(21, Promise.resolve('run'))).toEqual({
    tab: 'run:21',
    opener: null,
    cookieStore: 'firefox-container-1',
  });
  tabs.get.mockRejectedValueOnce(new Error('No tab'));
  expect(await findTabContext(22, Promise.resolve('run'))).toBeNull();
});
