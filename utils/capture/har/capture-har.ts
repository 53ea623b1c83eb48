import type { Fact, Observation, Source } from '../../model/observation.ts';
import { originOf } from '../../model/url.ts';
import type { HashUserId } from '../response-body.ts';
import { gunzip } from './entry/gunzip.ts';
import { isCall, type HarEntry } from './entry/har-entry.ts';
import { readStarted, type StartedEntry } from './entry/read-entry.ts';
import { callFactOf, factsOf, type ToldFact } from './entry-facts.ts';
import { beginFile, type FileCapture } from './file-capture.ts';
import { mayHideLogin } from './folded-redirects.ts';
import { harPageFact } from './har-facts.ts';
import { noteToken, type TokenOrigin, type TokenPlace } from './har-history.ts';
import { resolveHarPage, siteOfFact, type HarPage } from './place/har-page.ts';
import type { Place } from './place/har-places.ts';
import { clockLeap, noteKakaoClock } from './time/clock-leap.ts';
import { inOrderOfStart } from './time/har-order.ts';
import { handedFact } from './token/handed-token.ts';
import { noteCodePlace, noteCodeTime, timeOfBroughtCode } from './token/har-codes.ts';
import { besideOwn, placeOfFact, reportSiteOf } from './token/har-token-places.ts';
import { issueOf, tokensIssuedBy } from './token/har-tokens.ts';
import { isForOthers, noteCodes } from './token/others-calls.ts';
import {
  createRequestMarks,
  noteIssuedToken,
  noteMarks,
  type RequestMarks,
} from './token/request-marks.ts';

/**
 * Turns the entries of a HAR 1.2 file into observations, in the order of their start. Entries that cannot be read are
 * passed over; never throws. Everything that left the browser is in the file, so each site counts as watched. `marks`
 * is told by what a back end's own records can be recognised.
 */
export async function captureHar(
  entries: readonly unknown[],
  hash: HashUserId,
  marks: RequestMarks = createRequestMarks(),
): Promise<Observation[]> {
  return (await captureEntries(inOrderOfStart(entries), hash, marks)).observations;
}

/** Turns entries into observations; also says when the last entry ended, in epoch ms. */
async function captureEntries(
  inOrder: readonly StartedEntry[],
  hash: HashUserId,
  marks: RequestMarks | null,
): Promise<{ observations: Observation[]; end: number }> {
  const file = beginFile(inOrder, hash, marks);
  let end = 0;
  for (const started of inOrder) {
    const entry = readStarted(started);
    if (!entry) continue;
    end = Math.max(end, entry.done);
    await captureEntry(file, entry);
  }
  return { observations: file.observations, end };
}

/** Adds the observations of an entry, and notes what it says of later ones. */
async function captureEntry(file: FileCapture, entry: HarEntry): Promise<void> {
  const { history } = file;
  noteStart(file, entry);
  const made = file.placeOf(entry);
  const { cookieStore, tab, isBackEnd } = made;
  // Kakao's other pages say nothing: people type their passwords there.
  if (entry.isToKakao && entry.endpoint === null) return;
  if (entry.gzip && entry.isToKakao) entry.body = await gunzip(entry.gzip);
  if (isBackEnd && isForOthers(entry, history)) return;
  if (!isBackEnd || entry.endpoint === 'code-poll') noteCodes(entry, history);
  noteKakaoClock(entry, history);
  const page = resolveHarPage(entry, tab, history);
  if (!isBackEnd) noteRequest(file, entry, page, made);
  const ofLogin = isCall(entry)
    ? await callFactOf(file, entry, page, isBackEnd)
    : harPageFact(entry, page, history);
  if (noteUnseenLogin(file, entry, page, ofLogin)) {
    const place = { cookieStore, tab, site: null };
    const at = entry.done;
    observe(file, entry, { type: 'loss', leftOut: 'redirects' }, { source: 'har', at, place });
  }
  // By the recorder's clock, which stays the instant of sending, the call may seem to be late.
  const leap = ofLogin?.type === 'api' ? clockLeap(entry, history) : 0;
  for (const told of factsOf(entry, page, history, ofLogin))
    observeTold(file, entry, told, { page, made, at: entry.done - leap });
}

/**
 * Adds the observation of a fact that an entry tells, at an instant (epoch ms). Where the fact is that a token was issued, and
 * the file hides what was sent to the site's server, also adds that it may have been handed over.
 */
function observeTold(
  file: FileCapture,
  entry: HarEntry,
  { fact, source, issuedIn }: ToldFact,
  { page, made, at }: { page: HarPage; made: Place; at: number },
): void {
  const { history } = file;
  const { cookieStore, tab, isBackEnd } = made;
  const isOfPage = source === 'server' || fact.type === 'token-handed';
  const site = isOfPage ? reportSiteOf(entry, page) : siteOfFact(fact, entry, page);
  const own = { cookieStore, tab, site };
  noteCodePlace(entry, fact, own, history);
  noteCodeTime(entry, fact, entry.done, history);
  const place = issuedIn
    ? besideOwn(issuedIn, own)
    : placeOfFact(entry, own, { fact, source, isBackEnd, history });
  observe(file, entry, fact, { source, at, place });
  file.latestOfTab.set(place.tab, entry.done);
  const issue = noteIssue(file, entry, fact, { place, isBackEnd });
  const server = place.site ?? (fact.type === 'token' ? originOf(fact.redirectUri) : null);
  // A back end has the token itself; a native app, which is of no site, hands it to a server.
  if (issue && (!isBackEnd || server === null) && file.isHidden(server))
    observe(file, entry, handedFact(issue), { source: 'har', at: entry.done, place });
}

