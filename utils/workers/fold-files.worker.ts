import type { KeptFile } from '../report/import/file-contents.ts';
import { createFileJoiner } from '../report/import/file-pieces.ts';
import { foldedPieces } from '../report/merge/fold-files.ts';
import type { FoldMessage } from './fold-files-messages.ts';
import type { PieceMessage } from './send-file.ts';

const join = createFileJoiner();
const files: KeptFile[] = [];

addEventListener('message', ({ data }: MessageEvent<FoldMessage>) => {
  if ('piece' in data) {
    const file = join(data.piece);
    if (file) files.push(file);
  } else
    for (const piece of foldedPieces(files, data.chosen))
      postMessage({ piece } satisfies PieceMessage);
});
