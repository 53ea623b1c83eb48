import type { OverviewRequest } from '../report/overview-request.ts';
import type { PieceMessage } from './send-file.ts';

/** What is asked of the worker that gives an overview: a file has come before, piece by piece. */
export type OverviewMessage = PieceMessage | { asked: OverviewAsked };

/** The request for an overview, its file sent ahead. */
export type OverviewAsked = Omit<OverviewRequest, 'from'> & {
  from: { chosen: number | null } | Exclude<OverviewRequest['from'], { imported: unknown }>;
};
