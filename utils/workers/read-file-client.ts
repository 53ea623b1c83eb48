import { ImportError, type ImportProblem } from '../report/import/import-error.ts';
import type { ImportedFile } from '../report/import/reevaluate.ts';

/** What the page asks of its worker. */
export interface ReadFileRequest {
  file: File;
  generator: { name: string; version: string };
  /** Epoch ms. */
  at: number;
}

/** What the worker tells. */
export type ReadFileResponse =
  | { part: number }
  | { imported: ImportedFile }
  | { problem: ImportProblem; field: string; detail: string };

type Read = { imported: ImportedFile } | { error: ImportError | null };

/**
 * Reads a HAR or a report in a worker of its own, so that the page stays free; aborting ends the worker. Never rejects.
 */
export function readFileInWorker(
  file: File,
  generator: ReadFileRequest['generator'],
  progress: (part: number) => void,
  signal: AbortSignal,
): Promise<Read> {
  return new Promise((done) => {
    const worker = new Worker(new URL('./read-file.worker.ts', import.meta.url), {
      type: 'module',
    });
    const end = (read: Read) => {
      worker.terminate();
      done(read);
    };
    signal.addEventListener('abort', () => end({ error: null }));
    worker.addEventListener('message', ({ data }: MessageEvent<ReadFileResponse>) => {
      if ('part' in data) progress(data.part);
      else if ('imported' in data) end(data);
      else end({ error: new ImportError(data.problem, data.field, data.detail) });
    });
    worker.addEventListener('error', () => end({ error: new ImportError('not-json') }));
    worker.postMessage({ file, generator, at: Date.now() } satisfies ReadFileRequest);
  });
}
