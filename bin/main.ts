import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import manifest from '../package.json' with { type: 'json' };
import { FORMATS } from '../utils/report/formats/format-list.ts';
import { WRITERS } from '../utils/report/formats/writers.ts';
import type { ImportedFile } from '../utils/report/import/reevaluate.ts';
import { writeText } from '../utils/report/formats/text.ts';
import type { Language } from '../utils/i18n/catalogue.ts';
import { translateIn } from '../utils/i18n/translate-in.ts';
import { readArguments, type CheckOptions } from './arguments.ts';
import { check } from './check.ts';
import { HELP } from './help.ts';
import { oneLine, Problem } from './problem.ts';

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
  save: (path: string, text: string) => Promise<void>;
}

/** Runs the command line. Returns the exit code: 0 nothing missed, 1 something missed, 2 could not be done. */
export async function main(args: string[], ports: Ports): Promise<0 | 1 | 2> {
  try {
    const request = readArguments(args, ports.language);
    if (request.ask === 'check') return await runCheck(request, ports);
    ports.out(request.ask === 'help' ? HELP : `${manifest.version}\n`);
    return 0;
  } catch (error) {
    const message = error instanceof Problem ? error.message : `unexpected: ${String(error)}`;
    ports.error(`linkwatch: ${oneLine(message)}`);
    return 2;
  }
}

async function runCheck(options: CheckOptions, ports: Ports): Promise<0 | 1> {
  const { format, out, language } = options;
  const t = translateIn(language);
  const chosen = format === 'text' ? null : FORMATS[format];
  const { results, unusedModes } = await check(options, Boolean(chosen && !chosen.lines), {
    ...ports,
    version: manifest.version,
  });
  for (const { clientId } of unusedModes)
    ports.error(`linkwatch: note: no app ${oneLine(clientId)} in these files`);
  const text = chosen
    ? results.map(({ report }) => WRITERS[chosen.id](report, t)).join('')
    : results.map(({ report }) => writeText(report, t, ports.colour && !out)).join('\n');
  if (out === null) ports.out(text);
  else
    await ports.save(resolve(ports.cwd, out), text).catch((error: NodeJS.ErrnoException) => {
      throw new Problem(`${out}: cannot be written (${error.code ?? error.message})`);
    });
  return results.some((result) => failed(result, options.strict)) ? 1 : 0;
}

function failed({ report }: ImportedFile, strict: boolean): boolean {
  const { missed, late, unseen } = report.counts.byVerdict;
  return missed + late + (strict ? unseen : 0) > 0;
}
