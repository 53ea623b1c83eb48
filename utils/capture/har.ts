import { endpointOf, isKakaoHost, isLoginForm, KAPI } from '../kakao/endpoints.ts';
import type { Fact, Observation } from '../link/observation.ts';
import { apiBodyFacts, handedOver, tokenBodyFacts, type HashUserId } from './answer-body.ts';
import { arrivalFact, authorizeFact } from './authorize.ts';
import { headerOf, headersOf, timeOf, type HarEntry } from './har-entry.ts';
import { clientIdOf, originOfUrl, parseUrl, reducePath, reduceRedirectUri } from './reduce-url.ts';
import { serverReports } from './server-timing.ts';

/** Everything in a HAR happened in one browser profile, as far as the file can tell. */
const COOKIE_STORE = 'har';

/**
 * Turns the entries of a HAR 1.2 file into observations, in the order of their start.
 * Everything that left the browser is in the file, so each site counts as watched.
 */
export async function captureHar(
  entries: readonly HarEntry[],
  hash: HashUserId,
): Promise<Observation[]> {
  const observations: Observation[] = [];
  const pageSites = new Map<string, string>();
  const ids = new Map<string, number>();
  const inOrder = entries
    .map((entry, index) => ({ entry, index, at: timeOf(entry) }))
    .filter((e): e is typeof e & { at: number } => e.at !== null)
    .sort((a, b) => a.at - b.at || a.index - b.index);

  for (const { entry, at } of inOrder) {
    const url = parseUrl(entry.request?.url);
    if (!url) continue;
    const origin = originOfUrl(headerOf(entry, 'origin') ?? headerOf(entry, 'referer'));
    const tab = typeof entry.pageref === 'string' ? entry.pageref : null;
    const ofKakao = isKakaoHost(url.host);
    const page: Page = {
      document: isDocument(entry),
      origin,
      fromKakao: origin !== null && isKakaoHost(new URL(origin).host),
      inFrame: origin === `https://${KAPI}`,
    };
    if (page.document && tab && !ofKakao) pageSites.set(tab, url.origin);
    const pageSite = tab ? (pageSites.get(tab) ?? null) : null;
    const done = at + Math.max(0, Math.round(Number(entry.time) || 0));
    const fact = await factOf(entry, url, page, hash);
    const facts = fact ? [fact] : [];
    const reports = ofKakao ? [] : serverReports(headersOf(entry, 'server-timing', 'response'));
    for (const [one, source] of [
      ...facts.map((f) => [f, 'har'] as const),
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
        site: source === 'server' ? url.origin : siteOfFact(one, url, page, pageSite),
      } as Observation);
    }
  }
  return observations;
}

/** How an entry's page stands to it. */
interface Page {
  document: boolean;
  origin: string | null;
  fromKakao: boolean;
  /** Made inside SDK v1's kapi frame. */
  inFrame: boolean;
}

function siteOfFact(fact: Fact, url: URL, page: Page, pageSite: string | null): string | null {
  switch (fact.type) {
    case 'arrival':
      return url.origin;
    case 'frame':
      return originOfUrl(url.searchParams.get('xdm_e')) ?? page.origin;
    case 'authorize':
      return page.fromKakao ? originOfUrl(url.searchParams.get('origin')) : page.origin;
    default:
      return page.fromKakao ? pageSite : (page.origin ?? pageSite);
  }
}

function isDocument(entry: HarEntry): boolean {
  if (entry._resourceType) return entry._resourceType === 'document';
  const destination = headerOf(entry, 'sec-fetch-dest');
  if (destination) return /^(document|iframe|frame)$/.test(destination);
  const accept = headerOf(entry, 'accept') ?? '';
  const type = entry.response?.content?.mimeType ?? '';
  return accept.includes('text/html') || /^text\/html/.test(type) || isRedirect(entry);
}

function isRedirect(entry: HarEntry): boolean {
  const status = entry.response?.status ?? 0;
  return status >= 300 && status < 400 && status !== 304;
}

function locationOf(entry: HarEntry, url: URL): string | null {
  const location = entry.response?.redirectURL || headerOf(entry, 'location', 'response');
  return location && URL.canParse(location, url.href) ? new URL(location, url.href).href : null;
}

function bodyOf(entry: HarEntry): string | null {
  const content = entry.response?.content;
  if (typeof content?.text !== 'string') return null;
  if (content.encoding !== 'base64') return content.text;
  try {
    const bytes = Uint8Array.from(atob(content.text), (c) => c.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return null;
  }
}

function isCached(entry: HarEntry): boolean {
  return entry._fromCache !== undefined && entry._fromCache !== false;
}

async function factOf(
  entry: HarEntry,
  url: URL,
  page: Page,
  hash: HashUserId,
): Promise<Fact | null> {
  const method = (entry.request?.method ?? 'GET').toUpperCase();
  const status = entry.response?.status ?? 0;
  if (method === 'OPTIONS') return null;
  switch (endpointOf(url)) {
    case 'authorize':
    case 'kauth-page':
      return page.document ? pageFact(entry, url, method, status, page.fromKakao) : null;
    case 'code-poll':
      return { type: 'poll', clientId: clientIdOf(url.searchParams), watched: true };
    case 'sdk-frame':
      return page.document ? { type: 'frame' } : null;
    case 'token': {
      const form = new URLSearchParams(entry.request?.postData?.text ?? url.search);
      const grant = form.get('grant_type');
      return {
        type: 'token',
        method,
        status: Math.max(0, status),
        grant: grant === 'authorization_code' || grant === 'refresh_token' ? grant : null,
        clientId: clientIdOf(form),
        redirectUri: reduceRedirectUri(form.get('redirect_uri')),
        ...(await tokenBodyFacts(bodyOf(entry), hash)),
      };
    }
    case 'api':
      if (page.document) return null;
      return {
        type: 'api',
        method,
        path: reducePath(url.pathname),
        status: Math.max(0, status),
        cached: isCached(entry),
        inFrame: page.inFrame,
        ...(await apiBodyFacts(url.pathname, bodyOf(entry), url.searchParams, hash)),
      };
    default:
      if (!page.document || isKakaoHost(url.host) || isLoginForm(url)) return null;
      return arrivalFact(url);
  }
}

function pageFact(entry: HarEntry, url: URL, method: string, status: number, fromKakao: boolean) {
  const page = {
    method,
    url,
    status,
    location: isRedirect(entry) ? locationOf(entry, url) : null,
    fromKakao,
    watched: true,
  };
  const fact = authorizeFact(page);
  const handed = fact?.outcome === 'screen' ? handedOver(bodyOf(entry)) : null;
  if (!fact || !handed) return fact;
  return { ...fact, outcome: handed };
}