/** Adds one observation. */
function observe(
  { observations, idOf, kakaoAhead }: FileCapture,
  entry: HarEntry,
  fact: Fact,
  { source, at, place }: { source: Source; at: number; place: TokenPlace },
): void {
  const { cookieStore, tab, site } = place;
  const id = idOf(entry, fact);
  // Kakao tells by its own clock when a link was made, and all else is told by the recorder's.
  if (fact.type === 'api' && fact.connectedAt !== null) fact.connectedAt -= kakaoAhead;
  observations.push(Object.assign(fact, { id, at, source, opener: null, cookieStore, tab, site }));
}

/** Notes when an entry started. */
function noteStart(file: FileCapture, { at }: HarEntry): void {
  file.isInOrder &&= at >= file.latestStart;
  file.latestStart = at;
}

/** Notes by what a browser's request is known again in its server's records. */
function noteRequest(
  { marks, latestOfTab, history }: FileCapture,
  entry: HarEntry,
  page: HarPage,
  { cookieStore, tab }: Place,
): void {
  if (!marks) return;
  const from = Math.max(entry.at, latestOfTab.get(tab) ?? 0);
  const site = reportSiteOf(entry, page);
  const codeAt = timeOfBroughtCode(entry, history);
  noteMarks(marks, entry, { cookieStore, tab, site, from, codeAt });
}

/**
 * Where redirects are folded, notes the steps of logins and returns whether an entry is the first page since the last step that
 * may hide a login of its own. A second such page would tell nothing more.
 */
function noteUnseenLogin(
  file: FileCapture,
  entry: HarEntry,
  page: HarPage,
  ofLogin: Fact | null,
): boolean {
  const { folded } = file;
  const isStep = ofLogin?.type === 'authorize' || ofLogin?.type === 'arrival';
  file.isLoginLatest ||= isStep || ofLogin?.type === 'token';
  if (!folded || !file.isLoginLatest) return false;
  const isKnown = isStep && folded.keysOfUris.has(ofLogin.redirectUri ?? '');
  if (isKnown || !mayHideLogin(folded, entry, page)) return false;
  file.isLoginLatest = false;
  return true;
}

/**
 * Notes the tokens that an answer issues, also one that the recorder left out: later entries and a back end's records are known
 * by them. Returns when the answer of a token request issued them; null for every other entry.
 */
function noteIssue(
  { history, marks, isInOrder }: FileCapture,
  entry: HarEntry,
  fact: Fact,
  { place, isBackEnd }: { place: TokenPlace; isBackEnd: boolean },
): TokenOrigin | null {
  const isIssuing =
    fact.type === 'token' || (fact.type === 'authorize' && fact.outcome === 'token');
  if (!isIssuing) return null;
  const issuedAt = isInOrder ? issueOf(entry, fact, history) : null;
  const codeAt = fact.type === 'token' ? (fact.codeAt ?? null) : null;
  const issued = tokensIssuedBy(entry);
  for (const token of issued) {
    noteToken(history, token, place, { issuedAt, codeAt });
    if (!isBackEnd && marks) noteIssuedToken(marks, token, { ...place, from: entry.done, codeAt });
  }
  if (fact.type !== 'token' || fact.status !== 200) return null;
  history.latestPlace = place;
  history.hasUnknownToken ||= issued.length === 0;
  return { issuedAt, codeAt };
}

/**
 * Turns a whole file into observations, as `captureHar` does, and says last that nothing after its end was recorded.
 */
export async function captureHarRecording(
  entries: readonly unknown[],
  hash: HashUserId,
  marks: RequestMarks = createRequestMarks(),
): Promise<Observation[]> {
  return captureOrderedRecording(inOrderOfStart(entries), hash, marks);
}

/** The same of entries in the order of their start; without marks where a back end recorded nothing. */
export async function captureOrderedRecording(
  inOrder: readonly StartedEntry[],
  hash: HashUserId,
  marks: RequestMarks | null,
): Promise<Observation[]> {
  const { observations, end } = await captureEntries(inOrder, hash, marks);
  if (observations.length) observations.push(recordingEnd(end));
  return observations;
}

/** Says that nothing after an instant (epoch ms) was recorded. */
function recordingEnd(at: number): Observation {
  return {
    type: 'recording-ended',
    id: `har-${at}-recording-ended-1`,
    at,
    source: 'har',
    cookieStore: 'har',
    tab: null,
    opener: null,
    site: null,
  };
}
