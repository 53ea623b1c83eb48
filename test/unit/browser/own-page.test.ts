import { expect, test, vi } from 'vitest';

const OWN = 'chrome-extension://abcdefghijklmnop/';
const runtime = { id: 'abcdefghijklmnop', getURL: (path: string) => OWN + path.slice(1) };
vi.mock('wxt/browser', () => ({ browser: { runtime } }));

const { isOwnPage } = await import('../../../utils/browser/own-page.ts');

test.each(['popup.html', 'report.html?x#y'])('message of %s is the extension’s own', (page) =>
  expect(isOwnPage({ id: runtime.id, url: OWN + page })).toBe(true),
);

test.each([
  ['a site', { id: runtime.id, url: 'https://shop.test/popup.html' }],
  [
    'an address that begins alike',
    { id: runtime.id, url: 'chrome-extension://abcdefghijklmnopq/' },
  ],
  ['another extension', { id: 'ponmlkjihgfedcba', url: `${OWN}popup.html` }],
  ['nobody', {}],
  ['no page', { id: runtime.id }],
])('message of %s is not', (_whose, sender) => expect(isOwnPage(sender)).toBe(false));
