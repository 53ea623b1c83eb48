import type { Fact, Observation } from '../../model/observation.ts';
import type { HashUserId } from '../response-body.ts';
import type { HarEntry } from './entry/har-entry.ts';
import type { StartedEntry } from './entry/read-entry.ts';
import { createHiding } from './file/hidden-requests.ts';
import { foldedRedirects, type FoldedRedirects } from './folded-redirects.ts';
import { createHarHistory, type HarHistory } from './har-history.ts';
import { tellsKakaoTime } from './made-up-answers.ts';
import { createPlaces, type Place } from './place/har-places.ts';
import { steadyKakaoAhead } from './time/clock-ahead.ts';
import type { RequestMarks } from './token/request-marks.ts';
import { createUnsentTest } from './unsent-calls.ts';

/** What the entries of a file share while facts are made of them, one after the other. */
export interface FileCapture {
  history: HarHistory;
  hash: HashUserId;
  /** By what a back end's own records know the browser's requests again; null where there are no such records. */
  marks: RequestMarks | null;
  /** Where an entry was made. */
  placeOf: (entry: HarEntry) => Place;
  /** What was made of the entries so far. */
  observations: Observation[];
  /** Names the observation of an entry's fact. */
  idOf: (entry: HarEntry, fact: Fact) => string;
  /** When the latest observation of each tab was made, epoch ms. */
  latestOfTab: Map<string | null, number>;
  /** When the entry before started, epoch ms. */
  latestStart: number;
  /** No entry so far started before the one ahead of it. Where the clock was set back, instants before and after do not compare. */
  isInOrder: boolean;
  /** Kakao's answers tell the time. */
  isTimeTold: boolean;
  /** How far Kakao's clock is ahead of the recorder's in the whole file, in ms. */
  steadyAhead: number;
  /** Whether the browser did not send a call that has no answer. */
  isUnsent: (call: HarEntry) => boolean;
  /** Whether the file hides what was sent to the server of a site, or of nobody knows which (null), as a native app's. */
  isHidden: (site: string | null) => boolean;
  /** What its logins are known by where redirects are folded; null where they are not. */
  folded: FoldedRedirects | null;
  /** A step of a login was seen, and no page since that may hide another one. */
  isLoginLatest: boolean;
}

/** Begins with a file, and looks through all of its entries for what a single one does not tell. */
export function beginFile(
  inOrder: readonly StartedEntry[],
  hash: HashUserId,
  marks: RequestMarks | null,
): FileCapture {
  const folded = foldedRedirects(inOrder);
  const steadyAhead = steadyKakaoAhead(inOrder);
  if (marks) marks.steadyAhead = steadyAhead;
  return {
    history: createHarHistory(folded?.keysOfUris),
    hash,
    marks,
    placeOf: createPlaces(inOrder),
    observations: [],
    idOf: createIdMaker(),
    latestOfTab: new Map(),
    latestStart: 0,
    isInOrder: true,
    isTimeTold: tellsKakaoTime(inOrder.map(({ entry }) => entry)),
    steadyAhead,
    isUnsent: createUnsentTest(inOrder),
    isHidden: createHiding(inOrder),
    folded,
    isLoginLatest: false,
  };
}

/** Makes ids out of instant and kind of fact, so that the same file always gives the same ids. */
function createIdMaker(): (entry: HarEntry, fact: Fact) => string {
  const copiesByType = new Map<Fact['type'], Map<number, number>>();
  return ({ done }, { type }) => {
    const copies = copiesByType.get(type) ?? new Map<number, number>();
    copiesByType.set(type, copies);
    const copy = (copies.get(done) ?? 0) + 1;
    copies.set(done, copy);
    return `har-${done}-${type}-${copy}`;
  };
}
