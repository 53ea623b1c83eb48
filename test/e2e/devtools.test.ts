import type { Page } from 'puppeteer-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { APPS } from '../emulator/index.ts';
import { until } from './browser/until.ts';
import { dumpWhen, storageText, type Dump } from './extension-api.ts';
import { browser, browserName, emulator, resetAll, useBrowser } from './fixtures.ts';
import { logIn, passKakao, pressAndWait } from './login-steps.ts';
import { appears, click } from './page-actions.ts';
import { cardsWhen } from './popup.ts';
import { exportedText, openReport } from './report-page.ts';
import { SITES } from './sites.ts';

useBrowser({ grants: [SITES.page, SITES.manual] });

/** The tab under test, its developer tools open. Opening them takes as long as a login. */
let page: Page;
beforeAll(async () => {
  page = await browser.newPage(SITES.page);
  await browser.openTools(page);
});
beforeEach(() => resetAll(page));

const ofType = (content: Dump, type: string) =>
  (content['observations'] ?? []).filter((o) => o['type'] === type);

/** Waits until a login has facts of a body; returns its row. */
async function loginWithBody(): Promise<Record<string, unknown>> {
  const content = await dumpWhen(browser, (d) =>
    (d['logins'] ?? []).some((l) => l['connectedAt'] !== null),
  );
  return content['logins']?.[0] ?? {};
}

/** Logs in as SDK v2 does in a popup whose page polls for the code, keeps it and exchanges it. */
async function logInKeepingCode(account: string): Promise<void> {
  const client = { client_id: APPS.page, auth_tran_id: crypto.randomUUID() };
  const asked = {
    redirect_uri: 'JS-SDK',
    response_type: 'code',
    is_popup: 'true',
    prompt: 'login',
  };
  // Chromium says that the tab in front opened the popup.
  await page.bringToFront();
  await page.evaluate(
    (known, query) => {
      const kauth = 'https://kauth.kakao.com';
      const poll = async () => {
        const url = `${kauth}/apiweb/code.json?${new URLSearchParams(known)}`;
        const { status, code } = await (await fetch(url)).json();
        if (status !== 'ok') return void setTimeout(() => void poll(), 1000);
        const form = { grant_type: 'authorization_code', client_id: known.client_id, code };
        const body = new URLSearchParams({ ...form, redirect_uri: query.redirect_uri });
        await (await fetch(`${kauth}/oauth/token`, { method: 'POST', body })).json();
      };
      window.open(`${kauth}/oauth/authorize?${new URLSearchParams({ ...known, ...query })}`);
      void poll();
    },
    client,
    asked,
  );
  await passKakao(await browser.waitForPage('https://accounts.kakao.com/'), { account });
}

