import { parseHarFile, NotHarError, readHarFile } from '../../capture/har/har-file.ts';
import { ImportError } from './import-error.ts';
import { importHar, type HarImport } from './import-har.ts';
import { importReportValue, parseJson } from './import-report.ts';
import type { ImportedFile } from './reevaluate.ts';

const MB = 1_000_000;
/** Largest files that are read, in bytes. A report is parsed whole, a HAR piece by piece. */
const MOST_REPORT_BYTES = 100 * MB;
const MOST_HAR_BYTES = 1000 * MB;

/** Every recorder writes the log first. */
const HAR_HEAD = /^\uFEFF?\s*\{\s*"log"\s*:/;
const HEAD_BYTES = 4096;

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Reads a HAR or a report from its bytes, whichever it is. A report is judged at its own instant, a HAR at
 * `generatedAt`; `judgeAgain` takes any other.
 * Throws ImportError and nothing else, but what reading the chunks throws.
 */
export async function importFile(chunks: Chunks, options: HarImport): Promise<ImportedFile> {
  const source = oneByOne(chunks);
  const head: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const { value, done } = await source.next();
    if (done) break;
    head.push(value);
    size += value.length;
  }
  const isHar = HAR_HEAD.test(
    decode(
      head.map((c) => c.subarray(0, HEAD_BYTES)),
      false,
    ),
  );
  const most = isHar ? MOST_HAR_BYTES : MOST_REPORT_BYTES;
  if ((options.size ?? 0) > most) throw tooLarge(most);
  const all = limited(head, source, most);
  if (isHar) return importHar(await harOf(all), options);
  const parts: Uint8Array[] = [];
  for await (const chunk of all) parts.push(chunk);
  const value = parseJson(decode(parts, true));
  try {
    return await importHar(parseHarFile(value), options);
  } catch (error) {
    if (!(error instanceof NotHarError)) throw error;
  }
  return importReportValue(value);
}

async function harOf(chunks: Chunks) {
  try {
    return await readHarFile(chunks);
  } catch (error) {
    if (error instanceof ImportError) throw error;
    if (error instanceof NotHarError) throw new ImportError('not-ours');
    const detail = error instanceof Error ? error.message : '';
    const ends = /ended in/.test(detail);
    const [, where] = /absolute position "(\d+)"/.exec(detail) ?? [];
    throw new ImportError(ends ? 'truncated' : 'not-json', where ? `position ${where}` : '');
  }
}

const tooLarge = (most: number) => new ImportError('too-large', '', String(most / MB));

async function* oneByOne(chunks: Chunks): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield chunk;
}

async function* limited(head: Uint8Array[], rest: AsyncGenerator<Uint8Array>, most: number) {
  let size = 0;
  const within = (chunk: Uint8Array) => {
    size += chunk.length;
    if (size > most) throw tooLarge(most);
    return chunk;
  };
  for (const chunk of head.splice(0)) yield within(chunk);
  for await (const chunk of rest) yield within(chunk);
}

function decode(parts: readonly Uint8Array[], fatal: boolean): string {
  const decoder = new TextDecoder('utf-8', { fatal });
  try {
    return parts.map((part) => decoder.decode(part, { stream: true })).join('') + decoder.decode();
  } catch {
    throw new ImportError('not-text');
  }
}
