import { ImportError } from '../report/import/import-error.ts';
import { importFile } from '../report/import/import-file.ts';
import type { ReadFileRequest, ReadFileResponse } from './read-file-messages.ts';

const respond = (response: ReadFileResponse) => postMessage(response);

addEventListener('message', (event: MessageEvent<ReadFileRequest>) => {
  const { file, generator, at } = event.data;
  const { name, size } = file;
  importFile(chunksOf(file), { name, size, generator, generatedAt: at }).then(
    (imported) => respond({ imported }),
    (error: unknown) => {
      const { problem, field, detail, mismatch } =
        error instanceof ImportError ? error : new ImportError('fault');
      respond({ problem, field, detail, mismatch });
    },
  );
});

/** How many bytes are read at once: a file's own stream may hand out all of a large file in one piece. */
const CHUNK_BYTES = 2_000_000;

/** The file's bytes. Says before each chunk how much of the file has been worked through. */
async function* chunksOf(file: File): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < file.size; from += CHUNK_BYTES) {
    respond({ part: from / file.size });
    yield new Uint8Array(await file.slice(from, from + CHUNK_BYTES).arrayBuffer());
  }
}
