import { textOf } from '../../../model/json.ts';
import { headerIn } from '../entry/har-headers.ts';
import { startOfEntry } from '../entry/raw-entry.ts';
import { readHarEntry } from '../entry/read-entry.ts';
import { JUMP_MS } from '../time/har-order.ts';
import { isOfSdk, isUnfiltered } from './hidden-requests.ts';
import { leanEntry, type LeanEntry } from './lean-entry.ts';
import { collectSendings } from './sanitized-export.ts';
import { socketRequests } from './socket-requests.ts';

const PAGE_DESTINATIONS = /^(document|iframe|frame)$/;

/** Tells whether an entry says nothing of a login: no page, not Kakao's, it hands no token over, and its server reported nothing. */
function isIrrelevant(lean: LeanEntry): boolean {
  const destination = headerIn(lean.request.headers, 'sec-fetch-dest');
  const isNoPage =
    typeof lean._resourceType === 'string' && lean._resourceType
      ? lean._resourceType !== 'document'
      : destination !== null && !PAGE_DESTINATIONS.test(destination);
  const mayHandToken = lean.request.postData !== undefined || lean.mayHandToken;
  const mayBeReported =
    headerIn(lean.response.headers, 'server-timing') !== null ||
    headerIn(lean.request.headers, 'traceparent') !== null;
  return isNoPage && !mayHandToken && !mayBeReported;
}

/** Which addresses tell whether a file was filtered, or not. */
const SIGNS_OF_A_FILTER = [isOfSdk, isUnfiltered];

/** Collects the relevant entries, and of the others those that tell how all are to be read. */
export function collectRelevantEntries(): { add: (entry: unknown) => void; all: () => unknown[] } {
  /** A place for each entry of the file, which is empty where the entry is not kept. */
  const kept: unknown[] = [];
  const firsts = new Map<unknown, KeptEntry & { at: number }>();
  const sendings = collectSendings();
  const signs = new Set(SIGNS_OF_A_FILTER);
  let last: (KeptEntry & { end: number }) | null = null;
  let before: (KeptEntry & { at: number }) | null = null;
  const keep = ({ index, entry }: KeptEntry) => {
    kept[index] = entry;
  };

  /** Keeps an entry and the one before it where the clock was set back between them. */
  const noteClock = (one: KeptEntry, at: number) => {
    if (before && at - before.at < -JUMP_MS) {
      keep(before);
      keep(one);
    }
    before = { ...one, at };
  };

  /** Keeps the first entry that tells whether the file was filtered, by each sign. */
  const noteSigns = (index: number, lean: LeanEntry) => {
    for (const isSign of signs)
      if (isSign(textOf(lean.request.url) ?? '') && readHarEntry(lean)) {
        signs.delete(isSign);
        keep({ index, entry: lean });
      }
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

  const add = (entry: unknown): void => {
    const lean = leanEntry(entry);
    const index = kept.push(undefined) - 1;
    const one = { index, entry: lean ?? entry };
    const at = startOfEntry(entry);
    if (at !== null) noteClock(one, at);
    sendings.note(entry, at, lean?.request ?? null);
    if (!lean || !isIrrelevant(lean)) {
      keep(one);
      return;
    }
    noteSigns(index, lean);
    noteEnds(index, lean, at);
  };
  return {
    add(entry) {
      const sent = socketRequests(entry);
      for (const one of sent.length ? sent : [entry]) add(one);
    },
    all() {
      sendings.mark();
      for (const one of firsts.values()) keep(one);
      if (last) keep(last);
      return kept.filter((entry) => entry !== undefined);
    },
  };
}

/** An entry, or what is kept of it, with its place in the file. */
interface KeptEntry {
  index: number;
  entry: unknown;
}

/** End of an entry, epoch ms. */
function endOf({ startedDateTime, time }: LeanEntry): number {
  return (
    Date.parse(textOf(startedDateTime) ?? '') + (typeof time === 'number' && time > 0 ? time : 0)
  );
}
