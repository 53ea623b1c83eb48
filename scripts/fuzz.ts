/**
 * Gives every reader of files, headers, logs and messages 10,000 generated inputs. `npm run fuzz [-- SEED]`: the same
 * seed gives the same inputs.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const INPUTS = '10000';
const root = join(import.meta.dirname, '..');
const [seed] = process.argv.slice(2);
if (seed !== undefined && !/^\d+$/.test(seed)) {
  console.error('usage: npm run fuzz [-- SEED]');
  process.exit(2);
}
const { status } = spawnSync(
  join(root, 'node_modules/.bin/vitest'),
  ['run', '--project', 'unit', 'test/unit/fuzz'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, FUZZ_RUNS: INPUTS, ...(seed ? { FUZZ_SEED: seed } : {}) },
  },
);
process.exitCode = status ?? 1;
