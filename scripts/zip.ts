/**
 * Makes what is handed to the stores: `.output/linkwatch-VERSION-{chrome,firefox,sources}.zip`. The sources are the
 * commit's files, tests included; so it refuses to run where a file differs from the commit. `npm run zip`
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import about from '../package.json' with { type: 'json' };
import { zipExtension } from './zip-extension.ts';

const ROOT = process.cwd();
const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' });

/** Files that differ from the commit or are not part of it, one a line; ignored files are none. */
function uncommitted(): string {
  try {
    return git('status', '--porcelain', '--untracked-files=all').trimEnd();
  } catch {
    console.error('The sources are zipped out of a commit: run this in a git checkout.');
    process.exit(2);
  }
}

const changed = uncommitted();
if (changed) {
  console.error(`Commit or remove these first; the zips must be of one commit:\n${changed}`);
  process.exit(1);
}
await zipExtension('chrome', ROOT);
await zipExtension('firefox', ROOT);
const sources = join('.output', `linkwatch-${about.version}-sources.zip`);
git('archive', '--format=zip', '-9', `--output=${sources}`, 'HEAD');
