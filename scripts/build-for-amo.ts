/**
 * Builds the Firefox extension as it was submitted, and prints the SHA-256 of every file, to be compared with the
 * submitted ones. For reviewers; needs no git. `npm run build-for-amo`
 */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import about from '../package.json' with { type: 'json' };
import { zipExtension } from './zip-extension.ts';

const ROOT = process.cwd();
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

await zipExtension('firefox', ROOT);
const zip = `.output/linkwatch-${about.version}-firefox.zip`;
const built = globSync('.output/firefox-mv3/**/*.*', { cwd: ROOT }).sort();
for (const path of [...built, zip]) console.info(`${sha256(join(ROOT, path))}  ${path}`);
