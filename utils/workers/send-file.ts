import { nextTask } from '../model/next-task.ts';
import type { KeptFile } from '../report/import/file-contents.ts';
import { piecesOf, type FilePiece } from '../report/import/file-pieces.ts';

/** A piece of a file on its way to a web worker. */
export interface PieceMessage {
  piece: FilePiece;
}

/** Hands a file to a web worker, a piece a task, so that the page answers in between; stops where it was aborted. */
export async function sendFile(
  worker: Pick<Worker, 'postMessage'>,
  file: KeptFile,
  signal: AbortSignal,
): Promise<void> {
  for (const piece of piecesOf(file)) {
    worker.postMessage({ piece } satisfies PieceMessage);
    await nextTask();
    if (signal.aborted) return;
  }
}
