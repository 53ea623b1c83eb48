import type { PieceMessage } from './send-file.ts';

/** Files, piece by piece; then that they be folded as of an instant that someone chose (epoch ms; null: now). */
export type FoldMessage = PieceMessage | { chosen: number | null };
