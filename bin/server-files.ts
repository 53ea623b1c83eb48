import { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';
import type { JoinCounts } from '../utils/capture/back-end/join-calls.ts';
import { translateForCommandLine } from '../utils/i18n/translate-in.ts';
import { ImportError } from '../utils/report/import/import-error.ts';
import { joinedText } from '../utils/report/import/joined-text.ts';
import { refusePacked } from '../utils/report/import/packed-file.ts';
import { parseServerFile, type ServerFile } from '../utils/report/import/server-files.ts';
import { unlessWebhookLog } from '../utils/report/import/webhook-log.ts';
import type { CheckOptions } from './arguments.ts';
import { findInputs, type Input } from './files.ts';
import { readingProblem } from './reading-problem.ts';

const MB = 1_000_000;
/** The largest file that is read, in bytes: it is read whole. */
const MAX_BYTES = 400 * MB;

/** Reads what the back end recorded. Throws Problem. */
export async function readServerFiles(
  { server, language }: CheckOptions,
  { cwd, stdin }: { cwd: string; stdin: Readable },
): Promise<ServerFile[]> {
  const files: ServerFile[] = [];
  const inputs = await findInputs(server, cwd, stdin);
  for (const input of inputs) {
    let text = '';
    try {
      text = await readText(input);
      // Of several servers, one may have called nobody yet.
      const isLeftOut = !text.trim() && (files.length > 0 || input !== inputs.at(-1));
      if (!isLeftOut) files.push(parseServerFile(text));
    } catch (error) {
      throw readingProblem(unlessWebhookLog(error, text), input.shown, language);
    }
  }
  return files;
}

async function readText(input: Input): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of input.open()) {
    if (!parts.length) refusePacked(part);
    parts.push(Buffer.from(part));
    size += parts.at(-1)?.length ?? 0;
    if (size > MAX_BYTES) throw new ImportError('too-large', '', String(MAX_BYTES / MB));
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Says how many of the back end's calls to Kakao were joined to the logins; null where no file of it was given. */
export function joinedNote(
  counts: readonly JoinCounts[],
  { language }: Pick<CheckOptions, 'language'>,
): string | null {
  const [first] = counts;
  if (!first) return null;
  const sum = (name: 'surely' | 'likely') => counts.reduce((n, c) => n + c[name], 0);
  const all = { calls: first.calls, surely: sum('surely'), likely: sum('likely') };
  return joinedText(all, translateForCommandLine(language));
}
