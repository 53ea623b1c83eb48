import { describe, expect, test, vi } from 'vitest';

vi.mock('wxt/browser', () => ({ browser: {} }));

const { covers, siteOfPattern } = await import('../../utils/browser/site-access.ts');

describe('which sites a grant covers', () => {
  test.each([
    ['<all_urls>', 'https://shop.test'],
    ['*://*/*', 'http://shop.test:8080'],
    ['https://*/*', 'https://shop.test'],
    ['http://*/*', 'http://localhost:3000'],
    ['https://shop.test/*', 'https://shop.test'],
    ['https://shop.test/', 'https://shop.test'],
    ['https://SHOP.test/*', 'https://shop.test'],
    ['*://shop.test/*', 'http://shop.test'],
    ['https://*.shop.test/*', 'https://shop.test'],
    ['https://*.shop.test/*', 'https://a.b.shop.test'],
    ['*://*.shop.test/*', 'http://www.shop.test'],
    ['https://shop.test/*', 'https://shop.test:8443'],
    ['http://localhost:3000/*', 'http://localhost:3000'],
    ['http://localhost:*/*', 'http://localhost:3000'],
    ['http://localhost/*', 'http://localhost:3000'],
    ['https://shop.test:443/*', 'https://shop.test'],
    ['http://shop.test:80/*', 'http://shop.test'],
    ['http://127.0.0.1/*', 'http://127.0.0.1:5173'],
    ['http://[::1]/*', 'http://[::1]:5173'],
    ['http://[::1]:5173/*', 'http://[::1]:5173'],
    [`${new URL('https://가게.test').origin}/*`, 'https://가게.test'],
  ])('%s covers %s', (grant, site) => expect(covers(grant, site)).toBe(true));

  test.each([
    ['https://*/*', 'http://shop.test'],
    ['http://shop.test/*', 'https://shop.test'],
    ['https://shop.test/*', 'https://www.shop.test'],
    ['https://www.shop.test/*', 'https://shop.test'],
    ['https://*.shop.test/*', 'https://notshop.test'],
    ['https://*.shop.test/*', 'https://shop.test.evil.test'],
    ['https://shop.test/*', 'https://shop.test.evil.test'],
    ['http://localhost:3000/*', 'http://localhost:3001'],
    ['http://localhost:3000/*', 'http://localhost'],
    ['https://shop.test/admin/*', 'https://shop.test'],
    ['file:///*', 'https://shop.test'],
    ['ws://shop.test/*', 'http://shop.test'],
    ['ftp://shop.test/*', 'http://shop.test'],
    ['https://sh*p.test/*', 'https://shop.test'],
    ['https://s.op.test/*', 'https://shop.test'],
    ['', 'https://shop.test'],
    ['shop.test', 'https://shop.test'],
    ['<all_urls>', 'null'],
    ['<all_urls>', ''],
    ['<all_urls>', 'chrome://extensions'],
    ['<all_urls>', 'file:///etc'],
    ['*://*/*', 'about:blank'],
  ])('%s does not cover %s', (grant, site) => expect(covers(grant, site)).toBe(false));
});

describe('which one site a grant names', () => {
  test.each([
    ['https://shop.test/*', 'https://shop.test'],
    ['https://shop.test/', 'https://shop.test'],
    ['https://SHOP.test:443/*', 'https://shop.test'],
    ['http://localhost:3000/*', 'http://localhost:3000'],
    ['http://[::1]:3000/*', 'http://[::1]:3000'],
  ])('%s names %s', (grant, site) => {
    expect(siteOfPattern(grant)).toBe(site);
    expect(covers(grant, site)).toBe(true);
  });
  test.each([
    '<all_urls>',
    '*://*/*',
    'https://*/*',
    '*://shop.test/*',
    'https://*.shop.test/*',
    'https://shop.test/admin/*',
    'http://localhost:*/*',
    'https://shop.test:99999/*',
    'file:///*',
    '',
  ])('%s names none', (grant) => expect(siteOfPattern(grant)).toBeNull());
});
