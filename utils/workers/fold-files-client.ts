import type { KeptFile } from '../report/import/file-contents.ts';
import { createFoldJoiner, type FoldedFiles } from '../report/merge/fold-files.ts';
import type { FoldMessage } from './fold-files-messages.ts';
import { oneResult } from './one-result.ts';
import { sendFile, type PieceMessage } from './send-file.ts';

/**
 * Merges files and replays them as of an instant that someone chose (epoch ms; null: now) in a worker of its own, so that the page
 * stays free; aborting ends the worker. Gives null where it was aborted. Rejects where it fails.
 */
export function foldFilesInWorker(
  files: readonly KeptFile[],
  chosen: number | null,
  signal: AbortSignal,
): Promise<FoldedFiles | null> {
  const worker = new Worker(new URL('./fold-files.worker.ts', import.meta.url), { type: 'module' });
  const join = createFoldJoiner(files);
  return oneResult(
    worker,
    signal,
    () => handOver(worker, files, chosen, signal),
    ({ piece }: PieceMessage) => join(piece) ?? undefined,
  );
}

async function handOver(
  worker: Worker,
  files: readonly KeptFile[],
  chosen: number | null,
  signal: AbortSignal,
): Promise<void> {
  for (const { replayed: _replayed, ...held } of files) await sendFile(worker, held, signal);
  if (!signal.aborted) worker.postMessage({ chosen } satisfies FoldMessage);
}
