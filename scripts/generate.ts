/** Writes the files that are made from code and from `locales/`. `npm run generate` */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportFiles } from './report-files.ts';
import './write-rules.ts';

for (const [path, text] of Object.entries(await reportFiles()))
  writeFileSync(join(import.meta.dirname, '..', path), text);
