import { objectOf, textOf, type Json } from '../../../model/json.ts';

/** Whether the browser answered without asking the host, by the marks of Chromium, Safari, Firefox and Playwright. */
export function isFromCache(entry: Json, response: Json): boolean {
  const { fetchType, workerSource } = whoAnswered(entry, response);
  const cacheNames = [entry, response].map((part) => part['_responseCacheStorageCacheName']);
  return (
    Boolean(entry['_fromCache']) ||
    // A test answered in Kakao's place: Playwright's `route.fulfill`.
    Boolean(entry['_wasFulfilled']) ||
    // Safari's local overrides are such answers, too.
    /cache|override/i.test(fetchType) ||
    /cache/i.test(workerSource) ||
    cacheNames.some(Boolean) ||
    wasHit(objectOf(entry['cache'])['afterRequest'])
  );
}

function wasHit(state: unknown): boolean {
  return Number(objectOf(state)['hitCount']) > 0;
}

/**
 * Whether a service worker answered, by the marks of Safari and Chromium, or a cache had an answer before the request: either
 * may have asked the host, or not.
 */
export function mayBeFromCache(entry: Json, response: Json): boolean {
  const { fetchType, workerSource } = whoAnswered(entry, response);
  const isByWorker = [entry, response].some((part) => part['_fetchedViaServiceWorker'] === true);
  return (
    (workerSource === '' && isByWorker) ||
    /service worker/i.test(fetchType) ||
    /fallback/i.test(workerSource) ||
    wasHit(objectOf(entry['cache'])['beforeRequest'])
  );
}

/** Who answered, in Safari's words, and where a service worker had its answer from, in Chromium's; empty where none says. */
function whoAnswered(entry: Json, response: Json): { fetchType: string; workerSource: string } {
  const field = (name: string) => textOf(entry[name]) ?? textOf(response[name]) ?? '';
  return { fetchType: field('_fetchType'), workerSource: field('_serviceWorkerResponseSource') };
}
