import type { Language } from '../utils/i18n/catalogue.ts';
import { translateForCommandLine } from '../utils/i18n/translate-in.ts';
import { importErrorText } from '../utils/report/import/import-error-text.ts';
import { ImportError } from '../utils/report/import/import-error.ts';
import { Problem } from './problem.ts';

/** Says in one line why a file, named as the user named it, cannot be read. Throws what is no failure of the file. */
export function readingProblem(error: unknown, shown: string, language: Language): Problem {
  if (error instanceof ImportError)
    return new Problem(`${shown}: ${importErrorText(error, translateForCommandLine(language))}`);
  const { code } = error as NodeJS.ErrnoException;
  if (!code) throw error;
  const why = { EACCES: 'not allowed to read it', ENOENT: 'no such file', EISDIR: 'is a folder' };
  return new Problem(`${shown}: ${why[code as keyof typeof why] ?? `cannot be read (${code})`}`);
}
