import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { APPS } from '../emulator/index.ts';
import { startRecipeShop, type RecipeShop } from '../recipes/start-recipe-shop.ts';
import { advanceTime, dumpWhen, HOUR, endWorker } from './extension-api.ts';
import { browser, browserName, emulator, resetAll, useBrowser } from './fixtures.ts';
import { logOutOfKakao, passKakao, press, shopState } from './login-steps.ts';
import { cardsWhen } from './popup.ts';
import { SITES } from './sites.ts';

/** Real back ends: two that report what they do, and one of the same kind that does not. */
const REPORTING = ['https://passport.shop.test', 'https://authjs.shop.test'];
const DARK = 'https://dark.shop.test';

useBrowser({ grants: [SITES.server, ...REPORTING, DARK] });
beforeEach(() => resetAll());

describe('server reporting by Server-Timing', () => {
  const logIn = async (account: string, query: string) => {
    const page = await browser.newPage();
    await page.goto(`${SITES.server}/login?${query}`);
    await passKakao(page, { account });
    return page;
  };

  test('reported 200 on the redirect: complete, with the server as source', async () => {
    const page = await logIn('alice', 'call=me&report=1');
    const [card] = await cardsWhen(browser, (c) => c[0]?.verdict === 'complete');
    expect(card?.visibility).toBe('server-reported');
    const content = await dumpWhen(browser, (d) => d['logins']?.length === 1);
    expect(content['logins']?.[0]?.['listedCall']).toMatchObject({
      source: 'server',
      path: '/v2/user/me',
    });
    await browser.leave(page);
  });

  test('reported refusal: not complete, and the error code is kept', async () => {
    emulator.answerNext('/v1/api/talk/friends', { status: 403, code: -402 });
    const page = await logIn('bob', 'call=friends&report=1');
    const content = await dumpWhen(browser, (d) =>
      (d['observations'] ?? []).some((o) => o['code'] === -402),
    );
    expect(content['logins']).toHaveLength(1);
    await advanceTime(browser, 25 * HOUR);
    const [card] = await cardsWhen(browser, (c) => c.length > 0 && c[0]?.verdict !== 'pending');
    expect(card).toMatchObject({ verdict: 'missed', visibility: 'server-reported' });
    await browser.leave(page);
  });

  test('manual link: user/me says not signed up, sign-up completes', async () => {
    const page = await logIn('carol', `app=${APPS.serverManual}&call=me&report=1`);
    const [card] = await cardsWhen(browser, (c) => c[0]?.visibility === 'server-reported');
    expect(card?.verdict).toBe('pending');
    await page.evaluate(() => fetch('/call?name=signup&report=1'));
    const [after] = await cardsWhen(browser, (c) => c[0]?.verdict === 'complete');
    expect(after?.certainty).toBe('certain');
    await browser.leave(page);
  });

  test('reported in an answer that is never complete: complete', async () => {
    const page = await logIn('frank', 'call=none&report=1');
    await cardsWhen(browser, (c) => c[0]?.visibility === 'server-reported');
    await page.evaluate(() => void fetch('/call?name=me&report=1&endless=1'));
    const [card] = await cardsWhen(browser, (c) => c[0]?.verdict === 'complete');
    expect(card?.visibility).toBe('server-reported');
    await browser.leave(page);
  });

  test('calls that are not reported: unseen, never missed', async () => {
    const page = await logIn('dave', 'call=me');
    await cardsWhen(browser, (c) => c.length === 1);
    await advanceTime(browser, 30 * HOUR);
    const [card] = await cardsWhen(browser, (c) => c.length > 0 && c[0]?.verdict !== 'pending');
    expect(card?.verdict).toBe('unseen');
    await browser.leave(page);
  });

  test('worker dead when the report comes: the report is not lost', async () => {
    const page = await logIn('erin', 'call=none&report=1');
    await cardsWhen(browser, (c) => c[0]?.visibility === 'server-reported');
    await endWorker(browser);
    await page.evaluate(() => fetch('/call?name=me&report=1'));
    const [card] = await cardsWhen(browser, (c) => c[0]?.verdict === 'complete');
    expect(card?.visibility).toBe('server-reported');
    await browser.leave(page);
  });
});

// Their answers are the same to every browser.
describe.runIf(browserName === 'chromium')('real back ends', () => {
  const shops: RecipeShop[] = [];
  beforeAll(async () => {
    shops.push(
      await startRecipeShop('passport', emulator, { report: true }),
      await startRecipeShop('authjs', emulator, { report: true }),
      await startRecipeShop('passport', emulator, { report: false, host: 'dark.shop.test' }),
    );
  });
  afterAll(() => Promise.all(shops.map((shop) => shop.close())));

  test('two that report are complete, one that does not is unseen', async () => {
    for (const [site, account] of [
      [REPORTING[0], 'alice'],
      [REPORTING[1], 'bob'],
      [DARK, 'carol'],
    ] as const) {
      const page = await browser.newPage();
      await logOutOfKakao(page);
      await page.goto(site ?? '');
      await press(page, 'login');
      await browser.waitForPage('https://accounts.kakao.com/');
      await passKakao(page, { account });
      await shopState(page);
      await browser.leave(page);
    }
    const standing = emulator.truth().filter((l) => l.state !== 'unlinked');
    const states = standing.map((l) => [l.clientId === APPS.server, l.state]);
    expect(states).toEqual(Array.from({ length: 3 }, () => [true, 'complete']));
    const by = (site: string, cards: { site: string }[]) =>
      cards.filter((c) => `https://${c.site}` === site);
    const cards = await cardsWhen(
      browser,
      (c) => c.length === 3 && c.filter((x) => x.verdict === 'complete').length === 2,
    );
    for (const site of REPORTING)
      expect(by(site, cards)).toMatchObject([
        { verdict: 'complete', visibility: 'server-reported' },
      ]);
    expect(by(DARK, cards)).toMatchObject([{ verdict: 'pending', visibility: 'none' }]);
    await advanceTime(browser, 30 * HOUR);
    const later = await cardsWhen(browser, (c) => c.some((x) => x.verdict === 'unseen'));
    expect(by(DARK, later)).toMatchObject([{ verdict: 'unseen', visibility: 'none' }]);
  });
});
