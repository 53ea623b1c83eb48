import { headerIn } from '../entry/har-headers.ts';
import { startOfEntry } from '../entry/raw-entry.ts';
import { isPageDestination } from '../place/har-page.ts';
import { leanEntry, type LeanEntry } from './lean-entry.ts';
import { collectSendings } from './sanitized-export.ts';
import { socketRequests } from './socket-requests.ts';
import { findTellingEntries } from './telling-entries.ts';

/** Tells whether an entry says nothing of a login: no page, not Kakao's, it hands no token over, and its server reported nothing. */
function isIrrelevant(lean: LeanEntry): boolean {
  const destination = headerIn(lean.request.headers, 'sec-fetch-dest');
  const isNoPage =
    typeof lean._resourceType === 'string' && lean._resourceType
      ? lean._resourceType !== 'document'
      : destination !== null && !isPageDestination(destination);
  const mayHandToken = lean.request.postData !== undefined || lean.mayHandToken;
  const mayBeReported =
    headerIn(lean.response.headers, 'server-timing') !== null ||
    headerIn(lean.request.headers, 'traceparent') !== null;
  return isNoPage && !mayHandToken && !mayBeReported;
}

/** Collects the relevant entries, and of the others those that tell how all are to be read. */
export function collectRelevantEntries(): { add: (entry: unknown) => void; all: () => unknown[] } {
  /** A place for each entry of the file, which is empty where the entry is not kept. */
  const kept: unknown[] = [];
  const telling = findTellingEntries();
  const sendings = collectSendings();

  const add = (entry: unknown): void => {
    const lean = leanEntry(entry);
    const index = kept.push(undefined) - 1;
    const at = startOfEntry(entry);
    if (at !== null) telling.noteStart({ index, entry: lean ?? entry }, at);
    sendings.note(entry, at, lean?.request ?? null);
    if (!lean || !isIrrelevant(lean)) kept[index] = lean ?? entry;
    else telling.noteIrrelevant(index, lean, at);
  };

  return {
    add(entry) {
      const sent = socketRequests(entry);
      for (const one of sent.length ? sent : [entry]) add(one);
    },
    all() {
      sendings.mark();
      for (const { index, entry } of telling.found()) kept[index] = entry;
      return kept.filter((entry) => entry !== undefined);
    },
  };
}
