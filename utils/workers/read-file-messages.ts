import type { ImportError } from '../report/import/import-error.ts';
import type { ImportedFile } from '../report/import/reevaluate.ts';

/** What the report page asks of the worker that reads files: to import one, at an instant (epoch ms). */
export interface ReadFileRequest {
  file: File;
  generator: { name: string; version: string };
  at: number;
}

/** How much of the file is read (0 to 1), time and again; last what it holds, or why it cannot be imported. */
export type ReadFileResponse =
  | { part: number }
  | { imported: ImportedFile }
  | Pick<ImportError, 'problem' | 'field' | 'detail' | 'mismatch'>;
