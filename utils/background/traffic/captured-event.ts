import {
  isContextKnown,
  resolveTabContext,
  type RequestOrigin,
} from '../../browser/tab-context.ts';
import type { BrowserDetails } from '../../browser/traffic.ts';
import { captureSiteResponse } from '../../capture/site-response.ts';
import { captureWebRequest, type WebRequestEvent } from '../../capture/web-request.ts';
import type { Observation, Source, TrafficFact } from '../../model/observation.ts';
import { createObservation } from '../record/create-observation.ts';
import type { KnownAccess } from './known-access.ts';
import type { PagesWithToken } from './pages-with-token.ts';

/** What one event says, about which site, and who says it. */
interface CapturedFact {
  /** Of the observation that it becomes. */
  id: string;
  fact: TrafficFact;
  source: Source;
  site: string | null;
  /** The site whose access makes the fact a watched one; only where the fact says whether it was. */
  accessTo?: string | null;
  /** It is a fact only if this page has a token that it has not handed over. */
  ifTokenOf?: string;
  /** It is a fact only if this origin was granted by name. */
  ifGranted?: string;
}

/** What one webRequest event says, free of secrets, before anything was asked of the browser. */
export interface CapturedEvent {
  facts: CapturedFact[];
  origin: RequestOrigin;
  /** A frame within a page asked, not the page itself. */
  inSubFrame: boolean;
  /** Epoch ms. */
  at: number;
}

/**
 * Everything that one event says: of a request to Kakao, of a token that a page may hand over, and of what a site's back end
 * reports in its headers. Null where it says nothing of a Kakao login, as most do.
 */
export function captureEvent(
  event: WebRequestEvent,
  details: BrowserDetails,
  pages: PagesWithToken,
): CapturedEvent | null {
  const request = captureWebRequest(event, details);
  if (request) pages.note(details, request);
  // A token in a page's address is a leak, and its server's from then on.
  const handed =
    !request || request.fact.type === 'leak' ? pages.takeHandOver(event, details) : null;
  const seen = [request, handed].filter((captured) => captured !== null);
  const response = captureSiteResponse(details);
  const reports = response?.reports ?? [];
  if (!seen.length && !reports.length) return null;
  const site = response?.site ?? null;
  const { tabId, cookieStoreId, incognito } = details;
  return {
    facts: [
      ...seen.map((captured) => ({
        ...captured,
        id: crypto.randomUUID(),
        source: 'browser' as const,
      })),
      ...reports.map((fact) => ({
        id: crypto.randomUUID(),
        fact,
        source: 'server' as const,
        site,
      })),
    ],
    origin: {
      tabId,
      ...(cookieStoreId === undefined ? {} : { cookieStoreId }),
      ...(incognito === undefined ? {} : { incognito }),
    },
    inSubFrame: details.type === 'sub_frame',
    at: Math.round(details.timeStamp),
  };
}

/**
 * The observations that an event makes. What has to be asked of the browser is asked at once, since the tab may soon be
 * gone. `run` names this run of the browser.
 */
export async function observeEvent(
  { facts: captured, origin, at }: CapturedEvent,
  run: Promise<string>,
  access: KnownAccess,
  pages: PagesWithToken,
): Promise<Observation[]> {
  const facts: CapturedFact[] = [];
  for (const one of captured) {
    const depends = one.ifGranted !== undefined || one.ifTokenOf !== undefined;
    if (!depends || (await isFact(one, at, access, pages))) facts.push(one);
  }
  if (!facts.length) return [];
  const [where, ...watchedFacts] = await Promise.all([
    resolveTabContext(origin, run),
    ...facts.map((one) => withAccess(one, access)),
  ]);
  return watchedFacts.map(({ id, fact, source, site }) => ({
    ...createObservation(fact, source, at, { site, ...where }),
    id,
  }));
}

/** Whether what was captured at an instant (epoch ms) is a fact, by what it depends on. */
async function isFact(
  { ifGranted, ifTokenOf }: CapturedFact,
  at: number,
  access: KnownAccess,
  pages: PagesWithToken,
): Promise<boolean> {
  if (ifGranted !== undefined && !(await access.granted()).includes(ifGranted)) return false;
  return ifTokenOf === undefined || pages.hadToken(ifTokenOf, at);
}

/** Whether all that an event asks of the browser is known already. */
export function isAnswered({ facts, origin }: CapturedEvent, access: KnownAccess): boolean {
  return (
    isContextKnown(origin) &&
    facts.every(
      ({ accessTo, fact, ifGranted }) =>
        ifGranted === undefined && (!accessTo || !('watched' in fact) || access.isKnown(accessTo)),
    )
  );
}

/** A fact that says whether its site is watched, with the browser's answer to that. */
async function withAccess(captured: CapturedFact, access: KnownAccess): Promise<CapturedFact> {
  const { fact, accessTo } = captured;
  if (!accessTo || !('watched' in fact)) return captured;
  return { ...captured, fact: { ...fact, watched: await access.has(accessTo) } };
}
