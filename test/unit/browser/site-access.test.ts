import { beforeEach, describe, expect, test, vi } from 'vitest';

const permissions = { getAll: vi.fn(), contains: vi.fn(), remove: vi.fn() };
vi.mock('wxt/browser', () => ({ browser: { permissions } }));

const { grantedSites, hasSiteAccess, removeSiteAccess } =
  await import('../../../utils/browser/site-access.ts');

beforeEach(() => vi.resetAllMocks());

describe('sites that were granted by name', () => {
  test.each([
    ['https://shop.test/*', 'https://shop.test'],
    ['https://SHOP.test:443/*', 'https://shop.test'],
    ['http://localhost:3000/*', 'http://localhost:3000'],
    ['http://[::1]:3000/*', 'http://[::1]:3000'],
  ])('%s names %s', async (granted, site) => {
    permissions.getAll.mockResolvedValue({ origins: [granted] });
    expect(await grantedSites()).toEqual([site]);
  });

  test.each([
    '<all_urls>',
    '*://*/*',
    'https://*/*',
    '*://shop.test/*',
    'https://*.shop.test/*',
    'http://localhost:*/*',
    'https://shop.test:99999/*',
    'file:///*',
    'https://kauth.kakao.com/*',
    'https://kapi.kakao.com/*',
    '',
  ])('%s names none', async (granted) => {
    permissions.getAll.mockResolvedValue({ origins: [granted] });
    expect(await grantedSites()).toEqual([]);
  });

  test('browser that tells of no origins: none is granted', async () => {
    permissions.getAll.mockResolvedValue({});
    expect(await grantedSites()).toEqual([]);
  });
});

describe('access to a site', () => {
  test('is what the browser answers for the whole origin', async () => {
    permissions.contains.mockImplementation(
      async ({ origins }) => origins[0] === 'https://shop.test:8443/*',
    );
    expect(await hasSiteAccess('https://shop.test:8443')).toBe(true);
    expect(await hasSiteAccess('https://shop.test')).toBe(false);
  });

  test('is missing where Kakao’s own hosts were taken away', async () => {
    permissions.contains.mockImplementation(
      async ({ origins }) => !origins.includes('https://kapi.kakao.com/*'),
    );
    expect(await hasSiteAccess('https://shop.test')).toBe(false);
  });

  test('is missing for what the browser refuses to be asked', async () => {
    permissions.contains.mockRejectedValue(new Error('Invalid match pattern'));
    expect(await hasSiteAccess('http://[::1]:3000')).toBe(false);
    expect(await hasSiteAccess('null')).toBe(false);
  });

  test.each([true, false])(
    'given back: gone unless the site is still granted (%s)',
    async (still) => {
      // Firefox says so too where all sites are granted at once, and it took nothing away.
      permissions.remove.mockResolvedValue(true);
      permissions.contains.mockResolvedValue(still);
      expect(await removeSiteAccess('https://shop.test')).toBe(!still);
      expect(permissions.remove).toHaveBeenCalledWith({ origins: ['https://shop.test/*'] });
    },
  );
});
