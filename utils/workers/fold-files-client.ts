import { createFoldJoiner, type FoldedFiles } from '../report/import/fold-files.ts';
import type { ReplayedFile } from '../report/import/reevaluate.ts';
import type { FoldMessage } from './fold-files-messages.ts';
import { sendFile, type PieceMessage } from './send-file.ts';

/**
 * Merges files and replays them as of an instant that someone chose (epoch ms; null: now) in a worker of its own, so that the page
 * stays free; aborting ends the worker. Gives null where it was aborted. Rejects where it fails.
 */
export function foldFilesInWorker(
  files: readonly ReplayedFile[],
  chosen: number | null,
  signal: AbortSignal,
): Promise<FoldedFiles | null> {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL('./fold-files.worker.ts', import.meta.url), {
      type: 'module',
    });
    const end = (settle: () => void) => {
      worker.terminate();
      settle();
    };
    signal.addEventListener('abort', () => end(() => done(null)));
    const join = createFoldJoiner(files);
    worker.addEventListener('message', ({ data }: MessageEvent<PieceMessage>) => {
      const folded = join(data.piece);
      if (folded) end(() => done(folded));
    });
    worker.addEventListener('error', (event) => end(() => fail(new Error(event.message))));
    handOver(worker, files, chosen, signal).catch((error: unknown) => end(() => fail(error)));
  });
}

async function handOver(
  worker: Worker,
  files: readonly ReplayedFile[],
  chosen: number | null,
  signal: AbortSignal,
): Promise<void> {
  for (const { replayed: _replayed, ...held } of files) await sendFile(worker, held, signal);
  if (!signal.aborted) worker.postMessage({ chosen } satisfies FoldMessage);
}
