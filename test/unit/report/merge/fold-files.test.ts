import { expect, test } from 'vitest';
import type { KeptFile } from '../../../../utils/report/import/file-contents.ts';
import {
  createFoldJoiner,
  foldedPieces,
  type FoldedFiles,
} from '../../../../utils/report/merge/fold-files.ts';
import { mergeReports } from '../../../../utils/report/merge/merge-reports.ts';
import { importedScope } from '../../../../utils/report/report-scope.ts';
import { importCase } from '../samples.ts';

/** Folds files in another thread, as it were. */
function fold(files: readonly KeptFile[], chosen: number | null): FoldedFiles {
  const join = createFoldJoiner(files);
  let folded: FoldedFiles | null = null;
  for (const piece of foldedPieces(files, chosen)) folded = join(structuredClone(piece));
  if (!folded) throw new Error('no end');
  return folded;
}

test('files folded in another thread: the page shows the same as where it folds them itself', async () => {
  const first = await importCase('v2-no-call');
  const second = await importCase('v2-me');
  for (const files of [[first], [first, second]])
    for (const chosen of [null, first.takenAt - 1, first.takenAt + 1]) {
      const merged = files.length > 1 ? mergeReports(files) : first;
      const { scope, merged: joined } = fold(files, chosen);
      expect(scope.logins.length).toBeGreaterThan(0);
      expect(scope).toEqual(importedScope(merged, chosen));
      expect(importedScope(joined, chosen)).toEqual(importedScope(merged, chosen));
    }
});

test('one file folded for another instant stays the one that is held', async () => {
  const file = await importCase('v2-no-call');
  expect(fold([file], file.takenAt - 1).merged).toBe(file);
});
