import { piecesOf } from '../report/import/file-pieces.ts';
import { ImportError } from '../report/import/import-error.ts';
import { importFile } from '../report/import/import-file.ts';
import { withReplay } from '../report/import/reevaluate.ts';
import { recognizeServerFile, type ServerFile } from '../report/import/server-files.ts';
import type { ReadFileRequest, ReadFileResponse } from './read-file-messages.ts';

const respond = (response: ReadFileResponse) => postMessage(response);

addEventListener('message', (event: MessageEvent<ReadFileRequest>) => {
  importRequested(event.data).catch((error: unknown) => {
    const { problem, field, detail, mismatch } =
      error instanceof ImportError ? error : new ImportError('fault');
    respond({ problem, field, detail, mismatch });
  });
});

/** Imports a file with what a server recorded of it, or finds that it is such a record itself. */
async function importRequested(request: ReadFileRequest): Promise<void> {
  const { file, companions, generator, at } = request;
  const { name, size } = file;
  const found = await Promise.all(companions.map(serverFileOf));
  const serverFiles = found.filter((one) => one !== null);
  const hasOther = serverFiles.length < companions.length;
  if (hasOther && (await serverFileOf(file))) {
    respond({ joins: true });
    return;
  }
  const options = { name, size, generator, generatedAt: at, serverFiles };
  const imported = withReplay(await importFile(chunksOf(file), options));
  for (const piece of piecesOf(imported)) respond({ piece });
}

/** Larger files are taken for a browser's: what a server recorded is read whole. */
const MAX_SERVER_BYTES = 50_000_000;

async function serverFileOf(file: File): Promise<ServerFile | null> {
  return file.size > MAX_SERVER_BYTES ? null : recognizeServerFile(await file.text());
}

/** How many bytes are read at once: a file's own stream may hand out all of a large file in one piece. */
const CHUNK_BYTES = 2_000_000;

/** The file's bytes. Says before each chunk how much of the file has been worked through. */
async function* chunksOf(file: File): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < file.size; from += CHUNK_BYTES) {
    respond({ part: from / file.size });
    yield new Uint8Array(await file.slice(from, from + CHUNK_BYTES).arrayBuffer());
  }
}
