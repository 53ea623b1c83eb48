import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APPS, startEmulator, type Emulator } from '../../emulator/index.ts';
import { createScriptBrowser } from '../../emulator/script-browser.ts';
import {
  authorize,
  authorizeUrl,
  codeOf,
  login,
  signedIn,
  token,
  type AuthorizeFields,
} from '../../emulator/test-steps.ts';

const PAGE = { client_id: APPS.page, redirect_uri: 'https://page.shop.test/cb' };
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

describe('authorize', () => {
  test('first login: asks for account and consent, later ones do not', async () => {
    const browser = createScriptBrowser(emulator.port);
    const form = await browser.visit(authorizeUrl({ ...PAGE, state: 'state-first-login' }));
    expect(form.hops.map((h) => h.status)).toEqual([302, 200]);
    const account = new URL(form.url);
    expect(account.host + account.pathname).toBe('accounts.kakao.com/login/');
    const back = new URL(account.searchParams.get('continue') ?? '');
    expect(back.searchParams.get('through_account')).toBe('true');
    expect(back.searchParams.get('state')).toBe('state-first-login');

    const consent = await browser.submit(form, 'login', { user: 'alice' });
    expect(consent.status).toBe(200);
    expect(new URL(consent.url).pathname).toBe('/oauth/authorize');
    expect(consent.headers['content-type']).toMatch(/^text\/html/);
    const end = await browser.submit(consent, 'agree');
    expect(end.hops[0]).toMatchObject({ method: 'POST', status: 302 });
    expect(end.url).toMatch(/^https:\/\/page\.shop\.test\/cb\?code=.+&state=state-first-login$/);
    const form2 = { ...PAGE, grant_type: 'authorization_code', code: codeOf(end) };
    expect((await token(emulator, form2)).status).toBe(200);

    const again = await browser.visit(authorizeUrl(PAGE));
    expect(again.hops.map((h) => h.status)).toEqual([302, 200]);
    expect(codeOf(again)).not.toBe('');
  });

  test('consent without a token: leaves no link', async () => {
    const browser = await signedIn(emulator, 'erin');
    await authorize(browser, PAGE);
    expect(emulator.truth().some((t) => t.account === 'erin')).toBe(false);
    expect((await browser.visit(authorizeUrl(PAGE))).body).toContain('id="agree"');
  });

  test('cancel: comes back as access_denied and links nothing', async () => {
    const browser = await signedIn(emulator, 'bob');
    const consent = await browser.visit(authorizeUrl({ ...PAGE, state: 'state-of-bob' }));
    const end = await browser.submit(consent, 'deny');
    expect(end.url).toBe(
      'https://page.shop.test/cb?error=access_denied&error_description=User%20denied%20access&state=state-of-bob',
    );
    expect(emulator.truth().some((t) => t.account === 'bob')).toBe(false);
  });

  test('extra consent: is asked once, for what is missing only', async () => {
    await login(emulator, APPS.page, 'frank');
    const browser = await signedIn(emulator, 'frank');
    const extra = { ...PAGE, scope: 'birthday,friends', service_terms: 'marketing_push' };
    const consent = await browser.visit(authorizeUrl(extra));
    expect(consent.body).toContain('agreed_scope-birthday');
    expect(consent.body).toContain('agreed_term-marketing_push');
    expect(consent.body).not.toContain('agreed_scope-friends');
    const end = await browser.submit(consent, 'agree');
    await token(emulator, { ...PAGE, grant_type: 'authorization_code', code: codeOf(end) });
    expect(codeOf(await browser.visit(authorizeUrl(extra)))).not.toBe('');
  });

  test('unknown user: stays on the login form', async () => {
    const browser = createScriptBrowser(emulator.port);
    const form = await browser.visit(authorizeUrl(PAGE));
    const page = await browser.submit(form, 'login', { user: 'nobody' });
    expect([page.status, page.body.includes('Unknown account')]).toEqual([200, true]);
  });

  test('recorded GET form and quick buttons: sign in too', async () => {
    const browser = createScriptBrowser(emulator.port);
    const form = await browser.visit('https://accounts.kakao.com/login');
    await browser.submit(form, 'as-carol');
    expect((await browser.visit('https://accounts.kakao.com/')).body).toContain('carol');
    await browser.visit('https://accounts.kakao.com/login/do?user=dave');
    expect((await browser.visit('https://accounts.kakao.com/')).body).toContain('dave');
  });

  test.each([
    ['login', '/login/'],
    ['select_account', '/login/'],
    ['create', '/weblogin/create_account'],
  ])('prompt=%s shows the account pages in spite of a session', async (prompt, path) => {
    const browser = await signedIn(emulator, 'frank');
    const form = await browser.visit(authorizeUrl({ ...PAGE, prompt }));
    expect(new URL(form.url).host).toBe('accounts.kakao.com');
    expect(new URL(form.url).pathname).toBe(path);
    const user = prompt === 'create' ? `new${Date.now()}` : 'frank';
    const next = await browser.submit(form, 'login', { user });
    expect(new URL(next.hops[1]?.url ?? '').searchParams.get('through_account')).toBe('true');
    expect(next.body.includes('id="agree"') || codeOf(next) !== '').toBe(true);
  });

  test('pasted through_account: does not skip prompt=login', async () => {
    const browser = await signedIn(emulator, 'frank');
    const pasted = { ...PAGE, prompt: 'login', through_account: 'true' };
    const form = await browser.visit(authorizeUrl(pasted));
    expect(new URL(form.url).host).toBe('accounts.kakao.com');
  });

  test('prompt=none: tells the link state without a page', async () => {
    const silent = authorizeUrl({ ...PAGE, prompt: 'none' });
    const stranger = await createScriptBrowser(emulator.port).visit(silent);
    expect(stranger.url).toContain('error=interaction_required');
    const unlinked = await (await signedIn(emulator, 'carol')).visit(silent);
    expect(unlinked.url).toContain('error=consent_required');
    const linked = await (await signedIn(emulator, 'frank')).visit(silent);
    expect(codeOf(linked)).not.toBe('');
  });

  test('account session: ends after a day, with "stay" a month, on logout', async () => {
    const local = await startEmulator();
    const who = 'https://accounts.kakao.com/';
    const day = await signedIn(local, 'alice');
    const month = createScriptBrowser(local.port);
    await month.visit('https://accounts.kakao.com/login/do?user=bob&stay=1');
    local.advance(25 * 3_600_000);
    expect((await day.visit(who)).body).toContain('signed out');
    expect((await month.visit(who)).body).toContain('bob');
    const out = `https://kauth.kakao.com/oauth/logout?client_id=${APPS.page}&logout_redirect_uri=https://page.shop.test/`;
    expect((await month.visit(out)).url).toBe('https://page.shop.test/');
    expect((await month.visit(who)).body).toContain('signed out');
    await local.close();
  });
});

