import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import manifest from '../package.json' with { type: 'json' };
import type { Language } from '../utils/i18n/catalogue.ts';
import { translateForCommandLine } from '../utils/i18n/translate-in.ts';
import { writeJunit } from '../utils/report/formats/junit.ts';
import { writeText } from '../utils/report/formats/text.ts';
import { WRITERS } from '../utils/report/formats/writers.ts';
import { readArguments, type CheckOptions } from './arguments.ts';
import { check, type Checked } from './check.ts';
import { HELP } from './help.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import { oneLine, Problem } from './problem.ts';
import type { Progress } from './progress.ts';

/** What the command line needs of the world. */
export interface Ports {
  cwd: string;
  /** Language where none is asked for. */
  language: Language;
  /** Whether standard output shows colours. */
  colour: boolean;
  /** Epoch ms. */
  now: number;
  stdin: Readable;
  out: (text: string) => void;
  error: (line: string) => void;
  /** Writes a file, and makes the folders for it. */
  save: (path: string, text: string) => Promise<void>;
  progress: Progress;
  /** Waits until the user ends the command. */
  untilStopped: () => Promise<void>;
}

/**
 * Runs the command line. Returns the exit code: 0 nothing missed, 1 something missed, 2 could not be done, 3 nothing
 * judged.
 */
export async function main(args: string[], ports: Ports): Promise<0 | 1 | 2 | 3> {
  try {
    const request = readArguments(args, ports.language);
    if (request.ask === 'check') return await runCheck(request, ports);
    if (request.ask === 'emulator') {
      // Loaded by itself: a check has no use for servers and certificates.
      const { runEmulator } = await import('./emulator/run-emulator.ts');
      await runEmulator(request.args, ports);
      return 0;
    }
    if (request.ask === 'mcp') {
      const { runMcp } = await import('./mcp/run-mcp.ts');
      // Standard input carries the protocol.
      const own = () => ({ colour: false, now: Date.now(), stdin: Readable.from([]) });
      await runMcp({
        ...ports,
        run: (given, said) => main(given, { ...ports, ...own(), ...said }),
      });
      return 0;
    }
    ports.out(request.ask === 'help' ? HELP : `${manifest.version}\n`);
    return 0;
  } catch (error) {
    ports.progress.end();
    const message = error instanceof Problem ? error.message : `unexpected: ${String(error)}`;
    ports.error(`linkwatch: ${oneLine(message)}`);
    return 2;
  }
}

async function runCheck(options: CheckOptions, ports: Ports): Promise<Outcome['code']> {
  const { out, language } = options;
  const checked = await check(options, { ...ports, version: manifest.version });
  const outcome = outcomeOf(
    checked.results.map(({ report }) => report),
    options,
    translateForCommandLine(language),
  );
  const text = write(checked, outcome, options, ports.colour && out === null);
  ports.progress.end();
  if (out === null) ports.out(text);
  else
    await ports.save(resolve(ports.cwd, out), text).catch((error: NodeJS.ErrnoException) => {
      throw new Problem(
        `${out}: cannot be written (${error.code ?? error.message}); give another --out`,
      );
    });
  for (const { clientId } of checked.unusedModes)
    ports.error(
      `linkwatch: note: no app ${oneLine(clientId)} in these files; give its whole key (see --whole-client-ids)`,
    );
  if (checked.joinedNote !== null) ports.error(`linkwatch: note: ${checked.joinedNote}`);
  if (outcome.wrongNumber !== null) ports.error(`linkwatch: ${oneLine(outcome.wrongNumber)}`);
  return outcome.code;
}

/** Writes what was checked in the format that was asked for. */
function write(
  { results, fileOf }: Checked,
  { wrongNumber }: Outcome,
  { format, language, strict, allowNone, expectFirst }: CheckOptions,
  colour: boolean,
): string {
  const t = translateForCommandLine(language);
  const reports = results.map(({ report }) => report);
  if (format === 'text') return reports.map((r) => writeText(r, t, colour)).join('\n');
  if (format !== 'junit') return reports.map((r) => WRITERS[format](r, t)).join('');
  const unexpected = expectFirst === null ? null : wrongNumber;
  const isNoneFine = allowNone || expectFirst === 0;
  return reports
    .map((r) => writeJunit(r, t, { fileOf, strict, allowNone: isNoneFine, unexpected }))
    .join('');
}
