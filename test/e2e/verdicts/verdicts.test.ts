import { beforeEach, describe, expect, test } from 'vitest';
import { APPS } from '../../emulator/index.ts';
import { advanceTime, command, dumpWhen, HOUR } from '../extension-api.ts';
import { browser, linkOf, resetAll, useBrowser } from '../fixtures.ts';
import { logIn, logOutOfKakao, pressAndWait } from '../login-steps.ts';
import { cardsWhen, verdictsOf } from '../popup.ts';
import { SITES } from '../sites.ts';

useBrowser({ grants: Object.values(SITES) });

describe('verdict on what both browsers report alike', () => {
  beforeEach(() => resetAll());

  test('first listed call after the window: late', async () => {
    const page = await browser.newPage();
    await logIn(page, `${SITES.page}/?app=${APPS.floating}`, { account: 'alice' });
    await cardsWhen(browser, (c) => c[0]?.visibility === 'browser');
    await advanceTime(browser, 25 * HOUR);
    expect(await pressAndWait(page, 'me')).toBe('done');
    await cardsWhen(browser, (c) => c[0]?.verdict === 'late');
    await browser.leave(page);
  });

  test('manual link: complete only with the sign-up call', async () => {
    const page = await browser.newPage();
    await logIn(page, SITES.manual, { account: 'alice' });
    await pressAndWait(page, 'me');
    await command(browser, { type: 'app', clientId: APPS.manual, linkMode: 'manual' });
    expect(verdictsOf(await cardsWhen(browser, (c) => c.length === 1))).toEqual(['pending']);
    expect(linkOf('alice', APPS.manual)?.state).toBe('incomplete');
    expect(await pressAndWait(page, 'signup')).toBe('done');
    const [card] = await cardsWhen(browser, (c) => c[0]?.verdict === 'complete');
    expect(card?.certainty).toBe('certain');
    expect(linkOf('alice', APPS.manual)?.state).toBe('complete');
    await browser.leave(page);
  });

  test('consent cancelled: no login', async () => {
    const page = await browser.newPage();
    expect(await logIn(page, SITES.page, { account: 'carol', consent: 'deny' })).toBe('error');
    const content = await dumpWhen(browser, (d) =>
      (d['observations'] ?? []).some((o) => o['error'] === 'access_denied'),
    );
    expect(content['logins']).toEqual([]);
    expect(linkOf('carol', APPS.page)?.state).toBeUndefined();
    await browser.leave(page);
  });

  test('login without consent: a repeat', async () => {
    const page = await browser.newPage();
    await logIn(page, SITES.page, { account: 'dave' });
    await pressAndWait(page, 'me');
    await logIn(page, SITES.page, { account: 'dave' });
    const cards = await cardsWhen(
      browser,
      (c) => c.length === 2 && c.some((x) => x.verdict === 'complete'),
    );
    expect(verdictsOf(cards).sort()).toEqual(['complete', 'not-applicable']);
    await browser.leave(page);
  });

  test('two accounts one after the other: the call completes only the second', async () => {
    const page = await browser.newPage();
    await logIn(page, SITES.page, { account: 'erin' });
    await logOutOfKakao(page);
    await logIn(page, SITES.page, { account: 'frank' });
    await pressAndWait(page, 'me');
    const cards = await cardsWhen(
      browser,
      (c) => c.length === 2 && c.some((x) => x.verdict === 'complete'),
    );
    expect(verdictsOf(cards)).toEqual(['pending', 'complete']);
    expect([linkOf('erin', APPS.page)?.state, linkOf('frank', APPS.page)?.state]).toEqual([
      'incomplete',
      'complete',
    ]);
    await advanceTime(browser, 30 * HOUR);
    expect(verdictsOf(await cardsWhen(browser, (c) => c.length === 2))).toEqual([
      'missed',
      'complete',
    ]);
    await browser.leave(page);
  });
});
