import { isKakaoHost } from '../../kakao/endpoints.ts';
import type { Fact, Observation, Source } from '../../model/observation.ts';
import type { HashUserId } from '../response-body.ts';
import { readServerReports } from '../server-timing.ts';
import { gunzip } from './gunzip.ts';
import { headersOf, readHarEntry, type HarEntry } from './har-entry.ts';
import { harFact, harLeak } from './har-facts.ts';
import { resolveHarPage, siteOfFact, type HarHistory, type HarPage } from './har-page.ts';
import { createTabNamer } from './har-tabs.ts';

/** Everything in a HAR happened in one browser profile, as far as the file can tell. */
const COOKIE_STORE = 'har';

/**
 * Turns the entries of a HAR 1.2 file into observations, in the order of their start. Entries that cannot be read are
 * passed over; never throws. Everything that left the browser is in the file, so each site counts as watched.
 */
export async function captureHar(
  entries: readonly unknown[],
  hash: HashUserId,
): Promise<Observation[]> {
  const inOrder = readEntries(entries);
  const tabOf = createTabNamer(
    inOrder[0]?.at ?? 0,
    inOrder.some((entry) => entry.pageref !== null),
  );
  const history: HarHistory = {
    pageSites: new Map(),
    frameSites: new Map(),
    redirectTargets: new Set(),
  };
  const idOf = createIdMaker();
  const observations: Observation[] = [];
  for (const entry of inOrder) {
    if (entry.gzip && isKakaoHost(entry.url.host)) entry.body = await gunzip(entry.gzip);
    const tab = tabOf(entry.pageref);
    const page = resolveHarPage(entry, tab, history);
    for (const { fact, source } of await factsOf(entry, page, history, hash))
      observations.push({
        ...fact,
        id: idOf(entry, fact),
        at: entry.done,
        source,
        cookieStore: COOKIE_STORE,
        tab,
        opener: null,
        site: source === 'server' ? entry.url.origin : siteOfFact(fact, entry.url, page),
      } as Observation);
  }
  return observations;
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
  const reports = canReport ? readServerReports(headersOf(entry, 'server-timing', 'response')) : [];
  return [
    ...(fact ? [{ fact, source: 'har' as const }] : []),
    ...(leak ? [{ fact: leak, source: 'har' as const }] : []),
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
