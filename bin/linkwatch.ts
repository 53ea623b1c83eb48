#!/usr/bin/env node
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { wantsColour } from './colour.ts';
import { main } from './main.ts';
import { isTooOld, OLDEST_NODE } from './node-version.ts';
import { createProgress } from './progress.ts';

// Whoever reads may have seen enough (`| head`): that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** npm runs a checkout's script in the project's folder; files are named from where the user stands. */
const { npm_lifecycle_event: script, INIT_CWD } = process.env;
const from = script === 'linkwatch' && INIT_CWD ? INIT_CWD : process.cwd();

process.exitCode = isTooOld(process.versions.node)
  ? tooOld()
  : await main(process.argv.slice(2), {
      cwd: (await stat(from).catch(() => null)) ? from : process.cwd(),
      language: /^ko/i.test(
        process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '',
      )
        ? 'ko'
        : 'en',
      colour: wantsColour(process.env, process.stdout.isTTY),
      now: Date.now(),
      stdin: process.stdin,
      out: (text) => void process.stdout.write(text),
      error: (line) => void process.stderr.write(`${line}\n`),
      save,
      untilStopped,
      progress: createProgress(
        process.stderr.isTTY ? (text) => void process.stderr.write(text) : null,
        Date.now,
      ),
    });

function untilStopped(): Promise<void> {
  return new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => stop());
  });
}

async function save(path: string, text: string): Promise<void> {
  await makeFolder(dirname(path));
  await writeFile(path, text);
}

/** Makes a folder, and those that it is in. What Node has for that never ends below /proc, which takes no folders. */
async function makeFolder(path: string): Promise<void> {
  if (await stat(path).catch(() => null)) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    // Another program may have made it meanwhile.
    if (error.code !== 'EEXIST') throw error;
  });
}

function tooOld(): 2 {
  process.stderr.write(
    `linkwatch: needs Node ${OLDEST_NODE} or later; this is ${process.version}\n`,
  );
  return 2;
}
