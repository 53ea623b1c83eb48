import { ImportError } from '../report/import/import-error.ts';
import { importFile } from '../report/import/import-file.ts';
import type { ReadFileRequest, ReadFileResponse } from './read-file-client.ts';

const tell = (told: ReadFileResponse) => postMessage(told);

addEventListener('message', (event: MessageEvent<ReadFileRequest>) => {
  const { file, generator, at } = event.data;
  const { name, size } = file;
  importFile(chunksOf(file), { name, size, generator, generatedAt: at }).then(
    (imported) => tell({ imported }),
    (error: unknown) => {
      const known = error instanceof ImportError ? error : new ImportError('not-json');
      tell({ problem: known.problem, field: known.field, detail: known.detail });
    },
  );
});

/** Bytes read at once. A file's own stream may hand out all of a large file in one piece. */
const PIECE = 2_000_000;

/** The file's bytes, with word of how much of them has been worked through. */
async function* chunksOf(file: File): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < file.size; from += PIECE) {
    tell({ part: from / file.size });
    yield new Uint8Array(await file.slice(from, from + PIECE).arrayBuffer());
  }
}
