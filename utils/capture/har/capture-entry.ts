import type { Fact, Source } from '../../model/observation.ts';
import { originOf, parseUrl } from '../../model/url.ts';
import { isMask } from '../recorded-secret.ts';
import { accountChange } from './account-change.ts';
import { callFactOf, factsOf, type SourcedFact } from './entry-facts.ts';
import { gunzip } from './entry/gunzip.ts';
import { headerOf, isCall, isSentByPage, type HarEntry } from './entry/har-entry.ts';
import type { FileCapture } from './file-capture.ts';
import { mayHideLogin } from './folded-redirects.ts';
import { noteLeftOutToken, noteToken, type FactPlace, type TokenOrigin } from './har-history.ts';
import { harPageFact } from './har-page-facts.ts';
import { resolveHarPage, siteOfFact, type HarPage } from './place/har-page.ts';
import type { Place } from './place/har-places.ts';
import { aheadSinceLeap, clockLeap, noteKakaoClock } from './time/clock-leap.ts';
import { besideOwn, placeOfFact, siteOfServer } from './token/fact-place.ts';
import { handedFact } from './token/handed-token.ts';
import { noteCodePlace, noteCodeTime, timeOfBroughtCode } from './token/har-codes.ts';
import { isOfUnseenToken, issueOf, tokensIssuedBy } from './token/har-tokens.ts';
import { isForOthers, noteCodes, noteOthersTokens } from './token/others-calls.ts';
import { noteIssuedToken, noteMarks } from './token/request-marks.ts';

/**
 * Adds an entry's observations to those of its file, and notes what later entries need of it. What each step notes the next
 * ones read: the place, codes that came, Kakao's clock, the page, then fact by fact the codes and tokens that Kakao issued.
 */
export async function captureEntry(file: FileCapture, entry: HarEntry): Promise<void> {
  const { history } = file;
  noteStart(file, entry);
  const made = file.placeOf(entry);
  const { tab, isBackEnd } = made;
  if (entry.isToKakao && entry.endpoint === null) {
    noteAccountChange(file, entry, made);
    return;
  }
  if (entry.gzip && entry.isToKakao) entry.body = await gunzip(entry.gzip);
  // What a page sends is of one of the file's browsers, even where its window is not known.
  const isByServer = isBackEnd && !isSentByPage(entry);
  if (isByServer && isForOthers(entry, history)) {
    noteOthersTokens(entry, history);
    return;
  }
  if (!isByServer || entry.endpoint === 'code-poll') noteCodes(entry, history);
  noteKakaoClock(entry, history);
  const page = resolveHarPage(entry, tab, history);
  if (!isBackEnd) noteRequest(file, entry, page, made);
  const ofLogin = isCall(entry)
    ? await callFactOf(file, entry, page, isBackEnd)
    : harPageFact(entry, page, history);
  observeHiddenLogin(file, entry, ofLogin, { page, made });
  // By the recorder's clock, which stays the instant of sending, the call may seem to be late.
  const leap = ofLogin?.type === 'api' ? clockLeap(entry, history) : 0;
  for (const sourced of factsOf(entry, page, history, ofLogin))
    observeFact(file, entry, sourced, { page, made, at: entry.done - leap });
}

/**
 * Adds the observation of a fact that an entry tells, at an instant (epoch ms). Where the fact is that a token was issued, and
 * the file hides what was sent to the site's server, also adds that it may have been handed over.
 */
function observeFact(
  file: FileCapture,
  entry: HarEntry,
  { fact, source, issuedIn }: SourcedFact,
  { page, made, at }: { page: HarPage; made: Place; at: number },
): void {
  const { history } = file;
  const { cookieStore, tab, isBackEnd } = made;
  const isAboutServer = source === 'server' || fact.type === 'token-handed';
  const site = isAboutServer ? siteOfServer(entry, page) : siteOfFact(fact, entry, page);
  const own = { cookieStore, tab, site };
  noteCodePlace(entry, fact, own, history);
  noteCodeTime(entry, fact, entry.done, history);
  const place = issuedIn
    ? besideOwn(issuedIn, own)
    : placeOfFact(entry, own, { fact, source, isBackEnd, history });
  observe(file, entry, fact, { source, at, place });
  file.latestOfTab.set(place.tab, entry.done);
  const issue = noteIssue(file, entry, fact, { place, isBackEnd });
  if (issue && mayHandOverUnseen(file, entry, fact, { place, isBackEnd }))
    observe(file, entry, handedFact(issue), { source: 'har', at: entry.done, place });
}

