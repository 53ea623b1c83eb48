import {
  NotHarError,
  NotJsonError,
  parseHarFile,
  readHarFile,
  type HarFile,
} from '../../capture/har/file/har-file.ts';
import { createRequestMarks } from '../../capture/har/token/request-marks.ts';
import type { FileContents, ImportedFile } from './file-contents.ts';
import { ImportError } from './import-error.ts';
import { contentsOfHar, type HarImportOptions } from './import-har.ts';
import { importReportValue, parseJson } from './import-report.ts';
import { toImportError } from './json-error.ts';
import { refusePacked } from './packed-file.ts';
import { reevaluate } from './reevaluate.ts';
import { joinServerFiles } from './server-files.ts';
import { unlessWebhookLog } from './webhook-log.ts';

const MB = 1_000_000;
/** The largest files that are read, in bytes. A report is parsed as a whole, a HAR piece by piece. */
const MAX_REPORT_BYTES = 100 * MB;
const MAX_HAR_BYTES = 1000 * MB;

/** A HAR as every known recorder begins it. */
const HAR_START = /^\uFEFF?\s*\{\s*"log"\s*:/;
/** Spans as OTLP/JSON. */
const SPANS_START = /^\uFEFF?\s*\{\s*"resourceSpans"\s*:/;
/** Whose spans they are, where a report was written as spans. */
const OWN_SPANS = /"service\.name","value":\{"stringValue":"linkwatch"\}/;
const START_BYTES = 4096;

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Imports a HAR or a report, whichever the bytes are. A report is judged at its own instant, a HAR at
 * `options.generatedAt`; `reevaluate` judges at any other. Throws an ImportError, or what reading the chunks throws.
 */
export async function importFile(chunks: Chunks, options: HarImportOptions): Promise<ImportedFile> {
  const contents = await readFile(chunks, options);
  if (isJudged(contents)) return contents;
  return reevaluate(contents, options.generatedAt, { wholeClientIds: true });
}

function isJudged(contents: FileContents | ImportedFile): contents is ImportedFile {
  return 'loginState' in contents;
}

/**
 * Reads a HAR or a report like `importFile`, but does not judge a HAR: whoever judges it at another instant anyway need
 * not wait for it twice. A report is judged at its own instant, since it must bear that out. Throws as `importFile` does.
 */
export async function readFile(
  chunks: Chunks,
  options: HarImportOptions,
): Promise<FileContents | ImportedFile> {
  const rest = toGenerator(chunks);
  const start = await readStart(rest);
  refusePacked(start[0] ?? new Uint8Array());
  const beginning = decode(
    start.map((c) => c.subarray(0, START_BYTES)),
    { fatal: false },
  );
  if (SPANS_START.test(beginning))
    throw new ImportError(OWN_SPANS.test(beginning) ? 'own-spans' : 'server-alone');
  const isHar = HAR_START.test(beginning);
  const maxBytes = isHar ? MAX_HAR_BYTES : MAX_REPORT_BYTES;
  if ((options.size ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const all = withSizeLimit(start, rest, maxBytes);
  if (isHar) return contentsOfHar(await readHar(all), options);
  const parts: Uint8Array[] = [];
  for await (const chunk of all) parts.push(chunk);
  const text = decode(parts, { fatal: true });
  try {
    const value = parseJson(text);
    // A HAR may also begin with something else than its log.
    const har = tryParseHar(value);
    return await (har
      ? contentsOfHar(har, options)
      : withServerFiles(importReportValue(value), options));
  } catch (error) {
    throw unlessWebhookLog(error, text);
  }
}

/** Joins a back end's calls to a report's logins by time: a report keeps no trace and no code, and hashes user ids by itself. */
async function withServerFiles(
  file: ImportedFile,
  { serverFiles = [] }: HarImportOptions,
): Promise<FileContents | ImportedFile> {
  if (!serverFiles.length) return file;
  // Whom a call with the admin key is about cannot be compared: it may be about anybody.
  const nameOf = async () => 'other';
  const marks = createRequestMarks();
  const { observations, counts } = await joinServerFiles(
    file.observations,
    marks,
    serverFiles,
    nameOf,
  );
  const { report, about, takenAt, endedAt } = file;
  return {
    report,
    about,
    takenAt,
    observations,
    joined: counts,
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}

/** Reads chunks until they hold the bytes by which a HAR is recognised. */
async function readStart(chunks: AsyncGenerator<Uint8Array>): Promise<Uint8Array[]> {
  const start: Uint8Array[] = [];
  let size = 0;
  while (size < START_BYTES) {
    const { value, done } = await chunks.next();
    if (done) break;
    start.push(value);
    size += value.length;
  }
  return start;
}

async function readHar(chunks: Chunks): Promise<HarFile> {
  try {
    return await readHarFile(chunks);
  } catch (error) {
    if (error instanceof NotHarError) throw new ImportError('not-ours');
    // A disk that fails, or a fault of ours, is not the file's.
    if (!(error instanceof NotJsonError)) throw error;
    const reason = toImportError(error.cause);
    throw reason.problem === 'truncated' ? new ImportError('har-truncated') : reason;
  }
}

/** Returns a parsed HAR, or null for anything else. */
function tryParseHar(value: unknown): HarFile | null {
  try {
    return parseHarFile(value);
  } catch (error) {
    if (error instanceof NotHarError) return null;
    throw error;
  }
}

const tooLarge = (maxBytes: number) => new ImportError('too-large', '', String(maxBytes / MB));

async function* toGenerator(chunks: Chunks): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield chunk;
}

/** Yields the chunks read so far and the rest. Throws an ImportError as soon as they exceed the limit. */
async function* withSizeLimit(
  start: Uint8Array[],
  rest: AsyncGenerator<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  const counted = (chunk: Uint8Array) => {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    return chunk;
  };
  // The start is emptied, so that its chunks can be freed while the rest is read.
  for (const chunk of start.splice(0)) yield counted(chunk);
  for await (const chunk of rest) yield counted(chunk);
}

/** Decodes UTF-8. With `fatal`, throws an ImportError where the bytes are no UTF-8. */
function decode(parts: readonly Uint8Array[], options: { fatal: boolean }): string {
  const decoder = new TextDecoder('utf-8', options);
  try {
    return parts.map((part) => decoder.decode(part, { stream: true })).join('') + decoder.decode();
  } catch {
    throw new ImportError('not-text');
  }
}
