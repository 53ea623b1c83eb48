import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { glob, isDynamicPattern } from 'tinyglobby';
import { Problem } from './problem.ts';

/** A file to read, or standard input. */
export interface Input {
  /** As the user named it. */
  shown: string;
  /** Without folders and ending. */
  name: string;
  open: () => Readable;
}

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
      inputs.push({ shown: 'standard input', name: 'stdin', open: () => stdin });
      continue;
    }
    for (const file of await filesOf(name, cwd)) {
      const path = resolve(cwd, file);
      if (seen.has(path)) continue;
      seen.add(path);
      const open = () => createReadStream(path, { highWaterMark: CHUNK });
      inputs.push({ shown: file, name: basename(file).replace(/\.(har|json)$/i, ''), open });
    }
  }
  return inputs;
}

async function filesOf(name: string, cwd: string): Promise<string[]> {
  const there = await stat(resolve(cwd, name)).catch(() => null);
  if (there?.isDirectory())
    throw new Problem(`${name} is a folder; name files, or '${name}/*.har'`);
  if (there) return [name];
  if (!isDynamicPattern(name)) throw new Problem(`${name}: no such file`);
  const found = await glob(name, { cwd, expandDirectories: false, dot: true });
  if (!found.length) throw new Problem(`${name}: no file matches`);
  return found.sort();
}
