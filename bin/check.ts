import type { Readable } from 'node:stream';
import { createFindingLocalizer } from '../utils/guidance/localize-findings.ts';
import { translateIn } from '../utils/i18n/translate-in.ts';
import { ImportError } from '../utils/report/import/import-error.ts';
import { importErrorText } from '../utils/report/import/import-error-text.ts';
import { readFile } from '../utils/report/import/import-file.ts';
import {
  reevaluate,
  type FileContents,
  type ImportedFile,
} from '../utils/report/import/reevaluate.ts';
import { mergeFiles } from '../utils/report/merge/merge-reports.ts';
import type { At, CheckOptions } from './arguments.ts';
import { findInputs, type Input } from './files.ts';
import { withLinkModes, type SetMode } from './link-modes.ts';
import { Problem } from './problem.ts';

export interface CheckPorts {
  cwd: string;
  stdin: Readable;
  /** Epoch ms. */
  now: number;
  version: string;
}

export interface Checked {
  /** One a file, or one of all. */
  results: ImportedFile[];
  /** Link modes that were given for apps that no file knows. */
  unusedModes: SetMode[];
}

/** Reads and judges what was asked for. Throws Problem. */
export async function check(
  options: CheckOptions,
  oneDocument: boolean,
  ports: CheckPorts,
): Promise<Checked> {
  const inputs = await findInputs(options.files, ports.cwd, ports.stdin);
  const read: FileContents[] = [];
  for (const input of inputs) read.push(await readInput(input, options, ports));
  const isMerged = read.length > 1 && (options.merge || oneDocument);
  const used = new Set<SetMode>();
  const together = instantOf(options.at, read, ports.now);
  const files = read.map((one) => {
    const at = isMerged ? together : instantOf(options.at, [one], ports.now);
    const { contents, found } = withLinkModes(one, options.linkModes, at);
    for (const mode of found) used.add(mode);
    return { contents, at };
  });
  const judge = (contents: FileContents, at: number) =>
    reevaluate(contents, at, {
      wholeClientIds: options.wholeClientIds,
      nothingFollowed: options.at !== 'now',
      advise: createFindingLocalizer(translateIn(options.language)),
      // Judged at its own instant it is the same report.
      ...(Date.parse(contents.report.evaluatedAt) === at && !isMerged
        ? {}
        : { generatedAt: ports.now }),
    });
  return {
    results: isMerged
      ? [judge(mergeFiles(files.map((f) => f.contents)), together)]
      : files.map(({ contents, at }) => judge(contents, at)),
    unusedModes: options.linkModes.filter((mode) => !used.has(mode)),
  };
}

function instantOf(at: At, files: readonly FileContents[], now: number): number {
  if (at === 'now') return now;
  if ('instant' in at) return at.instant;
  const ends = files.map((f) => f.observations.reduce((l, o) => Math.max(l, o.at), -Infinity));
  const last = ends.reduce((a, b) => Math.max(a, b), -Infinity);
  return (last === -Infinity ? now : last) + at.afterLast;
}

async function readInput(
  input: Input,
  { language }: CheckOptions,
  { now, version }: CheckPorts,
): Promise<FileContents> {
  try {
    return await readFile(input.open(), {
      name: input.name,
      generator: { name: 'Linkwatch', version },
      generatedAt: now,
    });
  } catch (error) {
    if (error instanceof ImportError)
      throw new Problem(`${input.shown}: ${importErrorText(error, translateIn(language))}`);
    const { code } = error as NodeJS.ErrnoException;
    if (!code) throw error;
    const why = { EACCES: 'not allowed to read it', ENOENT: 'no such file', EISDIR: 'is a folder' };
    throw new Problem(
      `${input.shown}: ${why[code as keyof typeof why] ?? `cannot be read (${code})`}`,
    );
  }
}
