import { fork } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { APPS, type Emulator } from '../emulator/index.ts';

/**
 * `passport`: Express with passport-kakao. `authjs`: Express with @auth/express. `bare`: node:http alone.
 * `next`: as Next.js calls its recipe and a site's handlers, without Next.js.
 */
export type RecipeShopKind = 'passport' | 'authjs' | 'bare' | 'next';

export interface RecipeShop {
  origin: string;
  host: string;
  /** Where it listens on 127.0.0.1, in plain HTTP. */
  port: number;
  close(): Promise<void>;
}

export interface RecipeShopOptions {
  /** Whether the recipe is switched on. The Node recipe is loaded in any case. */
  report: boolean;
  /** Key of the app it logs in with; default `APPS.server`. */
  app?: string;
  /** Default `<kind>.shop.test`. */
  host?: string;
  /** A secret other than the app's own. */
  clientSecret?: string;
  /** Kakao's hosts that the shop cannot reach. */
  down?: string[];
  /** What `NEXT_RUNTIME` is for `next`; default `nodejs`. */
  nextRuntime?: 'nodejs' | 'edge';
  /** OpenTelemetry writes the shop's spans there; with `tellTrace` each answer tells its trace. */
  spans?: { file: string; tellTrace: boolean; semanticConventions: 'old' | 'new' };
}

const CALLBACKS = {
  passport: ['/cb'],
  authjs: ['/auth/callback/kakao'],
  bare: ['/cb'],
  next: ['/callback', '/middleware/callback', '/api/auth/callback/kakao'],
};
const RECIPES = join(import.meta.dirname, '../../docs/recipes');
const RECIPE = join(RECIPES, 'node/linkwatch-server-timing.mjs');
const INSTRUMENTATION = join(RECIPES, 'nextjs/instrumentation.ts');
const OTEL = join(import.meta.dirname, 'otel-spans.mjs');
const READY_MS = 20_000;

/** Puts the recipe for Next.js into a site's folder, as it says itself. */
function placeNextRecipe(folder: string): void {
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const file of [RECIPE, INSTRUMENTATION]) copyFileSync(file, join(folder, basename(file)));
}

/**
 * Starts a real back end in a process of its own, and gives it a host at the emulator. The Node recipe is preloaded, but
 * for `next`, which loads it by its own recipe.
 * Its calls to Kakao reach the emulator under the real names. Throws when it does not come up.
 */
export async function startRecipeShop(
  kind: RecipeShopKind,
  emulator: Emulator,
  options: RecipeShopOptions,
): Promise<RecipeShop> {
  const host = options.host ?? `${kind}.shop.test`;
  const origin = `https://${host}`;
  const app = emulator.apps.get(options.app ?? APPS.server);
  if (!app) throw new Error(`no app ${options.app}`);
  for (const path of CALLBACKS[kind])
    if (!app.redirectUris.includes(origin + path)) app.redirectUris.push(origin + path);
  // Its Kakao provider refuses the ID token that an app with OpenID Connect gives unasked.
  if (kind === 'authjs' || kind === 'next') app.oidc = false;

  const folder = mkdtempSync(join(tmpdir(), 'linkwatch-shop-'));
  const authority = join(folder, 'emulator.pem');
  writeFileSync(authority, emulator.certificate.pem);
  const preloads = [join(import.meta.dirname, 'kakao-on-loopback.mjs')];
  if (kind === 'next') placeNextRecipe(folder);
  else preloads.push(RECIPE);
  const { spans } = options;
  if (spans) preloads.push(OTEL);
  const shop = fork(join(import.meta.dirname, `${kind}-shop.mjs`), {
    execArgv: preloads.map((file) => `--import=${pathToFileURL(file)}`),
    env: {
      PATH: process.env['PATH'],
      NODE_EXTRA_CA_CERTS: authority,
      LOOPBACK_PORT: String(emulator.port),
      KAKAO_DOWN: (options.down ?? []).join(','),
      ORIGIN: origin,
      ...(kind === 'next' && { SITE: folder, NEXT_RUNTIME: options.nextRuntime ?? 'nodejs' }),
      CLIENT_ID: app.clientId,
      CLIENT_SECRET: options.clientSecret ?? app.clientSecret ?? 'none',
      ...(options.report && { LINKWATCH_SERVER_TIMING: '1' }),
      ...(spans && { SPANS_FILE: spans.file }),
      ...(spans?.tellTrace && { TELL_TRACE: '1' }),
      ...(spans?.semanticConventions === 'new' && { OTEL_SEMCONV_STABILITY_OPT_IN: 'http' }),
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
      const late = setTimeout(() => fail(new Error(`${kind} shop: not up in time`)), READY_MS);
      shop.on('exit', (code) => fail(new Error(`${kind} shop ended (${code})`)));
      shop.on('message', (message) => {
        clearTimeout(late);
        ready(Number(message));
      });
    });
    emulator.addSite(host, port);
    return { origin, host, port, close };
  } catch (error) {
    await close();
    throw error;
  }
}
