import { endpointOf, isKakaoHost, isLoginForm, KAPI, KAUTH } from '../kakao/endpoints.ts';
import type { Fact, Observation } from '../link/observation.ts';
import {
  apiBodyFacts,
  handedOver,
  shownError,
  tokenBodyFacts,
  type HashUserId,
} from './answer-body.ts';
import { arrivalFact, arrivedFromKauth, authorizeFact } from './authorize.ts';
import { gunzip } from './gunzip.ts';
import { headerOf, headersOf, isRedirect, readEntry, type HarEntry } from './har-entry.ts';
import { tabNames } from './har-tabs.ts';
import { leakInUrl, leakToKakao } from './leaks.ts';
import { clientIdOf, originOfUrl, parseUrl, reducePath, reduceRedirectUri } from './reduce-url.ts';
import { serverReports } from './server-timing.ts';

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
      const read = readEntry(entry);
      return read ? [{ entry: read, index }] : [];
    })
    .sort((a, b) => a.entry.at - b.entry.at || a.index - b.index)
    .map(({ entry }) => entry);
  const tabOf = tabNames(
    inOrder[0]?.at ?? 0,
    inOrder.some((e) => e.pageref !== null),
  );
  const seen: Seen = { pageSites: new Map(), frameSites: new Map(), sentTo: new Set() };

  for (const entry of inOrder) {
    const { url, done } = entry;
    if (entry.gzip && isKakaoHost(url.host)) entry.body = await gunzip(entry.gzip);
    const tab = tabOf(entry.pageref);
    const page = pageOf(entry, tab, seen);
    const fact = await factOf(entry, page, seen, hash);
    const reports = isKakaoHost(url.host)
      ? []
      : serverReports(headersOf(entry, 'server-timing', 'response'));
    const leak = leakOf(entry, page);
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

/** What earlier entries of the file say of later ones. */
interface Seen {
  /** Per tab: the site whose page it shows, and the site its kapi frame works for. */
  pageSites: Map<string | null, string>;
  frameSites: Map<string | null, string>;
  /** Where kauth sent the browser; in memory only. */
  sentTo: Set<string>;
}

/** How an entry's page stands to it. */
interface Page {
  document: boolean;
  /** Of the page that asked. */
  origin: string | null;
  fromKakao: boolean;
  /** Made inside SDK v1's kapi frame. */
  inFrame: boolean;
  /** The site it was made for, where the entry itself does not say. */
  site: string | null;
}

function pageOf(entry: HarEntry, tab: string | null, seen: Seen): Page {
  const { url } = entry;
  const document = isDocument(entry);
  const origin = originOfUrl(headerOf(entry, 'origin')) ?? originOfUrl(headerOf(entry, 'referer'));
  const framed = /^i?frame$/.test(headerOf(entry, 'sec-fetch-dest') ?? '');
  if (document && !framed && !isKakaoHost(url.host)) seen.pageSites.set(tab, url.origin);
  const frameFor = originOfUrl(url.searchParams.get('xdm_e'));
  if (endpointOf(url) === 'sdk-frame' && frameFor) seen.frameSites.set(tab, frameFor);
  const inFrame = origin === `https://${KAPI}`;
  return {
    document,
    origin,
    // Only kauth's own form posts to kauth's pages.
    fromKakao:
      (origin !== null && isKakaoHost(new URL(origin).host)) ||
      (url.host === KAUTH && document && entry.method === 'POST'),
    inFrame,
    site: (inFrame ? seen.frameSites.get(tab) : null) ?? seen.pageSites.get(tab) ?? null,
  };
}

function siteOfFact(fact: Fact, url: URL, page: Page): string | null {
  if (!isKakaoHost(url.host)) return url.origin;
  switch (fact.type) {
    case 'frame':
      return originOfUrl(url.searchParams.get('xdm_e')) ?? page.origin;
    case 'authorize':
      return page.fromKakao ? originOfUrl(url.searchParams.get('origin')) : page.origin;
    default:
      return page.fromKakao ? page.site : (page.origin ?? page.site);
  }
}

function isDocument(entry: HarEntry): boolean {
  if (entry.resourceType) return entry.resourceType === 'document';
  const destination = headerOf(entry, 'sec-fetch-dest');
  if (destination) return /^(document|iframe|frame)$/.test(destination);
  const accept = headerOf(entry, 'accept') ?? '';
  return (
    accept.includes('text/html') || entry.mimeType.startsWith('text/html') || isRedirect(entry)
  );
}

async function factOf(
  entry: HarEntry,
  page: Page,
  seen: Seen,
  hash: HashUserId,
): Promise<Fact | null> {
  const { method, url, status } = entry;
  if (method === 'OPTIONS') return null;
  switch (endpointOf(url)) {
    case 'authorize':
    case 'kauth-page':
      if (entry.location) seen.sentTo.add(withoutFragment(entry.location));
      return page.document ? pageFact(entry, page.fromKakao) : null;
    case 'code-poll':
      return { type: 'poll', clientId: clientIdOf(url.searchParams), watched: true };
    case 'sdk-frame':
      return page.document ? { type: 'frame' } : null;
    case 'token': {
      const form = new URLSearchParams(entry.form ?? url.search);
      const grant = form.get('grant_type');
      return {
        type: 'token',
        method,
        status,
        grant: grant === 'authorization_code' || grant === 'refresh_token' ? grant : null,
        clientId: clientIdOf(form),
        redirectUri: reduceRedirectUri(form.get('redirect_uri')),
        ...(await tokenBodyFacts(entry.body, hash)),
      };
    }
    case 'api':
      if (page.document) return null;
      return {
        type: 'api',
        method,
        path: reducePath(url.pathname),
        status,
        cached: entry.cached,
        inFrame: page.inFrame,
        ...(await apiBodyFacts(
          url.pathname,
          entry.body,
          `${url.search}&${entry.form ?? ''}`,
          hash,
        )),
      };
    default:
      if (!page.document || isKakaoHost(url.host) || isLoginForm(url)) return null;
      return arrival(url, page, seen);
  }
}

const withoutFragment = (url: string) => url.replace(/#.*$/s, '');

/** A file that starts at the callback shows by whom the browser was sent there: then the arrival is the login. */
function arrival(url: URL, page: Page, seen: Seen): Fact | null {
  const fact = arrivalFact(url);
  const target = withoutFragment(url.href);
  const unseen = page.origin === `https://${KAUTH}` && !seen.sentTo.has(target);
  if (fact?.outcome !== 'code' || !unseen) return fact;
  seen.sentTo.add(target);
  return arrivedFromKauth(fact);
}

function pageFact(entry: HarEntry, fromKakao: boolean) {
  const { method, url, status, location } = entry;
  // A form's POST does not name the app in its URL; the form and the page it was on do.
  const referer = parseUrl(headerOf(entry, 'referer'));
  const asked = [
    url.searchParams,
    new URLSearchParams(entry.form ?? ''),
    ...(referer && endpointOf(referer) === 'authorize' ? [referer.searchParams] : []),
  ].find((q) => q.has('client_id'));
  const fact = authorizeFact({ method, url, asked, status, location, fromKakao, watched: true });
  if (fact?.outcome === 'error-page') return { ...fact, error: shownError(entry.body) };
  const handed = fact?.outcome === 'screen' ? handedOver(entry.body) : null;
  if (!fact || !handed) return fact;
  return { ...fact, outcome: handed };
}

function leakOf(entry: HarEntry, page: Page): Fact | null {
  const { url, method } = entry;
  if (method === 'OPTIONS') return null;
  if (!isKakaoHost(url.host)) return page.document ? leakInUrl(url) : null;
  const form = new URLSearchParams(entry.form ?? url.search);
  return leakToKakao(url, form, headerOf(entry, 'authorization'));
}
