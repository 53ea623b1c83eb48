/**
 * Runs the unit tests with generated inputs that the suite does not try; every reader of files, headers, logs and
 * messages gets 10,000 of them. `npm run fuzz [-- SEED]`: the same seed gives the same inputs.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const INPUTS = '10000';
const root = join(import.meta.dirname, '..');
const [seed = String(Math.floor(Math.random() * 2 ** 31))] = process.argv.slice(2);
if (!/^\d+$/.test(seed)) {
  console.error('usage: npm run fuzz [-- SEED]');
  process.exit(2);
}
console.log(`seed ${seed}`);
const { status } = spawnSync(join(root, 'node_modules/.bin/vitest'), ['run', '--project', 'unit'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, FUZZ_RUNS: INPUTS, FUZZ_SEED: seed },
});
process.exitCode = status ?? 1;
