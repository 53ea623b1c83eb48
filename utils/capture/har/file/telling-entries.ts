import { textOf } from '../../../model/json.ts';
import { readHarEntry } from '../entry/read-entry.ts';
import { JUMP_MS } from '../time/har-order.ts';
import { isUnfiltered } from './hidden-requests.ts';
import type { LeanEntry } from './lean-entry.ts';

/** An entry, or what is kept of it, with its place in the file. */
interface KeptEntry {
  index: number;
  entry: unknown;
}

/** Finds the entries that tell how all of a file are to be read, whatever they say themselves. */
export interface TellingEntries {
  /** Looks at any entry of the file, which started at an instant (epoch ms). They are given in the order of the file. */
  noteStart(one: KeptEntry, at: number): void;
  /** Looks at an entry that says nothing of a login; `at` is when it started, epoch ms, null where it does not say. */
  noteIrrelevant(index: number, lean: LeanEntry, at: number | null): void;
  /** Those that were found so far, in any order; one may stand there twice. */
  found(): KeptEntry[];
}

/** Begins with a file of which nothing is known yet. */
export function findTellingEntries(): TellingEntries {
  const found: KeptEntry[] = [];
  let isKnownWhole = false;
  const firsts = new Map<string | null, KeptEntry & { at: number }>();
  let last: (KeptEntry & { end: number }) | null = null;
  let before: (KeptEntry & { at: number }) | null = null;

  /** Notes the first entry that tells that the file was not filtered. */
  const noteWhole = (index: number, lean: LeanEntry) => {
    if (isKnownWhole || !isUnfiltered(textOf(lean.request.url) ?? '') || !readHarEntry(lean))
      return;
    isKnownWhole = true;
    found.push({ index, entry: lean });
  };

  /** Notes the first entry of each page, since tabs are named after it, and the one that ended last. */
  const noteEnds = (index: number, lean: LeanEntry, at: number | null) => {
    const end = endOf(lean);
    if ((!last || end > last.end) && readHarEntry(lean)) last = { index, end, entry: lean };
    const page = typeof lean.pageref === 'string' ? lean.pageref : null;
    const first = firsts.get(page);
    if (at !== null && (!first || at < first.at) && readHarEntry(lean))
      firsts.set(page, { index, at, entry: lean });
  };

  return {
    noteStart(one, at) {
      // The clock may have been set back between the two.
      if (before && at - before.at < -JUMP_MS) found.push(before, one);
      before = { ...one, at };
    },
    noteIrrelevant(index, lean, at) {
      noteWhole(index, lean);
      noteEnds(index, lean, at);
    },
    found: () => [...found, ...firsts.values(), ...(last ? [last] : [])],
  };
}

/** End of an entry, epoch ms. */
function endOf({ startedDateTime, time }: LeanEntry): number {
  return (
    Date.parse(textOf(startedDateTime) ?? '') + (typeof time === 'number' && time > 0 ? time : 0)
  );
}
