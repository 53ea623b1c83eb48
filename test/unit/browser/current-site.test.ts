import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const query = vi.fn();
vi.mock('wxt/browser', () => ({ browser: { tabs: { query } } }));

const { currentSite } = await import('../../../utils/browser/current-site.ts');

beforeEach(() => void vi.stubGlobal('location', { search: '' }));
afterEach(() => void vi.unstubAllGlobals());

test.each([
  ['https://shop.test/cart?secret=1', 'https://shop.test'],
  ['http://localhost:3000/', 'http://localhost:3000'],
  ['chrome://extensions/', null],
  ['about:addons', null],
  ['file:///home/index.html', null],
  [undefined, null],
])('tab in front at %s: the site %s', async (url, site) => {
  query.mockResolvedValue([{ url }]);
  expect(await currentSite()).toBe(site);
});

test('page that was opened for a site: that one, whatever is in front', async () => {
  query.mockResolvedValue([{ url: 'https://other.test/' }]);
  vi.stubGlobal('location', { search: '?site=https%3A%2F%2Fshop.test' });
  expect(await currentSite()).toBe('https://shop.test');
});
