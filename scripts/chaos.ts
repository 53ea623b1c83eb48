/**
 * Kills the worker 1,000 times at random instants of logins, half of them in each browser. `npm run chaos [-- SEED]`: the
 * same seed gives the same logins and pauses, though not the same instants: the browsers have their own.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const KILLS = '500';
const root = join(import.meta.dirname, '..');
const [seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
if (!/^\d+$/.test(seed)) {
  console.error('usage: npm run chaos [-- SEED]');
  process.exit(2);
}
const run = (command: string, args: string[], env = {}) => {
  const { status } = spawnSync(join(root, 'node_modules/.bin', command), args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (status !== 0) process.exit(status ?? 1);
};
for (const browser of ['chrome', 'firefox'])
  run('wxt', ['build', '-b', browser, '--level', 'warn']);
run(
  'vitest',
  ['run', '--project', 'e2e-chromium', '--project', 'e2e-firefox', 'test/e2e/chaos.test.ts'],
  { CHAOS_KILLS: KILLS, CHAOS_SEED: seed },
);
