import { isKakaoHost } from '../../kakao/endpoints.ts';
import type { Fact, Observation, Source } from '../../model/observation.ts';
import type { HashUserId } from '../response-body.ts';
import { readServerReports } from '../server-timing.ts';
import { gunzip } from './gunzip.ts';
import { headersOf, readHarEntry, type HarEntry } from './har-entry.ts';
import { createPlaces } from './har-places.ts';
import { createRequestMarks, noteMarks, type RequestMarks } from './request-marks.ts';
import { accessTokenOf, bearerOf, handsToken } from './har-tokens.ts';
import { originOf } from '../../model/url.ts';
import { harFact, harLeak } from './har-facts.ts';
import {
  createHarHistory,
  resolveHarPage,
  siteOfFact,
  type HarHistory,
  type HarPage,
  type TokenPlace,
} from './har-page.ts';

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
  const inOrder = readEntries(entries);
  const placeOf = createPlaces(inOrder);
  const history = createHarHistory();
  const idOf = createIdMaker();
  const observations: Observation[] = [];
  for (const entry of inOrder) {
    if (entry.gzip && isKakaoHost(entry.url.host)) entry.body = await gunzip(entry.gzip);
    const { cookieStore, tab, isBackEnd } = placeOf(entry);
    const page = resolveHarPage(entry, tab, history);
    if (!isBackEnd) {
      const before = observations.findLast((o) => o.tab === tab)?.at ?? entry.at;
      noteMarks(marks, entry, {
        cookieStore,
        tab,
        site: reportSiteOf(entry, page),
        from: Math.max(entry.at, before),
      });
    }
    for (const { fact, source } of await factsOf(entry, page, history, hash)) {
      const site =
        source === 'server' ? reportSiteOf(entry, page) : siteOfFact(fact, entry.url, page);
      const place = { cookieStore, tab, site };
      if (isBackEnd) Object.assign(place, backEndPlace(entry, fact, place, history));
      observations.push({
        ...fact,
        id: idOf(entry, fact),
        at: entry.done,
        source,
        opener: null,
        ...place,
      } as Observation);
      if (fact.type === 'token') noteToken(entry, place, history);
    }
  }
  return observations;
}

/** The site a back end's report is for: that of the page that asked, since an API host may answer it. */
function reportSiteOf(entry: HarEntry, { document, origin }: HarPage): string {
  return !document && origin && !isKakaoHost(new URL(origin).host) ? origin : entry.url.origin;
}

/** Where a back end's request belongs: to where its token was issued, or to the site that its code came to. */
function backEndPlace(
  entry: HarEntry,
  fact: Fact,
  place: TokenPlace,
  { tokens, redirectTargets }: HarHistory,
): TokenPlace {
  const known = tokens.get(bearerOf(entry) ?? '');
  if (known) return known;
  if (fact.type === 'token') {
    const site = originOf(fact.redirectUri) ?? originOf([...redirectTargets].at(-1));
    return { ...place, tab: null, site };
  }
  const latest = [...tokens.values()].at(-1);
  return { ...place, tab: null, site: place.site ?? latest?.site ?? null };
}

function noteToken(entry: HarEntry, place: TokenPlace, { tokens }: HarHistory): void {
  const token = accessTokenOf(entry.body);
  if (token) tokens.set(token, place);
}

/**
 * Turns a whole file into observations, as `captureHar` does, and says last that nothing after its end was recorded.
 */
export async function captureHarRecording(
  entries: readonly unknown[],
  hash: HashUserId,
  marks?: RequestMarks,
): Promise<Observation[]> {
  const observations = await captureHar(entries, hash, marks);
  const at = readEntries(entries).reduce((latest, entry) => Math.max(latest, entry.done), 0);
  return observations.length ? [...observations, recordingEnd(at)] : observations;
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

/** Reads the entries that can be read, in the order of their start. */
function readEntries(entries: readonly unknown[]): HarEntry[] {
  return entries
    .flatMap((value, index) => {
      const entry = readHarEntry(value);
      return entry ? [{ entry, index }] : [];
    })
    .sort((a, b) => a.entry.at - b.entry.at || a.index - b.index)
    .map(({ entry }) => entry);
}

/** Lists what one entry says: of a login, of a leaked secret, and what the site's server reported in its headers. */
async function factsOf(
  entry: HarEntry,
  page: HarPage,
  history: HarHistory,
  hash: HashUserId,
): Promise<{ fact: Fact; source: Source }[]> {
  const fact = await harFact(entry, page, history, hash);
  const leak = harLeak(entry, page);
  // A cached response repeats what was reported when it was new.
  const canReport = !isKakaoHost(entry.url.host) && !entry.cached;
  const isHanded = !isKakaoHost(entry.url.host) && handsToken(entry, history);
  const reports = canReport ? readServerReports(headersOf(entry, 'server-timing', 'response')) : [];
  return [
    ...(fact ? [{ fact, source: 'har' as const }] : []),
    ...(leak ? [{ fact: leak, source: 'har' as const }] : []),
    ...(isHanded ? [{ fact: { type: 'token-handed' as const }, source: 'har' as const }] : []),
    ...reports.map((report) => ({ fact: report, source: 'server' as const })),
  ];
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
