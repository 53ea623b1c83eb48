import { resolveTabContext } from '../browser/tab-context.ts';
import type { BrowserDetails } from '../browser/traffic.ts';
import { captureSiteResponse } from '../capture/site-response.ts';
import { captureWebRequest, type WebRequestEvent } from '../capture/web-request.ts';
import type { Observation, Source, TrafficFact } from '../model/observation.ts';
import { createObservation } from './create-observation.ts';
import type { KnownAccess } from './known-access.ts';

/** What one event says, about which site, and who says it. */
interface CapturedFact {
  fact: TrafficFact;
  source: Source;
  site: string | null;
  /** The site whose access makes the fact a watched one; only where the fact says whether it was. */
  accessTo?: string | null;
}

/**
 * The observations that one webRequest event makes; null where it says nothing of a Kakao login, as most do. What has to
 * be asked of the browser is asked at once, since the tab may soon be gone. `run` names this run of the browser.
 */
export function observeTraffic(
  event: WebRequestEvent,
  details: BrowserDetails,
  run: Promise<string>,
  access: KnownAccess,
): Promise<Observation[]> | null {
  const facts = capture(event, details);
  return facts.length ? toObservations(facts, details, run, access) : null;
}

/** Everything that one event says: of a request to Kakao, and of what a site's back end reports in its headers. */
function capture(event: WebRequestEvent, details: BrowserDetails): CapturedFact[] {
  const request = captureWebRequest(event, details);
  const response = captureSiteResponse(details);
  const reports = response?.reports ?? [];
  return [
    ...(request ? [{ ...request, source: 'browser' as const }] : []),
    ...reports.map((fact) => ({
      fact,
      source: 'server' as const,
      site: response?.site ?? null,
    })),
  ];
}

async function toObservations(
  facts: CapturedFact[],
  details: BrowserDetails,
  run: Promise<string>,
  access: KnownAccess,
): Promise<Observation[]> {
  const [where, ...watchedFacts] = await Promise.all([
    resolveTabContext(details, run),
    ...facts.map((captured) => withAccess(captured, access)),
  ]);
  const at = Math.round(details.timeStamp);
  return watchedFacts.map(({ fact, source, site }) =>
    createObservation(fact, source, at, site, where),
  );
}

/** A fact that says whether its site is watched, with the browser's answer to that. */
async function withAccess(captured: CapturedFact, access: KnownAccess): Promise<CapturedFact> {
  const { fact, accessTo } = captured;
  if (!accessTo || !('watched' in fact)) return captured;
  return { ...captured, fact: { ...fact, watched: await access.has(accessTo) } };
}
