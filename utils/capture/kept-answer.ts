import { parseServerTiming } from './server-timing.ts';

/**
 * Whether headers (name and value) of an answer say that a cache on the way may have kept it: by `Age`, by `Cache-Status`
 * (RFC 9211) and the names before it, such as `X-Cache` and `X-Varnish`, or by what a CDN writes into `Server-Timing`.
 */
export function mayBeKept(headers: readonly (readonly [string, string])[]): boolean {
  return headers.some(([name, value]) => {
    if (/^age$/i.test(name)) return Number(value) > 0;
    if (/^server-timing$/i.test(name)) return isKeptByTiming(value);
    return CACHE_HEADER.test(name) && (/^x-varnish$/i.test(name) ? OF_TWO : KEPT).test(value);
  });
}

/** Headers that caches on the way write: none of them tells caches what to do. */
export const CACHE_HEADER = /^(?!.*-control$).*cache|^x-varnish$/i;

/**
 * What caches say of an answer that they kept: `TCP_HIT`, `RefreshHit from cloudfront`, `STALE`. Words after an equals
 * sign say why the server was asked.
 */
const KEPT =
  /(?<![a-z])(refresh)?hit(?![a-z])|(?:^|,)\s*(stale|updating|revalidated?|prerender)(?![a-z-])/i;

/** Varnish gives the number of the request and, where it kept the answer, of the one that had brought it. */
const OF_TWO = /^\s*\d+\s+\d+\s*$/;

/** The metrics of CDNs: a site has caches of its own behind the answer, and metrics of them. */
const CDN_METRIC = /^(?:cdn-cache|cfcachestatus)-?/i;

function isKeptByTiming(header: string): boolean {
  if (!/cache/i.test(header)) return false;
  return parseServerTiming(header).some(
    ({ name, desc }) =>
      CDN_METRIC.test(name) && [name.replace(CDN_METRIC, ''), desc ?? ''].some((s) => KEPT.test(s)),
  );
}

/** Whether a browser that has kept an answer with these headers may ask the server whether it still holds. */
export function mayBeRevalidated(headers: readonly (readonly [string, string])[]): boolean {
  return headers.some(([name]) => /^(etag|last-modified)$/i.test(name));
}
