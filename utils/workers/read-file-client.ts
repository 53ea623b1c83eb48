import { ImportError } from '../report/import/import-error.ts';
import { createFileJoiner } from '../report/import/file-pieces.ts';
import type { ReplayedFile } from '../report/import/reevaluate.ts';
import type { ReadFileRequest, ReadFileResponse } from './read-file-messages.ts';

/** What came of reading a file; `joins`: it joined others; the error is null where reading was aborted. */
type ReadFileResult = { imported: ReplayedFile } | { joins: true } | { error: ImportError | null };

/**
 * Reads a HAR or a report in a worker of its own, so that the page stays free; aborting ends the worker. `progress` gets
 * the part that is read, 0 to 1. Never rejects.
 */
export function readFileInWorker(
  file: File,
  companions: readonly File[],
  generator: ReadFileRequest['generator'],
  progress: (part: number) => void,
  signal: AbortSignal,
): Promise<ReadFileResult> {
  return new Promise((done) => {
    const worker = new Worker(new URL('./read-file.worker.ts', import.meta.url), {
      type: 'module',
    });
    const end = (result: ReadFileResult) => {
      worker.terminate();
      done(result);
    };
    signal.addEventListener('abort', () => end({ error: null }));
    const join = createFileJoiner();
    worker.addEventListener('message', ({ data }: MessageEvent<ReadFileResponse>) => {
      if ('part' in data) progress(data.part);
      else if ('piece' in data) {
        const imported = join(data.piece);
        if (imported) end({ imported });
      } else if ('joins' in data) end(data);
      else end({ error: new ImportError(data.problem, data.field, data.detail, data.mismatch) });
    });
    worker.addEventListener('error', () => end({ error: new ImportError('fault') }));
    worker.postMessage({ file, companions, generator, at: Date.now() } satisfies ReadFileRequest);
  });
}
