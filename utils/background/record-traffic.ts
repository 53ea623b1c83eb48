import { hasSiteAccess } from '../browser/site-access.ts';
import { resolveTabContext } from '../browser/tab-context.ts';
import type { BrowserDetails } from '../browser/traffic.ts';
import { captureSiteResponse } from '../capture/site-response.ts';
import { captureWebRequest, type WebRequestEvent } from '../capture/web-request.ts';
import type { Observation, Source, TrafficFact } from '../model/observation.ts';
import { createObservation } from './create-observation.ts';
import type { Recorder } from './recorder.ts';

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
): Promise<Observation[]> | null {
  const facts = capture(event, details);
  return facts.length ? toObservations(facts, details, run) : null;
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
): Promise<Observation[]> {
  const [where, ...watchedFacts] = await Promise.all([
    resolveTabContext(details, run),
    ...facts.map(withAccess),
  ]);
  const at = Math.round(details.timeStamp);
  return watchedFacts.map(({ fact, source, site }) =>
    createObservation(fact, source, at, site, where),
  );
}

/** A fact that says whether its site is watched, with the browser's answer to that. */
async function withAccess(captured: CapturedFact): Promise<CapturedFact> {
  const { fact, accessTo } = captured;
  if (!accessTo || !('watched' in fact)) return captured;
  return { ...captured, fact: { ...fact, watched: await hasSiteAccess(accessTo) } };
}

/** Records observations of traffic unless the tester has paused recording; says whether it did. */
export async function recordTraffic(
  recorder: Recorder,
  observations: Observation[],
): Promise<boolean> {
  if (await isPaused(recorder)) return false;
  await recorder.record(observations);
  return true;
}

/** Whether recording is paused; not while the database fails, since what is recorded then is kept aside. */
function isPaused(recorder: Recorder): Promise<boolean> {
  return recorder
    .withStore(async (_db, { tracking }) => tracking.pausedAt !== null)
    .catch(() => false);
}
