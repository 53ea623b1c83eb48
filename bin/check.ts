import type { Readable } from 'node:stream';
import { createFindingLocalizer } from '../utils/guidance/localize-findings.ts';
import { translateForCommandLine } from '../utils/i18n/translate-in.ts';
import type { ReportSession } from '../utils/report/document.ts';
import { FORMATS } from '../utils/report/formats/format-list.ts';
import type { FileContents, ImportedFile } from '../utils/report/import/file-contents.ts';
import { readFile } from '../utils/report/import/import-file.ts';
import { reevaluate } from '../utils/report/import/reevaluate.ts';
import type { ServerFile } from '../utils/report/import/server-files.ts';
import { mergeFiles } from '../utils/report/merge/merge-reports.ts';
import type { At, CheckOptions } from './arguments.ts';
import { findInputs, type Input } from './files.ts';
import { withLinkModes, type SetMode } from './link-modes.ts';
import { Problem } from './problem.ts';
import type { Progress } from './progress.ts';
import { readingProblem } from './reading-problem.ts';
import { joinedNote, readServerFiles } from './server-files.ts';

/** What a check needs of the world. */
export interface CheckPorts {
  cwd: string;
  stdin: Readable;
  /** Epoch ms. */
  now: number;
  version: string;
  progress: Progress;
}

/** What a check found. */
export interface Checked {
  /** One a file, or one of all. */
  results: ImportedFile[];
  /** The file that a session was read from, as the user named it; null for standard input. */
  fileOf: (session: ReportSession) => string | null;
  /** Link modes that were given for apps that no file knows. */
  unusedModes: SetMode[];
  /** What of the back end's calls was joined to the logins; null where none were given. */
  joinedNote: string | null;
}

/** An input and what was in it. */
interface ReadInput {
  input: Input;
  contents: FileContents;
}

/** Reads and judges what was asked for. Throws Problem. */
export async function check(options: CheckOptions, ports: CheckPorts): Promise<Checked> {
  const inputs = await findInputs(options.files, ports.cwd, ports.stdin);
  ports.progress.begin(inputs.reduce((sum, input) => sum + (input.size ?? 0), 0));
  const serverFiles = await readServerFiles(options, ports);
  const read: ReadInput[] = [];
  for (const input of inputs)
    read.push({ input, contents: await readInput(input, serverFiles, options, ports) });
  for (const one of read) refuseTooEarly(options.at, one);
  ports.progress.say('judging');
  const all = read.map(({ contents }) => contents);
  const { results, usedModes } = judgeFiles(all, options, ports.now);
  return {
    results,
    fileOf: (session) => fileOf(session, read),
    unusedModes: options.linkModes.filter((mode) => !usedModes.has(mode)),
    joinedNote: joinedNote(
      all.flatMap(({ joined }) => joined ?? []),
      options,
    ),
  };
}

/** Judges what was read of files, each by itself or all as one; says which of the link modes that were given it used. */
function judgeFiles(
  all: readonly FileContents[],
  options: CheckOptions,
  now: number,
): { results: ImportedFile[]; usedModes: Set<SetMode> } {
  const isMerged = all.length > 1 && (options.merge || isOneDocument(options.format));
  const usedModes = new Set<SetMode>();
  const together = instantOf(options.at, all, now);
  const files = all.map((one) => {
    const at = isMerged ? together : instantOf(options.at, [one], now);
    const { contents, found } = withLinkModes(one, options.linkModes, at);
    for (const mode of found) usedModes.add(mode);
    return { contents, at };
  });
  const judge = (contents: FileContents, at: number) =>
    reevaluate(contents, at, {
      wholeClientIds: options.wholeClientIds,
      nothingFollowed: options.at !== 'now',
      advise: createFindingLocalizer(translateForCommandLine(options.language)),
      // Judged at its own instant it is the same report.
      ...(Date.parse(contents.report.evaluatedAt) === at && !isMerged ? {} : { generatedAt: now }),
    });
  const results = isMerged
    ? [judge(mergeFiles(files.map((f) => f.contents)), together)]
    : files.map(({ contents, at }) => judge(contents, at));
  return { results, usedModes };
}

/** Whether what is written in a format is one document, so that the reports of several files do not fit behind each other. */
function isOneDocument(format: CheckOptions['format']): boolean {
  return format !== 'text' && !FORMATS[format].lines;
}

/** The instant (epoch ms) at which files are judged. */
function instantOf(at: At, files: readonly FileContents[], now: number): number {
  if (at === 'now') return now;
  if ('instant' in at) return at.instant;
  const ends = files.map((f) => f.observations.reduce((l, o) => Math.max(l, o.at), -Infinity));
  const last = ends.reduce((a, b) => Math.max(a, b), -Infinity);
  return (last === -Infinity ? now : last) + at.afterLast;
}

/** An instant before everything that was recorded would judge nothing, and say so of no login. Throws Problem. */
function refuseTooEarly(at: At, { input, contents }: ReadInput): void {
  if (at === 'now' || !('instant' in at)) return;
  const first = contents.observations.reduce((least, o) => Math.min(least, o.at), Infinity);
  if (at.instant >= first || first === Infinity) return;
  const start = new Date(first).toISOString();
  throw new Problem(
    `--at ${at.given} is before the recording ${input.shown}, which begins at ${start}; give a later instant, or +25h`,
  );
}

/** Finds the file of a session, which a merged report has from its file unchanged. */
function fileOf({ id, name }: ReportSession, read: readonly ReadInput[]): string | null {
  const found = read.find(({ contents: { report } }) =>
    [report.session, ...(report.sources ?? []).map((source) => source.session)].some(
      (session) => session.id === id && session.name === name,
    ),
  );
  return found && found.input.size !== null ? found.input.shown : null;
}

async function readInput(
  input: Input,
  serverFiles: readonly ServerFile[],
  { language }: CheckOptions,
  { now, version, progress }: CheckPorts,
): Promise<FileContents> {
  try {
    return await readFile(progress.count(input.shown, input.open()), {
      name: input.name,
      generator: { name: 'Linkwatch', version },
      generatedAt: now,
      serverFiles,
    });
  } catch (error) {
    throw readingProblem(error, input.shown, language);
  }
}
