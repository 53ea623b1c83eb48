/**
 * Whether headers (name and value) of an answer say that a cache on the way may have kept it: by `Age`, or by `Cache-Status`
 * (RFC 9211) and the names before it, such as `X-Cache`.
 */
export function mayBeKept(headers: readonly (readonly [string, string])[]): boolean {
  return headers.some(([name, value]) =>
    name.toLowerCase() === 'age' ? Number(value) > 0 : isHit(name, value),
  );
}

/** Whether a browser that has kept an answer with these headers may ask the server whether it still holds. */
export function mayBeRevalidated(headers: readonly (readonly [string, string])[]): boolean {
  return headers.some(([name]) => /^(etag|last-modified)$/i.test(name));
}

function isHit(name: string, value: string): boolean {
  return /cache/i.test(name) && /\bhit\b/i.test(value);
}
