import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { sayFrom, type Messages, type Say } from '../utils/guidance/text.ts';

export type Language = 'en' | 'ko';

/** The messages of a language as they stand in `locales/`. Throws where the file cannot be read. */
export function readLocale(language: Language): Messages {
  const file = join(import.meta.dirname, '../locales', `${language}.yml`);
  return parse(readFileSync(file, 'utf8')) as Messages;
}

/** Says messages in a language, for scripts and tests. */
export const sayIn = (language: Language): Say => sayFrom(readLocale(language));
