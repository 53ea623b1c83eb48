import type { ApiFact, Fact, Source, TokenFact } from '../../model/observation.ts';
import { findAdminKey, findClientSecret, findTokenInUrl } from '../leaked-secrets.ts';
import { asAskedAt, asMaybeKept, readServerReports } from '../server-timing.ts';
import {
  fieldsOf,
  headerOf,
  headersOf,
  isPreflight,
  mayBeKeptAnswer,
  type HarEntry,
} from './entry/har-entry.ts';
import type { FileCapture } from './file-capture.ts';
import { harCallFact } from './har-call-facts.ts';
import type { FactPlace, HarHistory } from './har-history.ts';
import { mayBeMadeUp } from './made-up-answers.ts';
import type { HarPage } from './place/har-page.ts';
import { siteOfServer } from './token/fact-place.ts';
import { handedFacts, mayHandToken } from './token/handed-token.ts';
import { codeTimeOf } from './token/har-codes.ts';
import { carriesUnseenToken, latestIssueOf } from './token/har-tokens.ts';
import { mayBeForOthers } from './token/others-calls.ts';

/** A fact, its source and, of a token that was handed over, where it was issued, as far as that is known. */
export interface SourcedFact {
  fact: Fact;
  source: Source;
  issuedIn?: FactPlace | null;
}

/**
 * Lists what one entry says. `ofLogin` is what it says of a login, if anything, and was read before. The others are a leaked
 * secret and, of a request to a site, a token that was handed over and what the server reported in its headers.
 */
export function factsOf(
  entry: HarEntry,
  page: HarPage,
  history: HarHistory,
  ofLogin: Fact | null,
): SourcedFact[] {
  const leak = leakOf(entry, page);
  const facts: SourcedFact[] = [];
  if (ofLogin) facts.push({ fact: ofLogin, source: 'har' });
  if (leak) facts.push({ fact: leak, source: 'har' });
  if (entry.isToKakao) return facts;
  // A cached response repeats what was reported when it was new.
  const reports = entry.cached ? [] : reportsOf(entry);
  // A server that tells its calls with the answer tells those with the token it was handed, too.
  const tellsCalls = reports.some(({ fact }) => fact.type === 'api' && !fact.maybeCached);
  if (!tellsCalls) facts.push(...handOversOf(entry, page, history));
  facts.push(...reports);
  return facts;
}

/** Finds a secret that an entry carries where it does not belong; null where there is none. */
function leakOf(entry: HarEntry, page: HarPage): Fact | null {
  const { url } = entry;
  if (isPreflight(entry)) return null;
  if (!entry.isToKakao) return page.document && url.search ? findTokenInUrl(url) : null;
  if (entry.endpoint === 'token') return findClientSecret(fieldsOf(entry));
  return entry.endpoint === 'api' ? findAdminKey(url, headerOf(entry, 'authorization')) : null;
}

/** That a request to a site handed over tokens that were seen, or may have handed one over. */
function handOversOf(entry: HarEntry, page: HarPage, history: HarHistory): SourcedFact[] {
  const handed = handedFacts(entry, history);
  // A request that names no page is a native app's where such an app has the latest token; a back end's is of no page at all.
  const isOfNoPage = history.latestPlace?.site === null || page.site === null;
  const site = page.origin ?? (isOfNoPage ? null : siteOfServer(entry, page));
  if (!handed.length && mayHandToken(entry, site, history))
    handed.push({
      fact: { type: 'token-handed' },
      issuedIn: site === null ? history.latestPlace : null,
    });
  return handed.map(({ fact, issuedIn }) => ({ fact, source: 'har', issuedIn }));
}

/** What a site's server reported of its own calls with a response. */
function reportsOf(entry: HarEntry): SourcedFact[] {
  const reports = readServerReports(headersOf(entry, 'server-timing', 'response'));
  if (!reports.length) return [];
  const own = mayBeKeptAnswer(entry) ? asMaybeKept(reports) : reports;
  // What brings the code was sent after it came, however the recorder's instants add up.
  const bringsCode = entry.url.searchParams.has('code');
  return (bringsCode ? own : asAskedAt(own, entry.at)).map((fact) => ({
    fact,
    source: 'server',
  }));
}

/** The fact of a call, with what the entries before it tell of its token; null where it is none. */
export async function callFactOf(
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
