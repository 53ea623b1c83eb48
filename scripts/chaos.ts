/**
 * Kills the worker 1,000 times, or as often as is said, at random instants of logins, half of them in each browser. Its seed and how far it
 * is are printed. `npm run chaos [-- KILLS [SEED]]`: the same seed gives the same logins and pauses, though not the same instants: the browsers have their own.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const BROWSERS = ['chrome', 'firefox'];
const root = join(import.meta.dirname, '..');
const [kills = '1000', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
if (![kills, seed].every((number) => /^\d+$/.test(number))) {
  console.error('usage: npm run chaos [-- KILLS [SEED]]');
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
for (const browser of BROWSERS) run('wxt', ['build', '-b', browser, '--level', 'warn']);
run(
  'vitest',
  ['run', '--project', 'e2e-chromium', '--project', 'e2e-firefox', 'test/e2e/chaos.test.ts'],
  { CHAOS_KILLS: String(Math.ceil(Number(kills) / BROWSERS.length)), CHAOS_SEED: seed },
);
