import { expect, test } from 'vitest';
import { APPS } from '../emulator/index.ts';
import { command, dump, dumpWhen, SITES, storageText } from './inside.ts';
import { inEachBrowser } from './lab.ts';
import { openPopup, readCards } from './popup.ts';
import { exportedText, openReport } from './report-page.ts';
import { press, logIn, use, walkKakao } from './walk.ts';

const PLANTED = 'PLANTEDCANARY7f3a9';

inEachBrowser('secrets', { grants: Object.values(SITES) }, (lab) => {
  test('none of what traffic carries is in the database, the storage, the popup or an export', async () => {
    const page = await lab.browser.newPage();
    await page.setCookie({ name: 'sid', value: `${PLANTED}cookie`, url: SITES.page });
    const query = new URLSearchParams({
      state: `${PLANTED}state`,
      nonce: `${PLANTED}nonce`,
      scope: 'openid,talk_message',
      secret: `${PLANTED}query`,
    });
    await logIn(page, `${SITES.page}/?${query}`, { account: 'alice' });
    for (const id of ['me', 'friends', 'shipping', 'userinfo', 'tokeninfo', 'refresh', 'backend'])
      await use(page, id);
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
      await walkKakao(await lab.browser.waitForPage('https://accounts.kakao.com/'), { account });
      await use(page, 'me');
    }
    await page.goto(`${SITES.server}/login?call=me&report=1`);
    await walkKakao(page, { account: 'dave' });
    await command(lab.browser, { type: 'app', clientId: APPS.page, linkMode: 'auto' });
    await dumpWhen(lab.browser, (d) => d['logins']?.length === 4);

    const popup = await openPopup(lab.browser, SITES.page);
    await readCards(popup);
    await popup.evaluate(() => {
      for (const d of document.querySelectorAll('details'))
        if (!d.open) d.querySelector('summary')?.click();
    });
    const shown = await popup.evaluate(() => document.documentElement.outerHTML);
    const report = await openReport(lab.browser);
    const exported = await exportedText(report);
    const reported = await report.evaluate(() => document.documentElement.outerHTML);
    await report.close();
    const kept = JSON.stringify(await dump(lab.browser));
    const storage = await storageText(lab.browser);
    expect(JSON.parse(exported)).toMatchObject({
      format: 'linkwatch-report',
      counts: { logins: 4 },
    });
    expect(kept).toContain('/v2/user/me');
    const canaries = [PLANTED, ...lab.emulator.canaries];
    expect(canaries.length).toBeGreaterThan(50);
    for (const [where, text] of Object.entries({ kept, storage, shown, exported, reported }))
      for (const canary of canaries)
        expect(text.includes(canary), `${canary} in ${where}`).toBe(false);
    expect(exported).not.toContain(APPS.page);
    await popup.close();
    await page.close();
  });
});
