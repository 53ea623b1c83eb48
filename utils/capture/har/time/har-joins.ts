import { SECOND_MS } from '../../../model/time.ts';
import { headerOf, type HarEntry } from '../entry/har-entry.ts';
import { pagerefOf } from '../entry/raw-entry.ts';
import { readStarted, type StartedEntry } from '../entry/read-entry.ts';
import { isAskedAsPage } from '../place/har-page.ts';
import { pageNumberOf } from '../place/har-tabs.ts';
import { mostKakaoAhead } from './clock-ahead.ts';

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

/** Entries in a row, up to the page that begins a recording of its own, or comes after the clock was set back. */
interface Stretch {
  /** Index of its first entry, and of its latest one that is in order. */
  from: number;
  inOrderTo: number;
  /** When the latest of its entries started, epoch ms. */
  latest: number;
  /** The highest number of its pages. */
  lastPage: number;
}

const stretchFrom = (index: number): Stretch => ({
  from: index,
  inOrderTo: index,
  latest: -Infinity,
  lastPage: 0,
});

/** The places of the entries that begin another recording than the first. */
function beginnings(started: readonly StartedEntry[]): number[] {
  const found: number[] = [];
  let stretch = stretchFrom(0);
  let timesBack = 0;
  let before = -Infinity;
  for (const [i, one] of started.entries()) {
    const page = pageNumberOf(pagerefOf(one.entry));
    if (page === null) return [];
    if (one.at < before) timesBack += 1;
    if (timesBack > 1 + found.length + started.length * MOST_BACK) return [];
    before = one.at;
    const isBehind = stretch.latest - one.at > OUT_OF_ORDER_MS;
    if (!isBehind) stretch.inOrderTo = i;
    const isNumberedAnew = page < stretch.lastPage;
    const entry = isBehind || isNumberedAnew ? pageOf(one) : null;
    if (entry) {
      if (isNumberedAnew || isOfAnother(entry, stretch, started)) found.push(i);
      stretch = stretchFrom(i);
    }
    stretch.latest = Math.max(stretch.latest, one.at);
    stretch.lastPage = Math.max(stretch.lastPage, page);
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
 * Whether a page that ended before an entry of the stretch ahead of it began is of another recording: neither was the clock set
 * back, as Kakao's own shows, nor are entries listed by their ends.
 */
function isOfAnother(
  { at, done }: HarEntry,
  { from, inOrderTo, latest }: Stretch,
  started: readonly StartedEntry[],
): boolean {
  // What a page of before asked for may be behind already: a clock that was set back does not wait for the next page.
  const before = mostKakaoAhead(started.slice(from, inOrderTo + 1));
  const after = mostKakaoAhead(started.slice(inOrderTo + 1));
  if (done >= latest || before === null || after === null) return false;
  return after - before < (latest - at) / 2;
}
