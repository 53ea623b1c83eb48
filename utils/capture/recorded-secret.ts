/** A code or token as it was recorded; null where the recorder put a mask in its place. */
export function secretOf(text: string | null | undefined): string | null {
  if (!text || text.length < 16 || new Set(text).size < 8) return null;
  return isMask(text) ? null : text;
}

/** The code that an address has, as `secretOf` reads it. */
export function codeInAddress(url: URL | null): string | null {
  // Most addresses have none, and need not be taken apart.
  return url && /[?&]code=/.test(url.search) ? secretOf(url.searchParams.get('code')) : null;
}

/** Whether a text says that a recorder put it in the place of another. */
export function isMask(text: string): boolean {
  return /redact|mask|hidden|filtered|[^\w.~+/=-]/i.test(text);
}
