import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readServerReports } from '../../utils/capture/server-timing.ts';
import { APPS, startEmulator, type Emulator } from '../emulator/index.ts';
import type { Page, ScriptBrowser } from '../emulator/script-browser.ts';
import { signedIn } from '../emulator/test-steps.ts';
import { startRecipeShop, type RecipeShop } from '../recipes/start-recipe-shop.ts';

type Kind = 'passport' | 'authjs';
const LOGGED_IN = { passport: '/cb?', authjs: '/auth/callback/kakao?' };

/** Presses the shop's login button. */
async function start(browser: ScriptBrowser, kind: Kind, origin: string): Promise<Page> {
  if (kind === 'passport') return browser.visit(`${origin}/login`);
  const { csrfToken } = JSON.parse((await browser.visit(`${origin}/auth/csrf`)).body) as {
    csrfToken: string;
  };
  const form = { csrfToken, callbackUrl: '/' };
  return browser.visit(`${origin}/auth/signin/kakao`, { method: 'POST', form });
}

/** A whole login of `user` at the shop; gives the page that ended it and the answer of the callback. */
async function loginAt(emulator: Emulator, kind: Kind, shop: RecipeShop, user: string) {
  const browser = await signedIn(emulator, user);
  const consent = await start(browser, kind, shop.origin);
  const page = consent.body.includes('id="agree"')
    ? await browser.submit(consent, 'agree')
    : consent;
  const callback = page.hops.find(({ url }) => url.startsWith(shop.origin + LOGGED_IN[kind]));
  const header = String(callback?.headers['server-timing']).replace(/dur=\d+/g, 'dur=N');
  return { page, callback, header };
}

/** `connected_at` as Kakao gives it for the link of a user. */
function linkedAt(emulator: Emulator, user: string): string {
  const link = emulator.truth().find((t) => t.account === user);
  return new Date(link?.linkedAt ?? 0).toISOString().replace(/\.\d+Z$/, 'Z');
}

