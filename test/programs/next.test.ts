import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../utils/report/document.ts';
import { run } from '../cli/run.ts';
import { APPS, startEmulator, type Emulator } from '../emulator/index.ts';
import { send } from '../emulator/loopback-client.ts';
import type { Page } from '../emulator/script-browser.ts';
import { authorizeUrl, signedIn } from '../emulator/test-steps.ts';
import { entriesOf } from '../recipes/har-entries.ts';
import {
  startRecipeShop,
  type RecipeShop,
  type RecipeShopOptions,
} from '../recipes/start-recipe-shop.ts';

let emulator: Emulator;
let shop: RecipeShop;

function useShop(options: RecipeShopOptions): void {
  beforeAll(async () => {
    emulator = await startEmulator();
    shop = await startRecipeShop('next', emulator, options);
  });
  afterAll(async () => {
    await shop.close();
    await emulator.close();
  });
}

/** A user's first login at the shop, which Kakao sends back to `path`; gives the last page, with all hops of the login. */
async function logIn(user: string, path: string): Promise<Page> {
  const browser = await signedIn(emulator, user);
  const begin = async () => {
    if (!path.startsWith('/api/auth/')) {
      const fields = { client_id: APPS.server, redirect_uri: shop.origin + path };
      return browser.visit(authorizeUrl(fields));
    }
    const { body } = await browser.visit(`${shop.origin}/api/auth/csrf`);
    const { csrfToken } = JSON.parse(body) as { csrfToken: string };
    const form = { csrfToken, callbackUrl: '/' };
    return browser.visit(`${shop.origin}/api/auth/signin/kakao`, { method: 'POST', form });
  };
  const consent = await begin();
  const page = await browser.submit(consent, 'agree');
  expect(page.body).toContain('data-state="done"');
  return { ...page, hops: [...consent.hops, ...page.hops] };
}

/** What the answers of a login told, each with its path, durations taken out. */
function told({ hops }: Page): string[] {
  return hops.flatMap(({ url, headers }) => {
    const timing = headers['server-timing'];
    if (timing === undefined) return [];
    return `${new URL(url).pathname}: ${String(timing).replace(/;dur=\d+(?=$|, kakao)/g, '')}`;
  });
}

/** What the command line says of a login by its HAR alone, a day and an hour later. */
async function judged(page: Page): Promise<Report['logins']> {
  const folder = mkdtempSync(join(tmpdir(), 'linkwatch-next-'));
  try {
    const har = join(folder, 'login.har');
    const entries = entriesOf(page, Date.now());
    writeFileSync(har, JSON.stringify({ log: { version: '1.2', entries } }));
    const asked = ['check', har, '--link-mode', `${APPS.server}=auto`, '--at', '+25h'];
    const { out } = await run([...asked, '--format', 'json']);
    return (JSON.parse(out) as Report).logins;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An answer of the callback that tells both calls. */
const bothCalls = (path: string): RegExp =>
  new RegExp(
    `^${path}: kakao;desc="POST /oauth/token 200", kakao;desc="GET /v2/user/me 200 has_signed_up=none connected_at=[\\dTZ:-]{20}"$`,
  );

describe('the Next.js recipe, registered', () => {
  useShop({ report: true });

  test.each([
    ['route handler of one’s own', 'alice', '/callback'],
    ['middleware', 'bob', '/middleware/callback'],
    ['handlers of Auth.js', 'carol', '/api/auth/callback/kakao'],
  ])('%s: the first login is surely complete by its header', async (_, user, path) => {
    const page = await logIn(user, path);
    expect(told(page)).toEqual([expect.stringMatching(bothCalls(path))]);
    const raw = page.hops.flatMap(({ headers }) => headers['server-timing'] ?? []).join();
    expect(emulator.canaries.filter((value) => raw.includes(value))).toEqual([]);
    expect(await judged(page)).toMatchObject([
      {
        verdict: 'complete',
        verdictCertainty: 'certain',
        completedBy: { source: 'server', method: 'GET', path: '/v2/user/me', status: 200 },
      },
    ]);
  });

  test('code that does not exist: the refusal is told with its code', async () => {
    const { status, headers } = await send(emulator.port, `${shop.origin}/callback?code=none`);
    expect(status).toBe(401);
    expect(headers['server-timing']).toMatch(
      /^kakao;desc="POST \/oauth\/token 400 code=KOE320";dur=\d+$/,
    );
  });
});

describe.each([
  ['not switched on', { report: false }],
  ['on the edge runtime', { report: true, nextRuntime: 'edge' as const }],
])('the Next.js recipe, %s', (_, options) => {
  useShop(options);

  test('first login: nothing is added, and it stays unseen', async () => {
    const page = await logIn('alice', '/callback');
    expect(told(page)).toEqual([]);
    expect(await judged(page)).toMatchObject([{ verdict: 'unseen' }]);
  });
});
