import { SECOND_MS } from '../../../model/time.ts';
import { headerOf, type HarEntry } from '../entry/har-entry.ts';
import { pagerefOf } from '../entry/raw-entry.ts';
import { readStarted, type StartedEntry } from '../entry/read-entry.ts';
import { isAskedAsPage } from '../place/har-page.ts';
import { pageNumberOf } from '../place/har-tabs.ts';
import { kakaoAhead } from './clock-ahead.ts';

/** Developer tools write what they record in order, but for less than this. */
const OUT_OF_ORDER_MS = 2 * SECOND_MS;
/** The share of entries that may stand behind a later one in a file that is in order. */
export const MOST_BACK = 0.1;

/**
 * Notes which entries, in the order of their file, are of a recording of their own: developer tools of several windows
 * number their pages alike, and their files were put into one. Returns whether there are several.
 */
export function noteJoins(started: readonly StartedEntry[]): boolean {
  const begins = beginnings(started);
  if (begins.length === 0) return false;
  let part = 0;
  for (const [i, one] of started.entries()) {
    if (begins[part] === i) part += 1;
    one.part = part;
  }
  return true;
}

/** The places of the entries that begin another recording than the first. */
function beginnings(started: readonly StartedEntry[]): number[] {
  const found: number[] = [];
  let [back, from, behind, before, latest, lastPage] = [0, 0, 0, -Infinity, -Infinity, 0];
  for (const [i, one] of started.entries()) {
    const page = pageNumberOf(pagerefOf(one.entry));
    if (page === null) return [];
    if (one.at < before) back += 1;
    if (back > 1 + found.length + started.length * MOST_BACK) return [];
    before = one.at;
    const isBehind = latest - one.at > OUT_OF_ORDER_MS;
    if (!isBehind) behind = i;
    const entry = isBehind || page < lastPage ? pageOf(one) : null;
    if (entry) {
      // What a page of before asked for may be behind already: a clock that was set back does not wait for the next page.
      const parts = [started.slice(from, behind + 1), started.slice(behind + 1)] as const;
      if (page < lastPage || isOfAnother(entry, latest, parts)) found.push(i);
      [from, behind, latest, lastPage] = [i, i, -Infinity, 0];
    }
    latest = Math.max(latest, one.at);
    lastPage = Math.max(lastPage, page);
  }
  return found;
}

/** The page that a window shows, where an entry is one: a recording begins with it. */
function pageOf(one: StartedEntry): HarEntry | null {
  const entry = readStarted(one);
  const isFramed = entry !== null && headerOf(entry, 'sec-fetch-dest') === 'iframe';
  return entry !== null && !isFramed && isAskedAsPage(entry) ? entry : null;
}

/**
 * Whether a page that ended before another entry began (`latest`, epoch ms), which its file lists first, is of another
 * recording: neither was the clock set back, as Kakao's own shows, nor are entries listed by their ends.
 */
function isOfAnother(
  { at, done }: HarEntry,
  latest: number,
  parts: readonly [readonly StartedEntry[], readonly StartedEntry[]],
): boolean {
  const [before, after] = [kakaoAhead(parts[0]), kakaoAhead(parts[1])];
  if (done >= latest || before === null || after === null) return false;
  return after - before < (latest - at) / 2;
}
