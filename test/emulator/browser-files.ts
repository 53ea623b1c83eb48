import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** The text of a script that runs in the browser, by its path beside this file. Throws if missing. */
export const browserFile = (name: string): string => readFileSync(join(here, name), 'utf8');
