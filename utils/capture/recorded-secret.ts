/** A code or token as it was recorded; null for a mask, and for what is too short or too uniform to be told from one. */
export function secretOf(text: string | null | undefined): string | null {
  if (!text || text.length < 16 || new Set(text).size < 8) return null;
  return isMask(text) ? null : text;
}

/** The code that an address has, as `secretOf` reads it. */
export function codeInAddress(url: URL | null): string | null {
  // Most addresses have none, and need not be taken apart.
  return url && /[?&]code=/.test(url.search) ? secretOf(url.searchParams.get('code')) : null;
}

/**
 * Whether what stands for a code, a token or an app's key is a mask: it holds a word that says so, or a character that none of
 * them has. More words and characters count where a key stands (`KEY_MASK`) and behind a token's name in a text (`NAMED_MASK`).
 */
export function isMask(text: string): boolean {
  return /redact|mask|hidden|filtered|[^\w.~+/=-]/i.test(text);
}

/** A word that says what was done to a secret; or nothing, signs alone, or one character again and again behind the scheme. */
const MASKED_AUTHORIZATION =
  /redact|mask|hidden|filtered|remov|scrub|omitted|^(?:[\w-]+\s+)?(?:[^\w\s]*|(\w)\1{3,})$/i;

/** Whether a recorder masked an Authorization header. A signed token, of which it masked a part, is a site's own. */
export function isMaskedAuthorization(value: string): boolean {
  return MASKED_AUTHORIZATION.test(value) && !/[\w-]\.[\w-]+\./.test(value);
}
