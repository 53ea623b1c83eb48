import { beforeEach, describe, expect, test } from 'vitest';
import { APPS } from '../emulator/index.ts';
import { command, dumpWhen, HOUR, advanceTime, type Dump } from './extension-api.ts';
import { browser, emulator, linkOf, resetAll, useBrowser } from './fixtures.ts';
import { logOutOfKakao, logIn, press, pressAndWait, passKakao } from './login-steps.ts';
import { cardsWhen, verdictsOf } from './popup.ts';
import { SITES } from './sites.ts';

useBrowser({ grants: Object.values(SITES) });

describe('login seen in the browser', () => {
  beforeEach(() => resetAll());

  test('listed call that answers 200: complete', async () => {
    const page = await browser.newPage();
    await logIn(page, SITES.page, { account: 'alice' });
    const [waiting] = await cardsWhen(browser, (c) => c[0]?.visibility === 'browser');
    expect(waiting?.verdict).toBe('pending');
    expect(linkOf('alice', APPS.page)?.state).toBe('incomplete');
    expect(await pressAndWait(page, 'me')).toBe('done');
    const [card] = await cardsWhen(browser, (c) => c[0]?.verdict === 'complete');
    expect(card?.certainty).toBe('likely');
    expect(linkOf('alice', APPS.page)?.state).toBe('complete');
    await command(browser, { type: 'app', clientId: APPS.page, linkMode: 'auto' });
    const [sure] = await cardsWhen(browser, (c) => c[0]?.certainty === 'certain');
    expect(sure?.verdict).toBe('complete');
    await browser.leave(page);
  });

  test('no listed call in the window: missed, and Kakao cuts the link', async () => {
    const page = await browser.newPage();
    await logIn(page, SITES.page, { account: 'bob' });
    for (const id of ['lookalike', 'lookalike2', 'tokeninfo', 'userinfo', 'channels2', 'scopes'])
      await pressAndWait(page, id);
    emulator.answerNext('/v1/api/talk/friends', { status: 403, code: -402 });
    expect(await pressAndWait(page, 'friends')).toBe('error');
    const calls = (d: Dump) => d['observations']?.filter((o) => o['type'] === 'api') ?? [];
    for (const call of calls(await dumpWhen(browser, (d) => calls(d).length === 7)))
      expect(Number(call['at']) - Number(call['sentAt'])).toBeGreaterThanOrEqual(0);
    await advanceTime(browser, 23 * HOUR);
    expect(verdictsOf(await cardsWhen(browser, (c) => c.length === 1))).toEqual(['pending']);
    await advanceTime(browser, 2 * HOUR);
    expect(verdictsOf(await cardsWhen(browser, (c) => c.length === 1))).toEqual(['missed']);
    emulator.advance(25 * HOUR);
    expect(await emulator.runDailyJob()).toBeGreaterThan(0);
    expect(linkOf('bob', APPS.page)?.state).toBe('unlinked');
    emulator.advance(-25 * HOUR);
    await browser.leave(page);
  });

  test('page with a token that sends something to its own server: no sure miss', async () => {
    const page = await browser.newPage();
    await logIn(page, SITES.page, { account: 'dave' });
    await page.evaluate(() => fetch('/session', { method: 'POST', body: 'token' }));
    await page.evaluate(() => fetch('/session', { method: 'POST', body: 'more' }));
    const content = await dumpWhen(browser, (d) =>
      (d['observations'] ?? []).some((o) => o['type'] === 'token-handed'),
    );
    expect(content['logins']?.[0]?.['openDoubts']).toMatchObject([{ doubt: 'token-handed-over' }]);
    await advanceTime(browser, 25 * HOUR);
    const [card] = await cardsWhen(browser, (c) => c[0]?.verdict === 'missed');
    expect(card?.certainty).toBe('likely');
    const told = content['observations']?.filter((o) => o['type'] === 'token-handed');
    expect(told).toHaveLength(1);
    await browser.leave(page);
  });

  test('login in a popup that the page polls for: complete', async () => {
    const page = await browser.newPage();
    await page.goto(SITES.popup);
    await press(page, 'login');
    const popup = await browser.waitForPage('https://accounts.kakao.com/');
    await passKakao(popup, { account: 'alice' });
    const [card] = await cardsWhen(browser, (c) => c[0]?.visibility === 'browser');
    expect(card?.verdict).toBe('pending');
    expect(await pressAndWait(page, 'me')).toBe('done');
    await cardsWhen(browser, (c) => c[0]?.verdict === 'complete');
    expect(linkOf('alice', APPS.popup)?.state).toBe('complete');
    await browser.leave(page);
  });

  // A poll counts as right after the popup's page for 1.5 s, in which a busy machine may not get to it.
  test(
    'popup that only shows its result, after one with a form: a sure repeat',
    { retry: 2 },
    async () => {
      const page = await browser.newPage();
      await page.goto(SITES.popup);
      await press(page, 'login');
      const popup = await browser.waitForPage('https://accounts.kakao.com/');
      await passKakao(popup, { account: 'alice' });
      await dumpWhen(browser, (d) => d['logins']?.length === 1);
      await page.goto(SITES.popup);
      await press(page, 'login');
      const { logins } = await dumpWhen(browser, (d) => d['logins']?.length === 2);
      const latest = logins?.find((l) => l['ordinal'] === 1);
      expect(latest).toMatchObject({ kind: 'repeat', certainty: 'certain' });
      await browser.leave(page);
    },
  );

  test('SDK v1, whose calls leave from the kapi frame: complete', async () => {
    const page = await browser.newPage();
    await page.goto(SITES.frame);
    await press(page, 'login');
    const popup = await browser.waitForPage('https://accounts.kakao.com/');
    await passKakao(popup, { account: 'alice' });
    const [card] = await cardsWhen(browser, (c) => c.length === 1);
    expect(card).toMatchObject({ verdict: 'pending', site: 'frame.shop.test' });
    expect(await pressAndWait(page, 'me')).toBe('done');
    await cardsWhen(browser, (c) => c[0]?.verdict === 'complete');
    expect(linkOf('alice', APPS.frame)?.state).toBe('complete');
    await browser.leave(page);
  });

  test('calls from a dedicated worker and a service worker: complete', async () => {
    for (const [url, account, button] of [
      [`${SITES.page}/?app=${APPS.floating}`, 'carol', 'dedicated-me'],
      [SITES.page2, 'bob', 'worker-me'],
    ] as const) {
      const page = await browser.newPage();
      await logOutOfKakao(page);
      await command(browser, { type: 'clear' });
      await logIn(page, url, { account });
      expect(await pressAndWait(page, button)).toBe('done');
      await cardsWhen(browser, (c) => c.some((x) => x.verdict === 'complete'));
      await browser.leave(page);
    }
  });

  test('calls made by the server: unseen, never missed', async () => {
    const page = await browser.newPage();
    await page.goto(`${SITES.server}/login?call=me`);
    await passKakao(page, { account: 'bob' });
    const [card] = await cardsWhen(browser, (c) => c.length === 1);
    expect(card).toMatchObject({ verdict: 'pending', visibility: 'none' });
    expect(linkOf('bob', APPS.server)?.state).toBe('complete');
    await advanceTime(browser, 30 * HOUR);
    const [later] = await cardsWhen(browser, (c) => c.length === 1);
    expect(later?.verdict).toBe('unseen');
    await browser.leave(page);
  });
});
