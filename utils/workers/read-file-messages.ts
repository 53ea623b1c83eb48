import type { FilePiece } from '../report/import/file-pieces.ts';
import type { ImportError } from '../report/import/import-error.ts';

/** What the report page asks of the worker that reads files: to import one, at an instant (epoch ms). */
export interface ReadFileRequest {
  file: File;
  /** Files that were chosen with it: what a server recorded joins it. */
  companions: readonly File[];
  generator: { name: string; version: string };
  at: number;
}

/** How much of the file is read (0 to 1), time and again; last, piece by piece, what it holds, that it
 * joins a file that was chosen with it, or why it cannot be imported. */
export type ReadFileResponse =
  | { part: number }
  | { piece: FilePiece }
  | { joins: true }
  | Pick<ImportError, 'problem' | 'field' | 'detail' | 'mismatch'>;
