import { isKakaoHost } from '../../kakao/endpoints.ts';
import type { Observation } from '../../model/observation.ts';
import type { HashUserId } from '../response-body.ts';
import { gunzip } from './gunzip.ts';
import { headersOf, readHarEntry } from './har-entry.ts';
import { harFact, harLeak } from './har-facts.ts';
import { resolveHarPage, siteOfFact, type HarHistory } from './har-page.ts';
import { createTabNamer } from './har-tabs.ts';
import { readServerReports } from '../server-timing.ts';

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
  const observations: Observation[] = [];
  const ids = new Map<string, number>();
  const inOrder = entries
    .flatMap((entry, index) => {
      const read = readHarEntry(entry);
      return read ? [{ entry: read, index }] : [];
    })
    .sort((a, b) => a.entry.at - b.entry.at || a.index - b.index)
    .map(({ entry }) => entry);
  const tabOf = createTabNamer(
    inOrder[0]?.at ?? 0,
    inOrder.some((e) => e.pageref !== null),
  );
  const seen: HarHistory = { pageSites: new Map(), frameSites: new Map(), sentTo: new Set() };

  for (const entry of inOrder) {
    const { url, done } = entry;
    if (entry.gzip && isKakaoHost(url.host)) entry.body = await gunzip(entry.gzip);
    const tab = tabOf(entry.pageref);
    const page = resolveHarPage(entry, tab, seen);
    const fact = await harFact(entry, page, seen, hash);
    const reports =
      isKakaoHost(url.host) || entry.cached
        ? []
        : readServerReports(headersOf(entry, 'server-timing', 'response'));
    const leak = harLeak(entry, page);
    for (const [one, source] of [
      ...(fact ? [[fact, 'har'] as const] : []),
      ...(leak ? [[leak, 'har'] as const] : []),
      ...reports.map((r) => [r, 'server'] as const),
    ]) {
      const name = `har-${done}-${one.type}`;
      const copies = (ids.get(name) ?? 0) + 1;
      ids.set(name, copies);
      observations.push({
        ...one,
        id: `${name}-${copies}`,
        at: done,
        source,
        cookieStore: COOKIE_STORE,
        tab,
        opener: null,
        site: source === 'server' ? url.origin : siteOfFact(one, url, page),
      } as Observation);
    }
  }
  return observations;
}
