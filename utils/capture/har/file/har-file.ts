import { JSONParser } from '@streamparser/json';
import { objectOf, type Json } from '../../../model/json.ts';
import { collectRelevantEntries } from './relevant-entries.ts';

/** A HAR file, as far as capture needs it. */
export interface HarFile {
  /** Entries that can say something of a login, without the parts that are never read. */
  entries: unknown[];
  /** The recorder's name as the file gives it: `Playwright 1.65.1, chromium 156`. */
  recorder: string;
}

/** The file is JSON but not a HAR. */
export class NotHarError extends Error {}

/** The file is no JSON, or ends too early; the cause is what the parser says. */
export class NotJsonError extends Error {}

/** Up to so many bytes a file is parsed at once: several times faster than piece by piece, for some seven bytes of memory a byte. */
export const MAX_WHOLE_BYTES = 250_000_000;

/**
 * Reads a HAR file. One of more than `maxWholeBytes` is read chunk by chunk, so that it never lies in memory whole.
 * Throws NotHarError where the JSON is something else, NotJsonError, or what reading the chunks throws.
 */
export async function readHarFile(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxWholeBytes = MAX_WHOLE_BYTES,
): Promise<HarFile> {
  const reader = createEntryReader();
  const beginning: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    beginning.push(chunk);
    if (size > maxWholeBytes) for (const part of beginning.splice(0)) reader.write(part);
  }
  if (size <= maxWholeBytes) {
    const value = tryParse(beginning);
    if (value) return parseHarFile(value.json);
    // The streaming parser says where the file stops being JSON.
    for (const part of beginning) reader.write(part);
  }
  return reader.end();
}

/** Parses JSON out of its bytes; null where it is none. */
function tryParse(parts: readonly Uint8Array[]): { json: unknown } | null {
  try {
    return { json: JSON.parse(new TextDecoder().decode(joinBytes(parts))) };
  } catch {
    return null;
  }
}

/** All bytes in one piece: decoded so, a text without foreign letters takes a byte a letter, and half the time to parse. */
function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts;
  if (first && parts.length === 1) return first;
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}

/** Makes a reader that takes the bytes of a HAR piece by piece and keeps the relevant entries only. */
function createEntryReader(): { write: (chunk: Uint8Array) => void; end: () => HarFile } {
  const parser = new JSONParser({
    // The whole list is not asked for, since that would keep all of it in memory.
    paths: ['$.log.entries.*', '$.log.creator', '$.log.browser'],
    keepStack: false,
    stringBufferSize: 65_536,
  });
  const relevant = collectRelevantEntries();
  const recorders: Record<string, unknown> = {};
  let found = false;
  let failure: Error | null = null;
  parser.onValue = ({ value, key, parent, stack }) => {
    if (stack.length < 3) recorders[String(key)] = value;
    else if (Array.isArray(parent)) {
      found = true;
      relevant.add(value);
    }
  };
  parser.onError = (error) => {
    failure ??= error;
  };
  return {
    write(chunk) {
      parser.write(chunk);
      if (failure) throw new NotJsonError('not JSON', { cause: failure });
    },
    end() {
      if (!parser.isEnded) parser.end();
      if (failure) throw new NotJsonError('not JSON', { cause: failure });
      // The parser says nothing of a list that is empty or missing.
      if (!found) throw new NotHarError();
      return { entries: relevant.all(), recorder: recorderOf(recorders) };
    },
  };
}

/** Reads a HAR out of JSON that is parsed already. Throws NotHarError. */
export function parseHarFile(value: unknown): HarFile {
  const log = objectOf(objectOf(value)['log']);
  const entries = log['entries'];
  if (!Array.isArray(entries)) throw new NotHarError();
  const relevant = collectRelevantEntries();
  for (const entry of entries) relevant.add(entry);
  return { entries: relevant.all(), recorder: recorderOf(log) };
}

function recorderOf(log: Json): string {
  return [log['creator'], log['browser']]
    .map((who) => {
      const { name, version } = objectOf(who);
      return [name, version].filter((s) => typeof s === 'string').join(' ');
    })
    .filter(Boolean)
    .join(', ')
    .replace(/[^\w .,+()/-]/g, '')
    .slice(0, 100);
}
