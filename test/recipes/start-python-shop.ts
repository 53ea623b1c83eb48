import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Emulator } from '../emulator/index.ts';
import type { RecipeShop } from './start-recipe-shop.ts';

const RECIPE = join(import.meta.dirname, '../../docs/recipes/python');
const READY_MS = 20_000;

/** Why the Python recipe cannot run on this machine; null when it can. */
export function whyNoPython(): string | null {
  const found = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']);
  if (found.error) return 'no python3';
  return found.status === 0 ? null : 'python3 is older than 3.9';
}

/** Whether pip brings its own copy of requests, on urllib3. */
export const hasRequests = (): boolean =>
  spawnSync('python3', ['-c', 'from pip._vendor import requests']).status === 0;

type Kakao = Pick<Emulator, 'port' | 'certificate' | 'addSite'>;

/**
 * Starts a back end in Python with the recipe around it, and gives it a host at the emulator. Its calls to Kakao reach
 * the emulator under the real names. Throws when it does not come up.
 */
export async function startPythonShop(
  kind: 'wsgi' | 'asgi',
  kakao: Kakao,
  options: { report: boolean; host?: string },
): Promise<RecipeShop> {
  const host = options.host ?? `${kind}.shop.test`;
  return start(['python3', 'python_shop.py', kind], host, kakao, {
    LOOPBACK_PORT: String(kakao.port),
    ...(options.report && { LINKWATCH_SERVER_TIMING: '1' }),
  });
}

/** The same with a framework's site, run by the given Python; its calls go through the emulator's proxy. */
export async function startPythonSite(
  python: string,
  framework: 'fastapi' | 'django',
  emulator: Emulator,
  options: { report: boolean },
): Promise<RecipeShop> {
  const host = `${options.report ? '' : 'silent-'}${framework}.shop.test`;
  return start([python, `${framework}_shop.py`], host, emulator, {
    HTTPS_PROXY: `http://127.0.0.1:${emulator.proxyPort}`,
    DJANGO_SETTINGS_MODULE: 'django_shop',
    ...(options.report && { LINKWATCH_SERVER_TIMING: '1' }),
  });
}

async function start(
  [python, script, ...more]: [python: string, script: string, ...more: string[]],
  host: string,
  kakao: Kakao,
  environment: Record<string, string>,
): Promise<RecipeShop> {
  const folder = mkdtempSync(join(tmpdir(), 'linkwatch-shop-'));
  const authority = join(folder, 'emulator.pem');
  writeFileSync(authority, kakao.certificate.pem);
  const shop = spawn(python, [join(import.meta.dirname, script), ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      PYTHONPATH: RECIPE,
      PYTHONDONTWRITEBYTECODE: '1',
      SSL_CERT_FILE: authority,
      ...environment,
    },
  });
  const ended = new Promise<void>((done) => shop.on('exit', () => done()));
  const close = async () => {
    shop.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const port = await new Promise<number>((ready, fail) => {
      const late = setTimeout(() => fail(new Error(`${host}: not up in time`)), READY_MS);
      shop.on('exit', (code) => fail(new Error(`${host} ended (${code})`)));
      shop.stdout.once('data', (line) => {
        clearTimeout(late);
        ready(Number(line));
      });
    });
    kakao.addSite(host, port);
    return { origin: `https://${host}`, host, port, close };
  } catch (error) {
    await close();
    throw error;
  }
}
