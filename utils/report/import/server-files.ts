import type { BackEndCall } from '../../capture/back-end/back-end-call.ts';
import { readEgress } from '../../capture/back-end/egress-har.ts';
import { joinBackEndCalls, type JoinCounts } from '../../capture/back-end/join-calls.ts';
import { isOtlpTraces, readSpans } from '../../capture/back-end/otlp-spans.ts';
import { isSentByPage, type HarEntry } from '../../capture/har/entry/har-entry.ts';
import { readHarEntry } from '../../capture/har/entry/read-entry.ts';
import { NotHarError, parseHarFile } from '../../capture/har/file/har-file.ts';
import type { RequestMarks } from '../../capture/har/token/request-marks.ts';
import type { HashUserId } from '../../capture/response-body.ts';
import type { Observation } from '../../model/observation.ts';
import { ImportError } from './import-error.ts';
import { parseJson } from './import-report.ts';

/** What a back end recorded of its own calls: entries of a proxy's HAR, or OTLP/JSON requests. */
export type ServerFile =
  | { kind: 'egress'; entries: readonly unknown[] }
  | { kind: 'spans'; requests: readonly unknown[] };

/**
 * Reads the text of a back end's records, whichever they are: a HAR, one OTLP/JSON request, or one of them in each line,
 * as the Collector's file exporter writes them. A last line that is cut short is left out. Throws an ImportError.
 */
export function parseServerFile(text: string): ServerFile {
  const lines = linesOfRequests(text);
  if (lines) return { kind: 'spans', requests: lines };
  const value = parseJson(text);
  if (isOtlpTraces(value)) return { kind: 'spans', requests: [value] };
  try {
    return { kind: 'egress', entries: parseHarFile(value).entries };
  } catch (error) {
    throw error instanceof NotHarError ? new ImportError('not-server') : error;
  }
}

/**
 * Recognises the text of a back end's records among files that a person chose together: spans, or a HAR of calls to Kakao
 * none of which a browser made. Null for every other text.
 */
export function recognizeServerFile(text: string): ServerFile | null {
  try {
    const file = parseServerFile(text);
    return file.kind === 'spans' || isOfNoBrowser(file.entries) ? file : null;
  } catch {
    return null;
  }
}

function isOfNoBrowser(values: readonly unknown[]): boolean {
  const entries = values.flatMap((value) => readHarEntry(value) ?? []);
  const isOfBrowser = (entry: HarEntry) =>
    entry.pageref !== null ||
    entry.resourceType !== null ||
    entry.endpoint === 'authorize' ||
    isSentByPage(entry);
  const isToApi = ({ endpoint }: HarEntry) => endpoint === 'token' || endpoint === 'api';
  return entries.some(isToApi) && !entries.some(isOfBrowser);
}

/** The requests of a text that has one in each line; null for any other text. */
function linesOfRequests(text: string): unknown[] | null {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim());
  const [first = ''] = lines;
  if (!first.includes('"resourceSpans"')) return null;
  const requests = lines.map(tryParse);
  // The Collector may be writing the last line still.
  if (requests.at(-1) === undefined && requests.length > 1) requests.pop();
  return requests.includes(undefined) || !isOtlpTraces(requests[0]) ? null : requests;
}

function tryParse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Adds what a back end's files say of the recorded logins to the observations, and counts what was joined. */
export async function joinServerFiles(
  recorded: readonly Observation[],
  marks: RequestMarks,
  files: readonly ServerFile[],
  hash: HashUserId,
): Promise<{ observations: Observation[]; counts: JoinCounts }> {
  let observations = [...recorded];
  const counts: JoinCounts = { calls: 0, surely: 0, likely: 0 };
  // A token of one day's file is known from another's: files of a kind are one record.
  for (const kind of new Set(files.map((file) => file.kind))) {
    const record = { kind, name: `${kind}-1`, calls: await callsOf(kind, files, hash) };
    const joined = joinBackEndCalls(observations, marks, record);
    observations = joined.observations;
    for (const name of ['calls', 'surely', 'likely'] as const) counts[name] += joined.counts[name];
  }
  return { observations, counts };
}

/** The calls in all files of a kind, in order of time; one that several of them hold counts once. */
async function callsOf(
  kind: ServerFile['kind'],
  files: readonly ServerFile[],
  hash: HashUserId,
): Promise<BackEndCall[]> {
  const requests = files.flatMap((file) => (file.kind === 'spans' ? file.requests : []));
  const entries = files.flatMap((file) => (file.kind === 'egress' ? file.entries : []));
  const calls = kind === 'spans' ? readSpans(requests) : await readEgress(entries, hash);
  if (files.length === 1) return calls;
  return [...new Map(calls.map((call) => [JSON.stringify(call), call])).values()];
}
