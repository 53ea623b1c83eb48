import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBrowser } from '../../scripts/browsers.ts';

const ROOT = join(import.meta.dirname, '../..');
const MODULES = join(ROOT, 'node_modules');
const EXAMPLE = join(ROOT, 'docs/examples/playwright');

const folder = mkdtempSync(join(tmpdir(), 'linkwatch-playwright-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(script: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CHROME_PATH: chromium, CI: '', FORCE_COLOR: '0', ...env },
  });
  return { status, out: stdout + stderr };
}

/** A test fails by what it expects and not by how slow the machine is. */
const ARGUMENTS = ['test', '--workers=1', '--reporter=line', '--timeout=100000'];

const playwright = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  run(join(MODULES, '@playwright/test/cli.js'), [...ARGUMENTS, ...args], env);

let chromium = '';

// The example as somebody has it who installed the package.
beforeAll(() => {
  chromium = ensureBrowser('chromium');
  cpSync(EXAMPLE, folder, { recursive: true });
  mkdirSync(join(folder, 'node_modules/@types'), { recursive: true });
  const target = join(folder, 'node_modules/linkwatch');
  const args = ['scripts/build-cli.ts', target];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`not built: ${stderr}`);
  for (const name of ['@playwright', '@types/node'])
    symlinkSync(join(MODULES, name), join(folder, 'node_modules', name));
});

/** A page that does everything itself: for the first of two accounts `refuse` keeps Kakao from being asked with success. */
const pageSide = (refuse: string, shown: string) => `import { createServer } from 'node:http';
  import { expect, test } from 'linkwatch/playwright';
  const KEY = 'js-key';
  test('x', async ({ page, kakao }) => {
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<p id=state>here</p><script type=module>' + script + '</script>');
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    const site = 'http://127.0.0.1:' + server.address().port;
    const redirectUri = site + '/cb';
    const script = \`
      const code = new URLSearchParams(location.search).get('code');
      const body = new URLSearchParams({ grant_type: 'authorization_code', client_id: 'js-key',
        redirect_uri: location.origin + '/cb', code: code ?? '' });
      if (code) {
        const token = await (await fetch('https://kauth.kakao.com/oauth/token', { method: 'POST', body })).json();
        const headers = { authorization: 'Bearer ' + token.access_token };
        const me = await fetch('https://kapi.kakao.com/v2/user/me', { headers });
        state.textContent = 'asked ' + me.status;
      }\`;
    await kakao.app({ clientId: KEY, redirectUri });
    const login = 'https://kauth.kakao.com/oauth/authorize?' +
      new URLSearchParams({ client_id: KEY, redirect_uri: redirectUri, response_type: 'code', prompt: 'login' });
    for (const [nickname, status] of [['eve', 400], ['finn', 200]]) {
      const account = await kakao.account({ nickname });
      if (status === 400) await ${refuse};
      await page.goto(site);
      await page.evaluate((url) => { location.href = url; }, login);
      await kakao.login(page, account);
      await kakao.agree(page);
      await expect(page.locator('#state')).toHaveText('asked ' + ${shown});
      if (status === 400) await expect(page).not.toCompleteFirstLogin();
      await kakao.pass('25h');
      expect(await kakao.linkOf(account)).toBe(status === 400 ? 'unlinked' : 'linked');
    }
    await expect(page).not.toCompleteFirstLogin();
    server.close();
  });`;

const OPTIONS = `import { expect, test } from 'linkwatch/playwright';
  test('x', async ({ kakaoUrl, launchOptions }) => {
    expect(kakaoUrl).toBe('http://127.0.0.1:' + process.env.KAKAO_PORT);
    expect(launchOptions.args[0]).toBe('--mine');
    expect(launchOptions.args.join()).toContain('MAP kapi.kakao.com:443');
    expect((await fetch(kakaoUrl + '/v2/user/me')).status).toBe(401);
  });`;

const OPTIONS_CONFIG = `export default { testDir: 'tests', use: {
  kakaoPort: Number(process.env.KAKAO_PORT), launchOptions: { args: ['--mine'] } } };`;

const OWN_LAUNCH = `import { test } from 'linkwatch/playwright';
  test.use({ launchOptions: { executablePath: process.env.CHROME_PATH } });
  test('x', async ({ kakao }) => {});`;

const OTHER_BROWSER = `import { test } from 'linkwatch/playwright';
  test.use({ browserName: 'firefox' });
  test('x', async ({ page }) => { await page.goto('about:blank'); });`;

