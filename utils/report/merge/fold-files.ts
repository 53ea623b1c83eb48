import type { KeptFile } from '../import/file-contents.ts';
import { createFileJoiner, piecesOf, type FilePiece } from '../import/file-pieces.ts';
import { replayFile } from '../import/reevaluate.ts';
import { importedScope, type ReportScope } from '../report-scope.ts';
import { mergeReports } from './merge-reports.ts';

/** What files hold together, and that as it stood at an instant. */
export interface FoldedFiles {
  merged: KeptFile;
  scope: ReportScope;
}

/** Merges files; null where there is none. One is left as it is. */
export function mergedOf(files: readonly KeptFile[]): KeptFile | null {
  const [first, ...more] = files;
  return first && more.length ? mergeReports([first, ...more]) : (first ?? null);
}

/**
 * Merges files and replays them as importedScope does, in messages for the thread that asked: what they hold together where they are
 * several, then the same as it stood at an instant that someone chose (epoch ms; null: now).
 */
export function* foldedPieces(
  files: readonly KeptFile[],
  chosen: number | null,
): Generator<FilePiece> {
  const merged = mergedOf(files);
  if (!merged) return;
  const { replayed: _replayed, ...held } = merged;
  if (files.length > 1) yield* piecesOf(held);
  const replayed = replayFile(held, chosen);
  yield* piecesOf({ ...held, observations: replayed.observations, replayed });
}

/** Puts those messages together again: gives the folded files with the last one, null before. */
export function createFoldJoiner(
  files: readonly KeptFile[],
): (piece: FilePiece) => FoldedFiles | null {
  const join = createFileJoiner();
  let [merged = null] = files.length > 1 ? [] : files;
  return (piece) => {
    const file = join(piece);
    if (!file) return null;
    if (merged) return { merged, scope: importedScope(file, null) };
    merged = file;
    return null;
  };
}
