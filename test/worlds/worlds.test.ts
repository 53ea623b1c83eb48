import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BUDGETS } from './budgets.ts';
import { inWords, type History } from './history.ts';
import { judgeWorld, mistakeInWords } from './judge-world.ts';
import { KINDS } from './kinds.ts';
import { explain, runKind } from './run-kind.ts';

/** Of each kind; 600 take some 25 s of one core. `npm run worlds` plays many more. */
const worlds = Number(process.env['WORLDS'] ?? 600);
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
/** Fewer tell nothing of a share. */
const FEW = 100;

describe(`worlds of known truth, seed ${seed}`, () => {
  test.each(Object.keys(KINDS))('%s: never surely wrong, doubt within its budget', async (kind) => {
    const tally = await runKind(kind, worlds, seed);
    const [failure] = tally.failures;
    const smallest = failure && (await explain(failure)).text;
    expect(tally.wrong, smallest).toBe(0);
    const { doubtful, logins } = tally.open;
    const budget = BUDGETS[kind];
    if (budget !== undefined && logins >= FEW)
      expect((100 * doubtful) / logins, `doubt in percent, seed ${seed}`).toBeLessThanOrEqual(
        budget,
      );
  });
});

const REGRESSIONS = join(import.meta.dirname, 'regressions');

describe('worlds that were judged wrong before', () => {
  const names = readdirSync(REGRESSIONS).map((file) => file.replace(/\.json$/, ''));

  test.each(names)('%s', async (name) => {
    const history: History = JSON.parse(readFileSync(join(REGRESSIONS, `${name}.json`), 'utf8'));
    const { mistakes } = await judgeWorld(history);
    const wrong = mistakes.filter((m) => !m.undecidable).map(mistakeInWords);
    expect(wrong, inWords(history)).toEqual([]);
  });
});