/** Whether a token that an entry issues may have gone to the site's server in a request that the file hides. */
function mayHandOverUnseen(
  file: FileCapture,
  entry: HarEntry,
  fact: Fact,
  { place, isBackEnd }: { place: FactPlace; isBackEnd: boolean },
): boolean {
  const site = place.site ?? siteWithToken(entry, fact);
  // A back end has the token itself; a native app, which is of no site, and a page of any window hand it to a server.
  if (isBackEnd && site !== null && !isSentByPage(entry)) return false;
  return file.isHidden(site);
}

/**
 * The site that gets a token, as far as the issuing entry names it, where no place is known; null for a native app, and for a
 * popup that does not tell which page it was opened for.
 */
function siteWithToken(entry: HarEntry, fact: Fact): string | null {
  if (fact.type === 'token') return originOf(fact.redirectUri);
  const asked = [entry.url, parseUrl(headerOf(entry, 'referer'))];
  const origins = asked.map((url) => originOf(url?.searchParams.get('origin') ?? null));
  return origins.find((origin) => origin !== null) ?? null;
}

/** Adds one observation. */
function observe(
  { observations, idOf, steadyAhead, history }: FileCapture,
  entry: HarEntry,
  fact: Fact,
  { source, at, place }: { source: Source; at: number; place: FactPlace },
): void {
  const { cookieStore, tab, site } = place;
  const id = idOf(entry, fact);
  // Kakao tells by its own clock when a link was made, and all else is told by the recorder's.
  if (fact.type === 'api' && fact.connectedAt !== null)
    fact.connectedAt -= steadyAhead || aheadSinceLeap(fact.connectedAt, history);
  observations.push(Object.assign(fact, { id, at, source, opener: null, cookieStore, tab, site }));
}

/**
 * Notes that the account of a cookie store may have changed at Kakao's own pages. Nothing else is said of them: people type
 * their passwords there.
 */
function noteAccountChange(file: FileCapture, entry: HarEntry, { cookieStore }: Place): void {
  const change = accountChange(entry);
  // Before anything else of Kakao's was recorded, no account was known.
  if (!change || !file.observations.length) return;
  const place = { cookieStore, tab: null, site: null };
  observe(file, entry, change, { source: 'har', at: entry.done, place });
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
  const codeAt = timeOfBroughtCode(entry, history);
  // The server had the code no sooner than it came, which may show by the end of the entry alone.
  const from = Math.max(entry.at, latestOfTab.get(tab) ?? 0, codeAt ?? 0);
  const site = siteOfServer(entry, page);
  noteMarks(marks, entry, { cookieStore, tab, site, from, codeAt });
}

/**
 * Where redirects are folded, adds the observation that a page may hide a login of its own: for the first one since the last step
 * of a login. A second such page would tell nothing more.
 */
function observeHiddenLogin(
  file: FileCapture,
  entry: HarEntry,
  ofLogin: Fact | null,
  { page, made }: { page: HarPage; made: Place },
): void {
  const { folded } = file;
  const isStep = ofLogin?.type === 'authorize' || ofLogin?.type === 'arrival';
  file.isLoginLatest ||= isStep || ofLogin?.type === 'token';
  if (!folded || !file.isLoginLatest) return;
  const isKnown = isStep && folded.keysOfUris.has(ofLogin.redirectUri ?? '');
  if (isKnown || !mayHideLogin(folded, entry, page)) return;
  file.isLoginLatest = false;
  const place = { cookieStore: made.cookieStore, tab: made.tab, site: null };
  const loss: Fact = { type: 'loss', leftOut: 'redirects' };
  observe(file, entry, loss, { source: 'har', at: entry.done, place });
}

/**
 * Notes the tokens that an answer issues, also one that the recorder left out: later entries and a back end's records are known
 * by them. Returns when they were issued; null for every other entry.
 */
function noteIssue(
  { history, marks, isInOrder }: FileCapture,
  entry: HarEntry,
  fact: Fact,
  { place, isBackEnd }: { place: FactPlace; isBackEnd: boolean },
): TokenOrigin | null {
  const isIssuing =
    fact.type === 'token' || (fact.type === 'authorize' && fact.outcome === 'token');
  if (!isIssuing) return null;
  const issuedAt = isInOrder ? issueOf(entry, fact, history) : null;
  const codeAt = fact.type === 'token' ? (fact.codeAt ?? null) : null;
  const issued = tokensIssuedBy(entry);
  const isOfUnseen = isOfUnseenToken(entry.form.get('refresh_token'), history);
  for (const token of issued) {
    noteToken(history, token, place, { issuedAt, codeAt, isOfUnseen });
    if (!isBackEnd && marks) noteIssuedToken(marks, token, { ...place, from: entry.done, codeAt });
  }
  if (fact.type === 'authorize') return { issuedAt, codeAt };
  if (fact.status !== 200) return null;
  history.latestPlace = place;
  if (issued.every(isMask)) noteLeftOutToken(history);
  return { issuedAt, codeAt };
}
