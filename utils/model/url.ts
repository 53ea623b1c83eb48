/** Parses a URL; null where it is none. */
export function parseUrl(text: string | null | undefined): URL | null {
  return text ? URL.parse(text) : null;
}

/** An origin as a report may hold it. A URL's host may have quotes in it, though no name that can be looked up has. */
const ORIGIN = /^https?:\/\/[^\s/"'<>]{1,290}$/;

/** Tells whether an origin is one that a report may hold. */
export function isUsableOrigin(origin: string): boolean {
  return ORIGIN.test(origin);
}

/**
 * An address of the web as it is usually written, up to the end of its origin: the host in small letters, and no port. What
 * comes after that has no part in the origin, so that such an address need not be parsed.
 */
const PLAIN_ORIGIN = /^https:\/\/(?:(?!xn--)[a-z\d-]{1,60}\.){1,4}[a-z]{2,20}(?=[/?#]|$)/;

/** Origin of an http(s) URL, or of the page that made a blob URL; null for anything else, such as the SDK's words. */
export function originOf(text: string | null | undefined): string | null {
  const plain = text ? PLAIN_ORIGIN.exec(text) : null;
  if (plain) return plain[0];
  const url = parseUrl(text);
  return url && isUsableOrigin(url.origin) ? url.origin : null;
}

/** The host of an address, without its port; null where the text is no address. */
export function hostnameOf(text: string): string | null {
  const plain = PLAIN_ORIGIN.exec(text);
  return plain ? hostOf(plain[0]) : (parseUrl(text)?.hostname ?? null);
}

/** The host of an origin, with its port where that is not the usual one. */
export function hostOf(origin: string): string {
  return origin.slice(origin.indexOf('//') + 2);
}

/** What stands before a country's two letters where names are given below it: `co.kr`, `com.au`. */
const SECOND_LEVEL = /^(co|or|ne|re|pe|go|ac|ad|com|net|org|gov|edu|mil)$/;

/**
 * Returns the domain that an origin's owner registered, as far as its labels tell: the last two, or three where names are
 * given below the second, as in `co.kr`. An address of numbers, or a name of one label, is returned whole.
 */
export function registeredDomain(origin: string): string {
  const { hostname } = parseUrl(origin) ?? { hostname: origin };
  if (/^[\d.]+$|:/.test(hostname)) return hostname;
  const labels = hostname.split('.');
  const isShort = /^[a-z]{2}$/.test(labels.at(-1) ?? '') && SECOND_LEVEL.test(labels.at(-2) ?? '');
  return labels.slice(isShort ? -3 : -2).join('.');
}