describe('KOE pages', () => {
  test.each([
    ['KOE004', 403, { client_id: APPS.off }],
    ['KOE006', 400, { redirect_uri: 'https://page.shop.test/elsewhere' }],
    ['KOE008', 400, { client_id: 'admin' }],
    ['KOE009', 400, { redirect_uri: 'kakaojs', origin: 'https://evil.test' }],
    ['KOE101', 401, { client_id: 'ffffffffffffffffffffffffffffffff' }],
    ['KOE201', 400, { response_type: 'id_token' }],
    ['KOE202', 400, { response_type: 'token' }],
    ['KOE204', 400, { prompt: 'maybe' }],
    ['KOE205', 403, { scope: 'gender' }],
    ['KOE207', 400, { redirect_uri: '' }],
  ])('%s with status %i', async (code, status, change: Record<string, string>) => {
    const admin = emulator.apps.get(APPS.page)?.adminKey ?? '';
    const fields: AuthorizeFields = { ...PAGE, ...change };
    if (fields.client_id === 'admin') fields.client_id = admin;
    const page = await createScriptBrowser(emulator.port).visit(authorizeUrl(fields));
    expect(page.status).toBe(status);
    expect(page.body).toContain(code);
  });

  test('account that is no member of a test app: KOE005', async () => {
    const fields = { ...PAGE, client_id: APPS.membersOnly };
    const refused = await authorize(await signedIn(emulator, 'bob'), fields);
    expect([refused.status, refused.body.includes('KOE005')]).toEqual([403, true]);
    expect(codeOf(await authorize(await signedIn(emulator, 'alice'), fields))).not.toBe('');
  });

  test('required consent left out: KOE203', async () => {
    const browser = await signedIn(emulator, 'dave');
    const consent = await browser.visit(authorizeUrl(PAGE));
    const end = await browser.submit(consent, 'agree', { agreed_scope: 'friends' });
    expect([end.status, end.body.includes('KOE203')]).toEqual([403, true]);
  });

  test('foreign logout address: KOE007', async () => {
    const url = `https://kauth.kakao.com/oauth/logout?client_id=${APPS.page}&logout_redirect_uri=https://evil.test/`;
    const page = await createScriptBrowser(emulator.port).visit(url);
    expect([page.status, page.body.includes('KOE007')]).toEqual([400, true]);
  });
});
