import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { APPS } from '../emulator/index.ts';
import { until } from './browser/until.ts';
import { command, dump, dumpWhen, storageText } from './extension-api.ts';
import { browser, browserName, emulator, resetAll, useBrowser } from './fixtures.ts';
import { logIn, passKakao, press, pressAndWait } from './login-steps.ts';
import { openAllDetails } from './page-actions.ts';
import { cardsWhen, openPopup, readCards, type Card } from './popup.ts';
import { exportedText, openReport } from './report-page.ts';
import { SITES } from './sites.ts';

const PLANTED = 'PLANTEDCANARY7f3a9';

useBrowser({ grants: Object.values(SITES), own: true });
beforeEach(() => resetAll());

describe('secrets', () => {
  test('planted secrets: in no database, storage, popup, report page or export', async () => {
    const page = await browser.newPage();
    await page.setCookie({ name: 'sid', value: `${PLANTED}cookie`, url: SITES.page });
    const query = new URLSearchParams({
      state: `${PLANTED}state`,
      nonce: `${PLANTED}nonce`,
      scope: 'openid,talk_message',
      secret: `${PLANTED}query`,
    });
    await logIn(page, `${SITES.page}/?${query}`, { account: 'alice' });
    for (const id of ['me', 'friends', 'shipping', 'userinfo', 'tokeninfo', 'refresh', 'backend'])
      await pressAndWait(page, id);
    await page.goto(`${SITES.page}/?code=${PLANTED}code&error=${PLANTED}error&token=${PLANTED}t`);
    await page.evaluate(async (mark) => {
      const call = (url: string) => fetch(url, { headers: {} }).catch(() => null);
      await call(`https://kapi.kakao.com/v2/user/${mark}?target_id=${mark}#${mark}`);
      await call(`https://kauth.kakao.com/oauth/token?code=${mark}&client_secret=${mark}`);
      await call(`https://kauth.kakao.com/apiweb/code.json?client_id=app&auth_tran_id=${mark}`);
    }, `${PLANTED}0123456789abcdef0123456789abcdef`);
    for (const [site, account] of [
      [SITES.frame, 'bob'],
      [SITES.popup, 'carol'],
    ] as const) {
      await page.goto('https://accounts.kakao.com/logout');
      await page.goto(site);
      await press(page, 'login');
      await passKakao(await browser.waitForPage('https://accounts.kakao.com/'), { account });
      await pressAndWait(page, 'me');
    }
    await page.goto(`${SITES.server}/login?call=me&report=1`);
    await passKakao(page, { account: 'dave' });
    await command(browser, { type: 'app', clientId: APPS.page, linkMode: 'auto' });
    await dumpWhen(browser, (d) => d['logins']?.length === 4);

    const popup = await openPopup(browser, SITES.page);
    await readCards(popup);
    await openAllDetails(popup);
    const shown = await popup.evaluate(() => document.documentElement.outerHTML);
    const report = await openReport(browser);
    const exported = await exportedText(report);
    const reported = await report.evaluate(() => document.documentElement.outerHTML);
    await browser.leave(report);
    const kept = JSON.stringify(await dump(browser));
    const storage = await storageText(browser);
    expect(JSON.parse(exported)).toMatchObject({
      format: 'linkwatch-report',
      counts: { logins: 4 },
    });
    expect(kept).toContain('/v2/user/me');
    const canaries = [PLANTED, ...emulator.canaries];
    expect(canaries.length).toBeGreaterThan(50);
    for (const [where, text] of Object.entries({ kept, storage, shown, exported, reported }))
      for (const canary of canaries)
        expect(text.includes(canary), `${canary} in ${where}`).toBe(false);
    expect(exported).not.toContain(APPS.page);
    await browser.leave(popup);
    await browser.leave(page);
  });
});

describe('private window', () => {
  test('extension not allowed there: nothing is recorded', async () => {
    const hidden = await browser.openPrivatePage(SITES.page);
    await logIn(hidden, SITES.page, { account: 'alice' });
    expect(await pressAndWait(hidden, 'me')).toBe('done');
    const page = await browser.newPage();
    await logIn(page, SITES.page, { account: 'bob' });
    const content = await dumpWhen(browser, (d) => d['logins']?.length === 1);
    expect((content['observations'] ?? []).some((o) => o['path'] === '/v2/user/me')).toBe(false);
    await browser.leave(page);
  });
});

describe('private window, allowed', () => {
  beforeAll(() => browser.allowPrivate());

  /** What a popup shows of the private windows: in Chromium only one of theirs does. */
  const privateCards = async (count: number) => {
    const areAll = (cards: Card[]) =>
      cards.length === count && cards.every((c) => c.verdict !== 'pending');
    if (browserName === 'firefox') {
      const cards = await cardsWhen(
        browser,
        (c) => c.length === 1 + count && areAll(c.filter(isPrivate)),
      );
      return cards.filter(isPrivate);
    }
    const popup = await browser.openPrivatePage(`${browser.extensionUrl}popup.html`);
    const cards = await until('the private cards', async () => {
      const shown = await readCards(popup);
      return areAll(shown) ? shown : null;
    });
    await browser.leave(popup);
    return cards;
  };
  const isPrivate = (card: Card) => card.isPrivate;

  test('its logins are shown, never reach the disk, and are gone with the last window', async () => {
    const page = await browser.newPage();
    await logIn(page, SITES.page, { account: 'alice' });
    await cardsWhen(browser, (c) => c[0]?.visibility === 'browser');
    const hidden = await browser.openPrivatePage(SITES.page);
    await logIn(hidden, SITES.page, { account: 'bob' });
    expect(await pressAndWait(hidden, 'me')).toBe('done');
    const shown = await privateCards(1);
    expect(shown).toMatchObject([{ verdict: 'complete' }]);
    expect(shown.every(isPrivate)).toBe(true);

    if (browserName === 'firefox') {
      const report = await openReport(browser, '?private');
      const saved = JSON.parse(await exportedText(report, 'json')) as { logins: unknown[] };
      expect(saved.logins).toMatchObject([{ id: shown[0]?.id, verdict: 'complete' }]);
      await browser.leave(report);
    }

    await command(browser, { type: 'reconcile' });
    const content = await dump(browser);
    expect(content['logins']).toHaveLength(1);
    const text = JSON.stringify(content);
    const [local] = JSON.parse(await storageText(browser)) as unknown[];
    for (const part of ['private', '/v2/user/me', shown[0]?.id ?? 'no id']) {
      expect(text).not.toContain(part);
      expect(JSON.stringify(local)).not.toContain(part);
    }
    const [card] = (await cardsWhen(browser, (c) => c.some((x) => !isPrivate(x)))).filter(
      (c) => !isPrivate(c),
    );
    expect(card?.verdict).toBe('pending');

    await hidden.close();
    expect(await privateCards(0)).toEqual([]);
    await browser.leave(page);
  });

  test('call of a service worker outside of it: of the login outside, for certain', async () => {
    const page = await browser.newPage();
    await logIn(page, SITES.page, { account: 'alice' });
    await command(browser, { type: 'app', clientId: APPS.page, linkMode: 'auto' });
    expect(await pressAndWait(page, 'worker-me')).toBe('done');
    const [card] = await cardsWhen(browser, (c) => c[0]?.verdict === 'complete');
    expect(card?.certainty).toBe('certain');
    await browser.leave(page);
  });
});
