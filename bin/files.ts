import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { glob, isDynamicPattern } from 'tinyglobby';
import { MAX_WHOLE_BYTES } from '../utils/capture/har/file/har-file.ts';
import { Problem } from './problem.ts';

/** A file to read, or standard input. */
export interface Input {
  /** As the user named it. */
  shown: string;
  /** What a session that has no name of its own is called: the path as the user typed it. */
  name: string;
  /** Bytes; null where it is not known beforehand. */
  size: number | null;
  open: () => Readable;
}

/** How many bytes of a file are read at a time that is not parsed at once. */
const CHUNK = 1 << 20;

/** Finds the files that were named, patterns spread out in order of name. Throws Problem where one names nothing. */
export async function findInputs(
  names: readonly string[],
  cwd: string,
  stdin: Readable,
): Promise<Input[]> {
  const inputs: Input[] = [];
  const seen = new Set<string>();
  for (const name of names) {
    if (name === '-') {
      inputs.push({ shown: 'standard input', name: 'stdin', size: null, open: () => stdin });
      continue;
    }
    for (const file of await filesOf(name, cwd)) {
      const path = resolve(cwd, file);
      if (seen.has(path)) continue;
      seen.add(path);
      const { size } = await stat(path);
      // In one piece its bytes need not be put together.
      const highWaterMark = size > 0 && size <= MAX_WHOLE_BYTES ? size : CHUNK;
      const open = () => createReadStream(path, { highWaterMark });
      inputs.push({ shown: file, name: file, size, open });
    }
  }
  return inputs;
}

async function filesOf(name: string, cwd: string): Promise<string[]> {
  const there = await stat(resolve(cwd, name)).catch(() => null);
  if (there?.isDirectory())
    throw new Problem(`${name} is a folder; name files, or '${name}/*.har'`);
  if (there) return [name];
  if (!isDynamicPattern(name)) throw new Problem(`${name}: no such file${neverClosed(name)}`);
  const found = await glob(name, { cwd, expandDirectories: false, dot: true });
  if (!found.length) throw new Problem(`${name}: no file matches${neverClosed(name)}`);
  return found.sort();
}

/** Recorders write a HAR when it is closed: one that never was is often not there at all. */
function neverClosed(name: string): string {
  if (!/\.har$/i.test(name)) return '';
  return '; a HAR is written when its recording is closed (in Playwright: await context.close())';
}
