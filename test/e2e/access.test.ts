import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { command, dumpWhen, HOUR, letPass, SITES } from './inside.ts';
import { inEachBrowser } from './lab.ts';
import { clickAction, openPopup, cardsWhen } from './popup.ts';
import { until } from './browser/until.ts';
import { leaveKakao, logIn, use } from './walk.ts';

inEachBrowser('access to a site', {}, (lab, name) => {
  test('not watched: the login is seen, its calls are not, and the popup says so', async () => {
    const page = await lab.browser.newPage();
    await logIn(page, SITES.page, { account: 'alice' });
    expect(await use(page, 'me')).toBe('done');
    const [card] = await cardsWhen(lab.browser, (c) => c.length === 1);
    expect(card).toMatchObject({ verdict: 'pending', visibility: 'none', site: 'page.shop.test' });
    const popup = await openPopup(lab.browser, SITES.page);
    const watched = () =>
      popup.evaluate(
        () => document.querySelector<HTMLElement>('[data-testid="site"]')?.dataset['watched'],
      );
    expect(await watched()).toBe('false');
    await letPass(lab.browser, 30 * HOUR);
    const [later] = await cardsWhen(lab.browser, (c) => c[0]?.verdict !== 'pending');
    expect(later).toMatchObject({ verdict: 'unseen', visibility: 'none' });

    await command(lab.browser, { type: 'clear' });
    await popup.bringToFront();
    await clickAction(popup, 'watch');
    await until('the grant', async () => (await watched()) === 'true');
    expect(await lab.browser.granted()).toContain(`${SITES.page}/*`);
    await popup.close();
    await page.close();
  });

  test('watched by one click: from then on the calls are seen', async () => {
    const page = await lab.browser.newPage();
    await leaveKakao(page);
    await logIn(page, SITES.page, { account: 'bob' });
    await cardsWhen(lab.browser, (c) => c[0]?.visibility === 'browser');
    expect(await use(page, 'me')).toBe('done');
    await cardsWhen(lab.browser, (c) => c[0]?.verdict === 'complete');
    await page.close();
  });

  test('on a port of its own: one click is enough there too', async ({ skip }) => {
    // Chromium asks for any host but the emulator's with a prompt that nobody can answer here.
    if (name === 'chromium') skip('a prompt cannot be answered in headless Chromium');
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<title>shop</title>');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const popup = await openPopup(lab.browser, site);
    await popup.bringToFront();
    await clickAction(popup, 'watch');
    await until('the grant', async () => (await lab.browser.granted()).length > 3);
    const page = await lab.browser.newPage(site);
    await page.evaluate(() => fetch('https://kapi.kakao.com/v2/user/meow').catch(() => null));
    await dumpWhen(lab.browser, (d) =>
      (d['observations'] ?? []).some((o) => o['type'] === 'api' && o['site'] === site),
    );
    await page.close();
    await popup.close();
    await new Promise((done) => server.close(done));
  });

  test('taken away in the window: unseen, not missed', async () => {
    await command(lab.browser, { type: 'clear' });
    const page = await lab.browser.newPage();
    await leaveKakao(page);
    await logIn(page, SITES.page, { account: 'carol' });
    await cardsWhen(lab.browser, (c) => c[0]?.visibility === 'browser');
    await lab.browser.revoke(SITES.page);
    await cardsWhen(lab.browser, (c) => c[0]?.visibility === 'none');
    expect(await use(page, 'me')).toBe('done');
    await letPass(lab.browser, 30 * HOUR);
    const [card] = await cardsWhen(lab.browser, (c) => c[0]?.verdict !== 'pending');
    expect(card?.verdict).toBe('unseen');
    await page.close();
  });

  test('paused: nothing is recorded, and what was open becomes unseen', async () => {
    await lab.browser.grant(SITES.page);
    await command(lab.browser, { type: 'clear' });
    const page = await lab.browser.newPage();
    await leaveKakao(page);
    await logIn(page, SITES.page, { account: 'dave' });
    await cardsWhen(lab.browser, (c) => c[0]?.visibility === 'browser');
    await command(lab.browser, { type: 'pause', paused: true });
    expect(await use(page, 'me')).toBe('done');
    await leaveKakao(page);
    await logIn(page, SITES.page, { account: 'erin' });
    await command(lab.browser, { type: 'pause', paused: false });
    await letPass(lab.browser, 30 * HOUR);
    const cards = await cardsWhen(lab.browser, (c) => c[0]?.verdict !== 'pending');
    expect(cards.map((c) => [c.verdict, c.visibility])).toEqual([['unseen', 'none']]);
    await page.close();
  });

  test('Kakao’s hosts taken away in the window: unseen, and one click brings all of it back', async ({
    skip,
  }) => {
    if (name === 'chromium') skip('Chromium does not let anybody take away what an install grants');
    const kapi = 'https://kapi.kakao.com';
    await command(lab.browser, { type: 'clear' });
    const page = await lab.browser.newPage();
    await leaveKakao(page);
    await logIn(page, SITES.page, { account: 'frank' });
    await cardsWhen(lab.browser, (c) => c[0]?.visibility === 'browser');
    await lab.browser.revoke(kapi);
    await cardsWhen(lab.browser, (c) => c[0]?.visibility === 'none');
    expect(await use(page, 'me')).toBe('done');
    await letPass(lab.browser, 30 * HOUR);
    const [card] = await cardsWhen(lab.browser, (c) => c[0]?.verdict !== 'pending');
    expect(card?.verdict).toBe('unseen');

    const popup = await openPopup(lab.browser, SITES.page);
    const state = () =>
      popup.evaluate(
        () => document.querySelector<HTMLElement>('[data-testid="site"]')?.dataset['watched'],
      );
    expect(await state()).toBe('false');
    await popup.bringToFront();
    await clickAction(popup, 'watch');
    await until('the grant', async () => (await state()) === 'true');
    expect(await lab.browser.granted()).toContain(`${kapi}/*`);
    await popup.close();
    await page.close();
  });
});
