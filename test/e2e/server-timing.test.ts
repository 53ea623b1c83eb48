import { beforeEach, expect, test } from 'vitest';
import { APPS } from '../emulator/index.ts';
import { command, dumpWhen, HOUR, letPass, SITES } from './inside.ts';
import { inEachBrowser } from './lab.ts';
import { cardsWhen } from './popup.ts';
import { leaveKakao, walkKakao } from './walk.ts';

inEachBrowser('what the server reports in Server-Timing', { grants: [SITES.server] }, (lab) => {
  beforeEach(async () => {
    const page = await lab.browser.newPage();
    await leaveKakao(page);
    await page.close();
    await command(lab.browser, { type: 'clear' });
  });

  const logIn = async (account: string, query: string) => {
    const page = await lab.browser.newPage();
    await page.goto(`${SITES.server}/login?${query}`);
    await walkKakao(page, { account });
    return page;
  };

  test('a reported 200 on the redirect completes, with the server as its source', async () => {
    const page = await logIn('alice', 'call=me&report=1');
    const [card] = await cardsWhen(lab.browser, (c) => c[0]?.verdict === 'complete');
    expect(card?.visibility).toBe('server-reported');
    const content = await dumpWhen(lab.browser, (d) => d['logins']?.length === 1);
    expect(content['logins']?.[0]?.['listedCall']).toMatchObject({
      source: 'server',
      path: '/v2/user/me',
    });
    await page.close();
  });

  test('a reported refusal does not complete, and the code is kept', async () => {
    lab.emulator.answerNext('/v1/api/talk/friends', { status: 403, code: -402 });
    const page = await logIn('bob', 'call=friends&report=1');
    const content = await dumpWhen(lab.browser, (d) =>
      (d['observations'] ?? []).some((o) => o['code'] === -402),
    );
    expect(content['logins']).toHaveLength(1);
    await letPass(lab.browser, 25 * HOUR);
    const [card] = await cardsWhen(lab.browser, (c) => c[0]?.verdict !== 'pending');
    expect(card).toMatchObject({ verdict: 'missed', visibility: 'server-reported' });
    await page.close();
  });

  test('manual link: user/me says not signed up, sign-up completes', async () => {
    const page = await logIn('carol', `app=${APPS.serverManual}&call=me&report=1`);
    const [card] = await cardsWhen(lab.browser, (c) => c[0]?.visibility === 'server-reported');
    expect(card?.verdict).toBe('pending');
    await page.evaluate(() => fetch('/call?name=signup&report=1'));
    const [after] = await cardsWhen(lab.browser, (c) => c[0]?.verdict === 'complete');
    expect(after?.certainty).toBe('certain');
    await page.close();
  });

  test('unreported is unseen, never missed', async () => {
    const page = await logIn('dave', 'call=me');
    await cardsWhen(lab.browser, (c) => c.length === 1);
    await letPass(lab.browser, 30 * HOUR);
    const [card] = await cardsWhen(lab.browser, (c) => c[0]?.verdict !== 'pending');
    expect(card?.verdict).toBe('unseen');
    await page.close();
  });

  test('the worker is dead when the report comes: it is not lost', async () => {
    const page = await logIn('erin', 'call=none&report=1');
    await cardsWhen(lab.browser, (c) => c[0]?.visibility === 'server-reported');
    await lab.browser.killWorker();
    await page.evaluate(() => fetch('/call?name=me&report=1'));
    const [card] = await cardsWhen(lab.browser, (c) => c[0]?.verdict === 'complete');
    expect(card?.visibility).toBe('server-reported');
    await page.close();
  });
});
