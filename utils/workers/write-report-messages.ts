import type { WriteRequest } from '../report/write-request.ts';
import type { PieceMessage } from './send-file.ts';

/** What is asked of the worker that writes: where files are to be written they have come before, piece by piece. */
export type WriteMessage = PieceMessage | { asked: WriteAsked };

/** The request for a report's file, its content sent ahead. */
export type WriteAsked = Omit<WriteRequest, 'from'> & {
  from: 'file' | Exclude<WriteRequest['from'], { imported: unknown }>;
};
