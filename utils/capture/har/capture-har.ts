import type { ApiFact, Fact, Observation, Source, TokenFact } from '../../model/observation.ts';
import { originOf } from '../../model/url.ts';
import type { HashUserId } from '../response-body.ts';
import { asAskedAt, asMaybeKept, readServerReports } from '../server-timing.ts';
import { steadyKakaoAhead } from './time/clock-ahead.ts';
import { clockLeap, noteKakaoClock } from './time/clock-leap.ts';
import { codeTimeOf, noteCodePlace, noteCodeTime, timeOfBroughtCode } from './token/har-codes.ts';
import { foldedRedirects, mayHideLogin, type FoldedRedirects } from './folded-redirects.ts';
import { gunzip } from './entry/gunzip.ts';
import { handedFact, handedFacts, mayHandToken } from './token/handed-token.ts';
import { headersOf, isCall, mayBeKeptAnswer, type HarEntry } from './entry/har-entry.ts';
import { readStarted, type StartedEntry } from './entry/read-entry.ts';
import { createHiding } from './file/hidden-requests.ts';
import { inOrderOfStart } from './time/har-order.ts';
import { createPlaces, type Place } from './place/har-places.ts';
import { isForOthers, mayBeForOthers, noteCodes } from './token/others-calls.ts';
import {
  createRequestMarks,
  noteIssuedToken,
  noteMarks,
  type RequestMarks,
} from './token/request-marks.ts';
import { createUnsent } from './refused-preflights.ts';
import { carriesUnseenToken, issueOf, latestIssueOf, tokensIssuedBy } from './token/har-tokens.ts';
import { harCallFact, harLeak, harPageFact } from './har-facts.ts';
import {
  createHarHistory,
  noteToken,
  type HarHistory,
  type TokenOrigin,
  type TokenPlace,
} from './har-history.ts';
import { mayBeMadeUp, tellsKakaoTime } from './made-up-answers.ts';
import { resolveHarPage, siteOfFact, type HarPage } from './place/har-page.ts';
import { besideOwn, placeOfFact, reportSiteOf } from './token/har-token-places.ts';

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

/** What the entries of a file share while facts are made of them, one after the other. */
interface FileCapture {
  history: HarHistory;
  hash: HashUserId;
  /** By what a back end's records know the browsers' requests again; null where it recorded nothing. */
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
  kakaoAhead: number;
  /** Whether the browser did not send a call that has no answer. */
  isUnsent: (call: HarEntry) => boolean;
  /** Whether the file hides what was sent to the server of a site, or of a native app (null). */
  isHidden: (site: string | null) => boolean;
  /** What its logins are known by where redirects are folded; null where they are not. */
  folded: FoldedRedirects | null;
  /** A step of a login was seen, and no page since that may hide another one. */
  isLoginLatest: boolean;
}

function beginFile(
  inOrder: readonly StartedEntry[],
  hash: HashUserId,
  marks: RequestMarks | null,
): FileCapture {
  const folded = foldedRedirects(inOrder);
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
    kakaoAhead: steadyKakaoAhead(inOrder),
    isUnsent: createUnsent(inOrder),
    isHidden: createHiding(inOrder),
    folded,
    isLoginLatest: false,
  };
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

/** Adds the observation of a fact that an entry tells, at an instant (epoch ms), and what a token that it issues leads to. */
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
 * Notes whether an entry may be the last page of a login that is seen neither in it nor before it, the first one after a login
 * that was: a second one says no more.
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

/** The fact of a call, with what the entries before it tell of its token; null where it is none. */
async function callFactOf(
  { history, hash, isInOrder, isTimeTold, isUnsent }: FileCapture,
  entry: HarEntry,
  page: HarPage,
  isBackEnd: boolean,
): Promise<ApiFact | TokenFact | null> {
  const fact = await harCallFact(entry, page, hash);
  if (!fact) return null;
  if (fact.type === 'api') {
    const { bearer } = entry;
    const issuedAt = isInOrder ? latestIssueOf(bearer, entry.at, history) : null;
    if (issuedAt !== null) fact.tokenIssuedAt = issuedAt;
    if (carriesUnseenToken(bearer, history)) fact.tokenUnseen = true;
    if (isBackEnd && mayBeForOthers(entry, history)) fact.target ??= 'other';
    if (mayBeMadeUp(entry, page, isTimeTold)) fact.maybeCached = true;
    if (isUnsent(entry)) fact.blocked = true;
  }
  const codeAt = codeTimeOf(entry, history);
  if (codeAt !== null) fact.codeAt = codeAt;
  return fact;
}

/**
 * Notes the tokens that an answer issues, for later entries and a back end's records; also that it issues one unread. Returns
 * when, where a token request got them; else null.
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

/** A fact, who told it and, of a token that was handed over, where it was issued, as far as that is known. */
interface ToldFact {
  fact: Fact;
  source: Source;
  issuedIn?: TokenPlace | null;
}

/**
 * Lists what one entry says: of a login, which is read already, of a leaked secret, and what the site's server reported in
 * its headers.
 */
function factsOf(
  entry: HarEntry,
  page: HarPage,
  history: HarHistory,
  ofLogin: Fact | null,
): ToldFact[] {
  const leak = harLeak(entry, page);
  const facts: ToldFact[] = [];
  if (ofLogin) facts.push({ fact: ofLogin, source: 'har' });
  if (leak) facts.push({ fact: leak, source: 'har' });
  if (entry.isToKakao) return facts;
  const handed = handedFacts(entry, history);
  if (!handed.length && mayHandToken(entry, page.origin, history))
    handed.push({ fact: { type: 'token-handed' }, issuedIn: null });
  for (const { fact, issuedIn } of handed) facts.push({ fact, source: 'har', issuedIn });
  // A cached response repeats what was reported when it was new.
  if (entry.cached) return facts;
  const reports = readServerReports(headersOf(entry, 'server-timing', 'response'));
  const told = reports.length && mayBeKeptAnswer(entry) ? asMaybeKept(reports) : reports;
  // What brings the code was sent after it came, however the recorder's instants add up.
  const bringsCode = entry.url.searchParams.has('code');
  for (const fact of bringsCode ? told : asAskedAt(told, entry.at))
    facts.push({ fact, source: 'server' });
  return facts;
}

/** Makes ids out of instant and kind of fact, so that the same file always gives the same ids. */
function createIdMaker(): (entry: HarEntry, fact: Fact) => string {
  const copies = new Map<string, number>();
  return ({ done }, { type }) => {
    const name = `har-${done}-${type}`;
    const copy = (copies.get(name) ?? 0) + 1;
    copies.set(name, copy);
    return `${name}-${copy}`;
  };
}
