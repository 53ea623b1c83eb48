import type { KeptFile } from '../report/import/file-contents.ts';
import { createFileJoiner } from '../report/import/file-pieces.ts';
import { ImportError } from '../report/import/import-error.ts';
import { oneResult } from './one-result.ts';
import type { ReadFileRequest, ReadFileResponse } from './read-file-messages.ts';

/** What came of reading a file; `joins`: it joined others; the error is null where reading was aborted. */
type ReadFileResult = { imported: KeptFile } | { joins: true } | { error: ImportError | null };

/**
 * Reads a HAR or a report in a worker of its own, so that the page stays free; aborting ends the worker. `progress` gets
 * the part that is read, 0 to 1. Never rejects.
 */
export async function readFileInWorker(
  file: File,
  companions: readonly File[],
  generator: ReadFileRequest['generator'],
  progress: (part: number) => void,
  signal: AbortSignal,
): Promise<ReadFileResult> {
  const worker = new Worker(new URL('./read-file.worker.ts', import.meta.url), { type: 'module' });
  const join = createFileJoiner();
  const ask = () =>
    worker.postMessage({ file, companions, generator, at: Date.now() } satisfies ReadFileRequest);
  const hear = (message: ReadFileResponse): ReadFileResult | undefined => {
    if ('part' in message) return void progress(message.part);
    if ('piece' in message) {
      const imported = join(message.piece);
      return imported ? { imported } : undefined;
    }
    if ('joins' in message) return message;
    const { problem, field, detail, mismatch } = message;
    return { error: new ImportError(problem, field, detail, mismatch) };
  };
  const result = await oneResult(worker, signal, ask, hear).catch(() => ({
    error: new ImportError('fault'),
  }));
  return result ?? { error: null };
}
