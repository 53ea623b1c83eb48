import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BUDGETS } from './budgets.ts';
import { inWords, type History } from './history.ts';
import { judgeWorld, mistakeInWords } from './judge-world.ts';
import { KINDS, MIXED_KINDS } from './kinds.ts';
import { explain, runKind } from './run-kind.ts';

/** Of each kind. `npm run worlds` plays many more, and others each time. */
const worlds = Number(process.env['WORLDS'] ?? 2000);
/** The same in each run, so that a red run is due to a change. */
const seed = Number(process.env['SEED'] ?? 20261128);
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

/** Of each kind that is mixed of two. */
const mixedWorlds = Math.ceil(worlds / 100);

test(`worlds of any two kinds together, seed ${seed}: never surely wrong`, async () => {
  for (const kind of Object.keys(MIXED_KINDS)) {
    // eslint-disable-next-line no-await-in-loop
    const { wrong, failures } = await runKind(kind, mixedWorlds, seed);
    // eslint-disable-next-line no-await-in-loop
    expect(wrong, failures[0] && (await explain(failures[0])).text).toBe(0);
  }
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
