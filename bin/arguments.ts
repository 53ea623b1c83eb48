import { parseArgs } from 'node:util';
import type { Language } from '../utils/i18n/catalogue.ts';
import { parseInstant } from '../utils/model/instant.ts';
import type { LinkMode } from '../utils/model/observation.ts';
import { HOUR_MS } from '../utils/model/time.ts';
import { FORMATS, type FormatId } from '../utils/report/formats/format-list.ts';
import type { SetMode } from './link-modes.ts';
import { badArguments, Problem } from './problem.ts';

/** What the user asked `check` to do. */
export interface CheckOptions {
  files: string[];
  /** What the site's back end recorded: proxy's HARs and OTLP/JSON spans. */
  server: string[];
  at: At;
  linkModes: SetMode[];
  format: FormatId | 'text';
  out: string | null;
  merge: boolean;
  strict: boolean;
  /** That no first login was judged is no failure. */
  allowNone: boolean;
  /** How many first logins there must be; null where any number will do. */
  expectFirst: number | null;
  language: Language;
  wholeClientIds: boolean;
}

/** The instant of judgement: epoch ms (and as it was given), ms after the last observation, or now. */
export type At = { instant: number; given: string } | { afterLast: number } | 'now';

/** What the command line is asked for. */
export type Request =
  | { ask: 'help' | 'version' | 'mcp' }
  | ({ ask: 'check' } & CheckOptions)
  | { ask: 'emulator'; args: string[] };

/** Reads the command line. Throws Problem. */
export function readArguments(args: string[], language: Language): Request {
  if (args[0] === 'emulator') {
    const rest = args.slice(1);
    if (rest.some((arg) => arg === '-h' || arg === '--help')) return { ask: 'help' };
    return { ask: 'emulator', args: rest };
  }
  const { values, positionals } = parsed(args);
  if (values.help) return { ask: 'help' };
  if (values.version) return { ask: 'version' };
  const [command, ...files] = positionals;
  if (command === undefined) throw new Problem('nothing to do; try linkwatch --help');
  if (command === 'help') return { ask: 'help' };
  if (command === 'mcp') {
    if (files.length) throw new Problem('mcp takes nothing; files are named by its tools');
    return { ask: 'mcp' };
  }
  if (command !== 'check') throw new Problem(`unknown command ${command}; try linkwatch --help`);
  if (!files.length) throw new Problem('check needs a file; try linkwatch --help');
  const named = [...files, ...(values.server ?? [])];
  if (named.filter((f) => f === '-').length > 1) throw new Problem('- can be given once');
  // A variable that is not set, in a script.
  if (named.includes('')) throw new Problem('the name of a file is empty');
  if (values.out === '') throw new Problem('--out is the path of a file');
  return {
    ask: 'check',
    files,
    server: values.server ?? [],
    at: values.at === undefined ? 'now' : instantOf(values.at),
    linkModes: (values['link-mode'] ?? []).map(linkModeOf),
    format: oneOf('--format', values.format, ['text', ...Object.keys(FORMATS)], 'text') as FormatId,
    out: values.out ?? null,
    merge: values.merge ?? false,
    strict: values.strict ?? false,
    ...expectationOf(values),
    language: oneOf('--lang', values.lang, ['ko', 'en'], language) as Language,
    wholeClientIds: values['whole-client-ids'] ?? false,
  };
}

function expectationOf(values: { 'allow-none'?: boolean; 'expect-first'?: string }) {
  const { 'allow-none': allowNone = false, 'expect-first': expected } = values;
  if (expected === undefined) return { allowNone, expectFirst: null };
  if (allowNone) throw new Problem('give either --allow-none or --expect-first');
  if (!/^\d{1,6}$/.test(expected)) throw new Problem('--expect-first is a number, such as 1');
  return { allowNone, expectFirst: Number(expected) };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        at: { type: 'string' },
        server: { type: 'string', multiple: true },
        'link-mode': { type: 'string', multiple: true },
        format: { type: 'string', short: 'f' },
        out: { type: 'string', short: 'o' },
        merge: { type: 'boolean' },
        strict: { type: 'boolean' },
        'allow-none': { type: 'boolean' },
        'expect-first': { type: 'string' },
        lang: { type: 'string' },
        'whole-client-ids': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    });
  } catch (error) {
    throw badArguments(error);
  }
}

function oneOf(option: string, value: string | undefined, words: string[], usual: string): string {
  if (value === undefined) return usual;
  if (!words.includes(value)) throw new Problem(`${option} is one of ${words.join(', ')}`);
  return value;
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const LATEST = Date.UTC(9999, 0);

function instantOf(text: string): At {
  const [, hours] = /^\+(\d{1,4}(?:\.\d+)?)h$/.exec(text) ?? [];
  if (hours !== undefined) return { afterLast: Math.round(Number(hours) * HOUR_MS) };
  const instant = parseInstant(DAY.test(text) ? `${text}T00:00Z` : text);
  if (instant === null || Math.abs(instant) >= LATEST)
    throw new Problem(
      '--at is an instant with its time zone, such as 2026-11-23T04:00:00Z, or +25h',
    );
  return { instant, given: text };
}

function linkModeOf(text: string): SetMode {
  const [, clientId, linkMode] = /^([\w.\-…~]{1,80})=(auto|manual|unknown)$/.exec(text) ?? [];
  if (!clientId) throw new Problem('--link-mode is APP_KEY=auto, =manual or =unknown');
  return { clientId, linkMode: linkMode as LinkMode };
}
