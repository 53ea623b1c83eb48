import { objectOf, textOf, type Json } from '../../../model/json.ts';
import type { HarEntry } from './har-entry.ts';

/**
 * Whether the browser answered without asking the host (`cached`), by the marks of Chromium, Safari, Firefox and Playwright, and
 * whether it may have (`maybeCached`): a service worker answered, or a cache had an answer before the request.
 */
export function whoAnswered(entry: Json, response: Json): Pick<HarEntry, 'cached' | 'maybeCached'> {
  /** In Safari's words. */
  const fetchType = textOf(entry['_fetchType']) ?? textOf(response['_fetchType']) ?? '';
  /** Where a service worker had its answer from, in Chromium's words. */
  const workerSource =
    textOf(entry['_serviceWorkerResponseSource']) ??
    textOf(response['_serviceWorkerResponseSource']) ??
    '';
  const isByWorker =
    entry['_fetchedViaServiceWorker'] === true || response['_fetchedViaServiceWorker'] === true;
  const { beforeRequest, afterRequest } = objectOf(entry['cache']);
  return {
    cached:
      Boolean(entry['_fromCache']) ||
      // A test answered in Kakao's place: Playwright's `route.fulfill`.
      Boolean(entry['_wasFulfilled']) ||
      // Safari's local overrides are such answers, too.
      /cache|override/i.test(fetchType) ||
      /cache/i.test(workerSource) ||
      Boolean(entry['_responseCacheStorageCacheName']) ||
      Boolean(response['_responseCacheStorageCacheName']) ||
      wasHit(afterRequest),
    maybeCached:
      (workerSource === '' && isByWorker) ||
      /service worker/i.test(fetchType) ||
      /fallback/i.test(workerSource) ||
      wasHit(beforeRequest),
  };
}

function wasHit(state: unknown): boolean {
  return Number(objectOf(state)['hitCount']) > 0;
}
