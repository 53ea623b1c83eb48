import { expect, test } from 'vitest';
import type { KeptFile } from '../../../../utils/report/import/file-contents.ts';
import { createFileJoiner, piecesOf } from '../../../../utils/report/import/file-pieces.ts';
import { reevaluate, withReplay } from '../../../../utils/report/import/reevaluate.ts';
import { mergeReports } from '../../../../utils/report/merge/merge-reports.ts';
import { importedScope } from '../../../../utils/report/report-scope.ts';
import { firstLogin, T0 } from '../../fixtures.ts';
import { importCase } from '../samples.ts';

/** Takes a file from thread to thread; gives it with the sizes of its lists of observations. */
function carry(file: KeptFile) {
  const join = createFileJoiner();
  const sizes: number[] = [];
  let joined: KeptFile | null = null;
  for (const piece of piecesOf(file)) {
    if ('observations' in piece) sizes.push(piece.observations.length);
    joined = join(structuredClone(piece));
  }
  if (!joined) throw new Error('no end');
  return { joined, sizes };
}

test('file in pieces: the page shows, merges and writes the same of it', async () => {
  const file = await importCase('v2-no-call');
  const other = await importCase('v2-me');
  const at = file.takenAt + 1;
  for (const one of [file, mergeReports([file, other])]) {
    const ahead = withReplay(one);
    const { joined } = carry(ahead);
    expect(importedScope(joined, null)).toEqual(importedScope(ahead, null));
    expect(importedScope(joined, at - 2)).toEqual(importedScope(ahead, at - 2));
    expect(reevaluate(joined, at).report).toEqual(reevaluate(one, at).report);
    expect(mergeReports([joined, other]).report).toEqual(mergeReports([one, other]).report);
  }
});

test('file in pieces: what its recording ended with is no observation that it held', async () => {
  const file = await importCase('v2-no-call');
  const open = file.observations.filter((o) => o.type !== 'recording-ended');
  const ahead = withReplay({ ...file, observations: open, endedAt: file.takenAt });
  const { joined } = carry(ahead);
  expect(joined.observations).toHaveLength(open.length);
  expect(joined.replayed?.observations.at(-1)?.type).toBe('recording-ended');
});

test('file in pieces: no piece is large, and without a replay none comes of it', async () => {
  const file = await importCase('v2-no-call');
  const many = Array.from({ length: 400 }, (_, i) => firstLogin(T0 + i * 1000)).flat();
  const { replayed: _replayed, ...plain } = withReplay({ ...file, observations: many });
  const { joined, sizes } = carry(plain);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
  expect(joined.observations).toEqual(many);
  expect(joined.replayed).toBeUndefined();
});
