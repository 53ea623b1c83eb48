import { Readable } from 'node:stream';
import { main, type Ports } from '../../bin/main.ts';
import { createProgress } from '../../bin/progress.ts';
import { CASES } from '../unit/report/samples.ts';

export interface Ran {
  code: number;
  out: string;
  error: string;
  saved: Record<string, string>;
}

const NOW = Date.UTC(2026, 11, 24);

/** Runs the command line in the folder of the recorded cases. */
export async function run(args: string[], ports: Partial<Ports> = {}): Promise<Ran> {
  const ran: Ran = { code: -1, out: '', error: '', saved: {} };
  ran.code = await main(args, {
    cwd: CASES,
    language: 'en',
    colour: false,
    now: NOW,
    stdin: Readable.from([]),
    out: (text) => (ran.out += text),
    error: (line) => (ran.error += `${line}\n`),
    untilStopped: () => Promise.resolve(),
    progress: createProgress(null, () => NOW),
    save: async (path, text) => void (ran.saved[path] = text),
    ...ports,
  });
  return ran;
}
