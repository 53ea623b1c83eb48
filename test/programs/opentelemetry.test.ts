import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Report } from '../../utils/report/document.ts';
import { run } from '../cli/run.ts';
import { APPS, startEmulator, type Emulator } from '../emulator/index.ts';
import type { Page, ScriptBrowser } from '../emulator/script-browser.ts';
import { signedIn } from '../emulator/test-steps.ts';
import { entriesOf } from '../recipes/har-entries.ts';
import { startRecipeShop } from '../recipes/start-recipe-shop.ts';

type Kind = 'passport' | 'authjs';

let emulator: Emulator;
let folder: string;
beforeEach(async () => {
  emulator = await startEmulator();
  folder = mkdtempSync(join(tmpdir(), 'linkwatch-spans-'));
});
afterEach(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

/** Presses the shop's login button. */
async function start(browser: ScriptBrowser, kind: Kind, origin: string): Promise<Page> {
  if (kind === 'passport') return browser.visit(`${origin}/login`);
  const { csrfToken } = JSON.parse((await browser.visit(`${origin}/auth/csrf`)).body) as {
    csrfToken: string;
  };
  const form = { csrfToken, callbackUrl: '/' };
  return browser.visit(`${origin}/auth/signin/kakao`, { method: 'POST', form });
}

/** A whole first login at a shop with OpenTelemetry's SDK; gives the paths of the browser's HAR and of the spans. */
async function record(kind: Kind, tellTrace: boolean, semanticConventions: 'old' | 'new') {
  const spans = join(folder, 'spans.otlp.jsonl');
  const har = join(folder, 'login.har');
  const options = { report: false, spans: { file: spans, tellTrace, semanticConventions } };
  const shop = await startRecipeShop(kind, emulator, options);
  try {
    const browser = await signedIn(emulator, 'alice');
    const startedAt = Date.now() - 1000;
    const consent = await start(browser, kind, shop.origin);
    const agreedAt = Date.now();
    const page = await browser.submit(consent, 'agree');
    expect(page.body).toContain('data-state="done"');
    const entries = [...entriesOf(consent, startedAt), ...entriesOf(page, agreedAt)];
    writeFileSync(har, JSON.stringify({ log: { version: '1.2', entries } }));
  } finally {
    await shop.close();
  }
  return { har, spans };
}

async function check(args: string[]): Promise<{ login: Report['logins'][number]; error: string }> {
  const asked = ['check', ...args, '--link-mode', `${APPS.server}=auto`, '--at', '+25h'];
  const { out, error } = await run([...asked, '--format', 'json']);
  const { logins } = JSON.parse(out) as Report;
  const [login] = logins;
  if (!login || logins.length !== 1) throw new Error(`${logins.length} logins: ${error}`);
  return { login, error };
}

test.each<[Kind, 'old' | 'new']>([
  ['passport', 'old'],
  ['passport', 'new'],
  ['authjs', 'new'],
])('%s with %s conventions, trace told: from unseen to surely complete', async (kind, words) => {
  const { har, spans } = await record(kind, true, words);
  expect((await check([har])).login.verdict).toBe('unseen');
  const { login, error } = await check([har, '--server', spans]);
  expect(login).toMatchObject({
    verdict: 'complete',
    verdictCertainty: 'certain',
    completedBy: { source: 'server', method: 'GET', path: '/v2/user/me', status: 200 },
  });
  expect(error).toContain('Surely of these logins (by trace, code or token): 2.');
  expect(emulator.truth()).toMatchObject([{ clientId: APPS.server, state: 'complete' }]);
  const text = readFileSync(spans, 'utf8');
  const [request] = text.split('\n');
  expect(request).toMatch(/^\{"resourceSpans":\[/);
});

test.each<Kind>(['passport', 'authjs'])('%s, trace not told: likely complete', async (kind) => {
  const { har, spans } = await record(kind, false, 'new');
  const { login, error } = await check([har, '--server', spans]);
  expect(login).toMatchObject({ verdict: 'complete', verdictCertainty: 'likely' });
  expect(error).toContain('Likely (only by time): 2.');
});