describe.each<Kind>(['passport', 'authjs'])('the Node recipe under %s', (kind) => {
  let emulator: Emulator;
  let shop: RecipeShop;
  beforeEach(async () => {
    emulator = await startEmulator();
    shop = await startRecipeShop(kind, emulator, { report: true });
  });
  afterEach(async () => {
    await shop.close();
    await emulator.close();
  });

  test('callback’s redirect: reports both calls, and nothing secret', async () => {
    const { page, callback, header } = await loginAt(emulator, kind, shop, 'alice');
    expect(page.body).toContain('data-state="done"');
    expect(callback?.status).toBe(302);
    const at = linkedAt(emulator, 'alice');
    expect(header).toBe(
      `kakao;desc="POST /oauth/token 200";dur=N, kakao;desc="GET /v2/user/me 200 has_signed_up=none connected_at=${at}";dur=N`,
    );
    const real = String(callback?.headers['server-timing']);
    expect(emulator.canaries.filter((value) => real.includes(value))).toEqual([]);
    expect(readServerReports([real])).toMatchObject([
      { type: 'token', method: 'POST', status: 200, error: null },
      { type: 'api', method: 'GET', path: '/v2/user/me', status: 200, connectedAt: Date.parse(at) },
    ]);
    const others = page.hops.filter((hop) => hop !== callback);
    expect(others.map((hop) => hop.headers['server-timing'])).toEqual(others.map(() => undefined));
    expect(emulator.truth()).toMatchObject([{ clientId: APPS.server, state: 'complete' }]);
  });

  test('two users at once: do not mix', async () => {
    // Each call to Kakao is held until the other user's has come too.
    const waiting: (() => void)[] = [];
    emulator.holdAnswers(({ host, path }) => {
      if (host !== 'kapi.kakao.com' && path !== '/oauth/token') return Promise.resolve();
      return new Promise((go) => {
        waiting.push(go);
        if (waiting.length === 2) for (const next of waiting.splice(0).reverse()) next();
      });
    });
    const app = emulator.apps.get(APPS.server);
    if (app) app.linkMode = 'manual';
    emulator.answerNext('/v2/user/me', { status: 403, code: -402 });
    const both = await Promise.all([
      loginAt(emulator, kind, shop, 'alice'),
      loginAt(emulator, kind, shop, 'bob'),
    ]);
    const token = 'kakao;desc="POST /oauth/token 200";dur=N, kakao;desc="GET /v2/user/me ';
    const headers = both.map(({ header }) => header).sort();
    expect(headers[0]).toMatch(/200 has_signed_up=false connected_at=[\dTZ:-]{20}";dur=N$/);
    expect(headers[1]).toBe(`${token}403 code=-402";dur=N`);
    expect(headers.every((header) => header.startsWith(token))).toBe(true);
  });

  test('link that waits for sign-up: is reported as such', async () => {
    await shop.close();
    const app = APPS.serverManual;
    shop = await startRecipeShop(kind, emulator, { report: true, app });
    const { header } = await loginAt(emulator, kind, shop, 'carol');
    expect(header).toContain(
      `GET /v2/user/me 200 has_signed_up=false connected_at=${linkedAt(emulator, 'carol')}"`,
    );
    expect(readServerReports([header])[1]).toMatchObject({ hasSignedUp: false });
  });

  test('refused profile: is reported with its code', async () => {
    emulator.answerNext('/v2/user/me', { status: 403, code: -402, msg: 'insufficient scopes.' });
    const { header } = await loginAt(emulator, kind, shop, 'alice');
    expect(header).toBe(
      'kakao;desc="POST /oauth/token 200";dur=N, kakao;desc="GET /v2/user/me 403 code=-402";dur=N',
    );
    expect(readServerReports([header])[1]).toMatchObject({ status: 403, code: -402 });
    expect(emulator.truth()[0]?.state).toBe('incomplete');
  });

  test('wrong client secret: is reported with its code', async () => {
    await shop.close();
    shop = await startRecipeShop(kind, emulator, { report: true, clientSecret: 'wrong-secret' });
    const { page, header } = await loginAt(emulator, kind, shop, 'alice');
    expect(page.body).not.toContain('data-state="done"');
    expect(header).toBe('kakao;desc="POST /oauth/token 401 code=KOE010";dur=N');
    expect(readServerReports([header])).toMatchObject([
      { type: 'token', status: 401, error: 'KOE010' },
    ]);
  });

  test('call without an answer: is reported with the status 0', async () => {
    await shop.close();
    shop = await startRecipeShop(kind, emulator, { report: true, down: ['kapi.kakao.com'] });
    const { page, header } = await loginAt(emulator, kind, shop, 'alice');
    expect(page.body).not.toContain('data-state="done"');
    expect(header).toBe(
      'kakao;desc="POST /oauth/token 200";dur=N, kakao;desc="GET /v2/user/me 0";dur=N',
    );
    expect(readServerReports([header])[1]).toMatchObject({ type: 'api', status: 0 });
  });
});

test('@auth/express with OpenID Connect: no profile call, and none reported', async () => {
  const emulator = await startEmulator();
  const shop = await startRecipeShop('authjs', emulator, { report: true });
  try {
    const app = emulator.apps.get(APPS.server);
    if (app) app.oidc = true;
    const { page, header } = await loginAt(emulator, 'authjs', shop, 'alice');
    expect(page.body).not.toContain('data-state="done"');
    expect(header).toBe('kakao;desc="POST /oauth/token 200";dur=N');
    expect(emulator.truth()[0]?.state).toBe('incomplete');
  } finally {
    await shop.close();
    await emulator.close();
  }
});

describe.each<Kind>(['passport', 'authjs'])('the Node recipe under %s, not switched on', (kind) => {
  let emulator: Emulator;
  let shop: RecipeShop;
  beforeAll(async () => {
    emulator = await startEmulator();
    shop = await startRecipeShop(kind, emulator, { report: false });
  });
  afterAll(async () => {
    await shop.close();
    await emulator.close();
  });

  test('environment variable unset: adds nothing', async () => {
    const { page, callback } = await loginAt(emulator, kind, shop, 'alice');
    expect(page.body).toContain('data-state="done"');
    expect(callback?.status).toBe(302);
    expect(page.hops.filter((hop) => 'server-timing' in hop.headers)).toEqual([]);
  });
});