/** A port that is free and stays so: what the machine gives to connections by itself begins at 32768. */
async function freePort(): Promise<number> {
  for (let port = 20_000 + (process.pid % 10_000); port < 32_768; port += 1) {
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').catch(() => null);
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error('no free port');
}

describe('linkwatch/playwright', () => {
  test('example: passes in a real browser', () => {
    const ran = playwright(['tests/login.spec.ts']);
    expect(ran.out).toContain('3 passed');
    expect(ran.status).toBe(0);
  });

  test('example: its types are right, and refuse what is not', () => {
    const options = { strict: true, noEmit: true, module: 'nodenext', allowJs: true };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { ...options, types: ['node'] }, include: ['tests'] }),
    );
    appendFileSync(
      join(folder, 'tests/login.spec.ts'),
      "// @ts-expect-error A client id is a text.\ntest('wrong', ({ kakao }) => kakao.app({ clientId: 1 }));\n",
    );
    expect(run(join(MODULES, 'typescript/bin/tsc'), ['-p', '.'])).toEqual({ status: 0, out: '' });
    cpSync(join(EXAMPLE, 'tests'), join(folder, 'tests'), { recursive: true });
  });

  test('page that does everything itself: is judged, a refused call and one of another day', () => {
    const refuse = `kakao.answerNext('/v2/user/me', { status, code: -10 })`;
    writeFileSync(join(folder, 'tests/page-side.spec.ts'), pageSide(refuse, 'status'));
    const ran = playwright(['tests/page-side.spec.ts']);
    expect(ran.out).toContain('1 passed');
    expect(ran.status).toBe(0);
  });

  test('route of the test that answers in Kakao’s place: completes nothing', () => {
    const answer = `{ json: { properties: {} }, headers: {
      'access-control-allow-origin': '*', date: new Date().toUTCString() } }`;
    const mock = `page.route('**/v2/user/me', (r) => r.fulfill(${answer}), { times: 1 })`;
    writeFileSync(join(folder, 'tests/mocked.spec.ts'), pageSide(mock, '200'));
    const ran = playwright(['tests/mocked.spec.ts']);
    expect(ran.out).toContain('1 passed');
    expect(ran.status).toBe(0);
  });

  test('options: a fixed port for a back end, and the own arguments of the browser', async () => {
    const port = await freePort();
    writeFileSync(join(folder, 'tests/options.spec.ts'), OPTIONS);
    writeFileSync(join(folder, 'options.config.mjs'), OPTIONS_CONFIG);
    const args = ['--config=options.config.mjs', 'tests/options.spec.ts'];
    const ran = playwright(args, { KAKAO_PORT: String(port) });
    expect(ran.out).toContain('1 passed');
  });

  test('launchOptions of a test file, other browsers: refused, as they reach real Kakao', () => {
    writeFileSync(join(folder, 'tests/own.spec.ts'), OWN_LAUNCH);
    writeFileSync(join(folder, 'tests/firefox.spec.ts'), OTHER_BROWSER);
    const ran = playwright(['tests/own.spec.ts', 'tests/firefox.spec.ts']);
    expect(ran.status).toBe(1);
    expect(ran.out).toContain('2 failed');
    expect(ran.out).toContain('give them in the configuration instead');
    expect(ran.out).toContain('works in Chromium only, not in firefox');
  });

  test('failure: says which login, why, and what was called', () => {
    const missing = `import { expect, test } from 'linkwatch/playwright';
      import { startShop } from '../shop.mjs';
      test('x', async ({ page, kakao, kakaoUrl }) => {
        const shop = await startShop({ auth: kakaoUrl, api: kakaoUrl, complete: false });
        await kakao.app({ clientId: shop.clientId, redirectUri: shop.redirectUri });
        const dan = await kakao.account({ nickname: 'dan' });
        await page.goto(shop.site + '/login');
        await kakao.login(page, dan);
        await kakao.agree(page);
        await expect(page).toCompleteFirstLogin({ timeout: 500 });
      });
      test('y', async ({ page, kakao }) => {
        await page.goto('about:blank');
        await expect(page).not.toCompleteFirstLogin({ timeout: 200 });
      });`;
    writeFileSync(join(folder, 'tests/missing.spec.ts'), missing);
    const ran = playwright(['tests/missing.spec.ts']);
    expect(ran.status).toBe(1);
    expect(ran.out).toContain('2 failed');
    expect(ran.out).toMatch(
      /Every first login was expected to be completed in time\.[^]*Not completed in time/,
    );
    expect(ran.out).toContain('no Kakao login was recorded');
  });
});