describe('developer tools open', () => {
  test('login on an app with auto link: surely complete, a first login by connected_at', async () => {
    await logIn(page, `${SITES.page}/?scope=talk_message`, { account: 'alice' });
    expect(await pressAndWait(page, 'me')).toBe('done');
    const login = await loginWithBody();
    expect(login).toMatchObject({
      kind: 'first',
      kindBecause: 'connected-now',
      certainty: 'certain',
      userHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const [card] = await cardsWhen(browser, (c) => c[0]?.verdict === 'complete');
    expect(card?.certainty).toBe('certain');
    const content = await dumpWhen(browser, (d) => ofType(d, 'answer').length >= 2);
    const calls = login['calls'] as { path: string; times: number }[];
    expect(calls).toMatchObject([{ path: '/v2/user/me', times: 1 }]);
    expect(ofType(content, 'api')).toHaveLength(1);
    expect(content['apps']).toMatchObject([{ inferredLinkMode: 'auto' }]);
  });

  test.runIf(browserName === 'chromium')(
    'the panel, shown in the tools: has the login and why its call counts',
    async () => {
      const panel = await browser.openToolsPanel?.(page);
      if (!panel) throw new Error('no panel');
      await logIn(page, SITES.page, { account: 'carol' });
      expect(await pressAndWait(page, 'me')).toBe('done');
      const shown = await until('the body’s facts', async () => {
        const text = await panel.evaluate(() => document.body.innerText);
        return text.includes('connected_at') && text;
      });
      expect(shown).toMatch(/page\.shop\.test[^]*GET \/v2\/user\/me[^]*Counts/);
    },
  );

  test('login on an app with manual link: the body tells so, and only sign-up completes it', async () => {
    await logIn(page, SITES.manual, { account: 'bob' });
    expect(await pressAndWait(page, 'me')).toBe('done');
    await dumpWhen(browser, (d) => d['apps']?.[0]?.['inferredLinkMode'] === 'manual');
    await cardsWhen(browser, (c) => c[0]?.verdict === 'pending');
    expect(await pressAndWait(page, 'signup')).toBe('done');
    const [card] = await cardsWhen(browser, (c) => c[0]?.verdict === 'complete');
    expect(card?.certainty).toBe('certain');
  });

  test('refused call: Kakao’s code is known, and the consent item it lacks', async () => {
    await logIn(page, SITES.page, { account: 'carol' });
    const missing = { status: 403, code: -402, required_scopes: ['friends'] };
    emulator.answerNext('/v1/api/talk/friends', missing);
    await pressAndWait(page, 'friends');
    const answerOf = (d: Dump) =>
      ofType(d, 'answer').find((o) => o['path'] === '/v1/api/talk/friends');
    const content = await dumpWhen(browser, (d) => answerOf(d) !== undefined);
    const told = answerOf(content);
    const login = content['logins']?.[0];
    expect(told).toMatchObject({ loginId: login?.['id'], code: -402, requiredScopes: ['friends'] });
    expect(login?.['calls']).toMatchObject([{ path: told?.['path'], code: -402, times: 1 }]);
  });

  test('popup’s code that the page kept and exchanged after another login: surely a first login', async () => {
    await logIn(page, SITES.page, { account: 'alice' });
    expect(await pressAndWait(page, 'refresh')).toBe('done');
    await logInKeepingCode('bob');
    // The tools may tell of a later request first.
    const grants = (d: Dump) =>
      ofType(d, 'answer')
        .toSorted((a, b) => Number(a['sentAt']) - Number(b['sentAt']))
        .map((o) => o['grant']);
    const content = await dumpWhen(browser, (d) => grants(d).length === 3);
    expect(grants(content)).toEqual(['authorization_code', 'refresh_token', 'authorization_code']);
    expect(ofType(content, 'token').map((o) => o['grant'])).toEqual([null, null, null]);
    expect(content['logins']).toMatchObject([
      { kind: 'first' },
      { kind: 'first', kindBecause: 'consent', certainty: 'certain' },
    ]);
  });

  test('site that is not watched: its answers are not read', async () => {
    await logIn(page, SITES.page2, { account: 'dave' });
    expect(await pressAndWait(page, 'me')).toBe('done');
    await page.goto(SITES.page);
    await logIn(page, SITES.page, { account: 'dave' });
    const content = await dumpWhen(browser, (d) => ofType(d, 'answer').length >= 1);
    const calls = ofType(content, 'answer').map((o) => o['path']);
    expect(calls).toEqual(['/oauth/token']);
  });

  test('bodies with secrets: none in the database, the storage, the panel or an export', async () => {
    await logIn(page, `${SITES.page}/?scope=openid,talk_message`, { account: 'erin' });
    for (const id of ['me', 'userinfo', 'friends', 'shipping', 'tokeninfo', 'refresh'])
      await pressAndWait(page, id);
    const content = await dumpWhen(browser, (d) => ofType(d, 'answer').length >= 7);
    const tab = String(ofType(content, 'answer')[0]?.['tab']).split(':').at(-1);
    const panel = await browser.openExtensionPage(`devtools-panel.html?tab=${tab}`);
    await appears(panel, '[data-standing="counts"]');
    await click(panel, '[data-standing="counts"]');
    await appears(panel, '[data-testid="details"]');
    const shown = await panel.evaluate(() => document.documentElement.outerHTML);
    const report = await openReport(browser);
    const texts = {
      kept: JSON.stringify(content),
      storage: await storageText(browser),
      shown,
      exported: await exportedText(report),
    };
    const ids = emulator.truth().map(({ userId }) => String(userId));
    expect(ids.length).toBeGreaterThan(0);
    const canaries = [...emulator.canaries, ...ids];
    for (const [where, text] of Object.entries(texts))
      for (const canary of canaries)
        expect(text.includes(canary), `${canary} in ${where}`).toBe(false);
    expect(texts.kept).toContain('/v1/oidc/userinfo');
    expect(shown).toContain('connected_at');
    await browser.leave(report);
    await browser.leave(panel);
  });
});
