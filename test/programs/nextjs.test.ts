import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { APPS, startEmulator, type Emulator } from '../emulator/index.ts';
import { send } from '../emulator/loopback-client.ts';
import { login } from '../emulator/test-steps.ts';
import { startRecipeShop } from '../recipes/start-recipe-shop.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('the Next.js recipe, registered by a server that listens already', () => {
  let emulator: Emulator;
  let token: string;
  beforeAll(async () => {
    emulator = await startEmulator();
    token = await login(emulator, APPS.server, 'alice');
  });
  afterAll(() => emulator.close());

  /** The header of a server that calls Kakao with fetch, durations taken out; null where it has none. */
  async function timingUnder(options: { report: boolean; nextRuntime: 'nodejs' | 'edge' }) {
    const shop = await startRecipeShop('bare', emulator, options);
    try {
      const paths = ['GET /v2/user/me'];
      const raw = JSON.stringify({ via: 'fetch', paths, answer: 'redirect', token });
      const { headers } = await send(emulator.port, `${shop.origin}/`, { method: 'POST', raw });
      return String(headers['server-timing'] ?? null).replace(/dur=\d+/g, 'dur=N');
    } finally {
      await shop.close();
    }
  }

  test('runtime of Node: tells the call', async () => {
    const at = new Date(emulator.truth()[0]?.linkedAt ?? 0).toISOString();
    expect(await timingUnder({ report: true, nextRuntime: 'nodejs' })).toBe(
      `kakao;desc="GET /v2/user/me 200 has_signed_up=none connected_at=${at.replace(/\.\d+Z$/, 'Z')}";dur=N`,
    );
  });

  test.each([
    { name: 'edge runtime', report: true, nextRuntime: 'edge' as const },
    { name: 'environment variable unset', report: false, nextRuntime: 'nodejs' as const },
  ])('$name: adds nothing', async (options) => {
    expect(await timingUnder(options)).toBe('null');
  });
});
