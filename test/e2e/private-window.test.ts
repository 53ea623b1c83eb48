import { expect, test } from 'vitest';
import { dumpWhen, SITES } from './inside.ts';
import { inEachBrowser } from './lab.ts';
import { cardsWhen } from './popup.ts';
import { logIn, use } from './walk.ts';

inEachBrowser('a private window', { grants: [SITES.page], privateAllowed: true }, (lab) => {
  test('is kept apart: its calls do not complete a login outside it', async () => {
    const page = await lab.browser.newPage();
    await logIn(page, SITES.page, { account: 'alice' });
    await cardsWhen(lab.browser, (c) => c[0]?.visibility === 'browser');
    const hidden = await lab.browser.openPrivatePage(SITES.page);
    await logIn(hidden, SITES.page, { account: 'bob' });
    expect(await use(hidden, 'me')).toBe('done');
    const content = await dumpWhen(
      lab.browser,
      (d) =>
        d['logins']?.length === 2 &&
        (d['observations'] ?? []).some((o) => o['path'] === '/v2/user/me'),
    );
    const stores = content['logins']?.map((l) => String(l['cookieStore']));
    expect(new Set(stores).size).toBe(2);
    expect(stores?.some((s) => s.includes('private'))).toBe(true);
    const cards = await cardsWhen(lab.browser, (c) => c.length === 2);
    expect(cards.map((c) => c.verdict)).toEqual(['pending', 'complete']);
    if (lab.browser.name === 'chromium') {
      // There a service worker's call does not say whose window it is of.
      expect(await use(page, 'worker-me')).toBe('done');
      const after = await dumpWhen(
        lab.browser,
        (d) => (d['observations'] ?? []).filter((o) => o['path'] === '/v2/user/me').length === 2,
      );
      const call = after['observations']?.findLast((o) => o['path'] === '/v2/user/me');
      expect(call).toMatchObject({ tab: null, cookieStore: 'any' });
    }
    await hidden.close();
    await page.close();
  });
});

inEachBrowser('a private window that is not allowed', { grants: [SITES.page] }, (lab) => {
  test('leaves nothing behind', async () => {
    const hidden = await lab.browser.openPrivatePage(SITES.page);
    await logIn(hidden, SITES.page, { account: 'alice' });
    expect(await use(hidden, 'me')).toBe('done');
    const page = await lab.browser.newPage();
    await logIn(page, SITES.page, { account: 'bob' });
    const content = await dumpWhen(lab.browser, (d) => d['logins']?.length === 1);
    expect((content['observations'] ?? []).some((o) => o['path'] === '/v2/user/me')).toBe(false);
    await page.close();
  });
});
