import { ImportError } from '../../utils/report/import-error.ts';
import { importFile } from '../../utils/report/import-file.ts';
import type { Asked, Told } from '../../utils/browser/read-in-worker.ts';

const tell = (told: Told) => postMessage(told);

addEventListener('message', (event: MessageEvent<Asked>) => {
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

/** The file's bytes, with word of how far the reading is. */
async function* chunksOf(file: File): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  let size = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    size += value.length;
    tell({ part: size / file.size });
    yield value;
  }
}
