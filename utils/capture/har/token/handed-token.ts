import type { TokenHandedFact } from '../../../model/observation.ts';
import { registeredDomain } from '../../../model/url.ts';
import { isMaskedAuthorization, secretOf } from '../../recorded-secret.ts';
import { headerOf, isPreflight, textsOf, type HarEntry } from '../entry/har-entry.ts';
import { fieldList } from '../entry/har-headers.ts';
import type { FactPlace, HarHistory, TokenOrigin } from '../har-history.ts';
import { percentDecoded, tokensIn, withoutEscapes } from './token-words.ts';

/** A token that was handed over, and where it was issued; null where that is not known. */
interface HandedFact {
  fact: TokenHandedFact;
  issuedIn: FactPlace | null;
}

/**
 * The tokens that Kakao issued earlier in the file and a request carries: in its address, a header or its body, as they are
 * or in base64. Where the recorder left out a token, any bearer's may be it.
 */
function handedTokens(entry: HarEntry, history: HarHistory): Set<string> {
  const { tokens, hasUnknownToken } = history;
  const found = new Set<string>();
  const { bearer } = entry;
  if (bearer && (hasUnknownToken || tokens.has(bearer))) found.add(bearer);
  if (tokens.size === 0) return found;
  for (const text of textsOf(entry)) for (const token of tokensIn(text, history)) found.add(token);
  return found;
}

/**
 * The facts that a request handed over tokens: one for all tokens of one login, each with the place where they were issued. The
 * place is null where the recorder wrote the same for tokens of several places.
 */
export function handedFacts(entry: HarEntry, history: HarHistory): HandedFact[] {
  const byIssue = new Map<string, HandedFact>();
  for (const token of handedTokens(entry, history)) {
    const issued = secretOf(token) === null ? undefined : history.tokens.get(token);
    const issuedIn = issued && !issued.isOfSeveral ? issued : null;
    const { issuedAt = null, codeAt = null } = issuedIn ?? {};
    const fact = handedFact({ issuedAt, codeAt });
    byIssue.set(`${issuedAt} ${codeAt} ${issuedIn?.tab} ${issuedIn?.site}`, { fact, issuedIn });
  }
  return [...byIssue.values()];
}

/** The fact that a token was handed over, by when it was issued. */
export function handedFact({ issuedAt, codeAt }: TokenOrigin): TokenHandedFact {
  return {
    type: 'token-handed',
    ...(issuedAt === null ? {} : { tokenIssuedAt: issuedAt }),
    ...(codeAt === null ? {} : { codeAt }),
  };
}

/** What names a token, or is as long as Kakao's are. */
const MAY_BE_TOKEN = /access_?token|kakao_?token|[\w-]{40,2000}/gi;

/**
 * Whether a page sent its own server something after a token was issued that may be the token: the recorder left out what
 * was sent, or the token. Null for a site means that a native app did. What a page only reports, as analytics do, is none.
 */
export function mayHandToken(entry: HarEntry, site: string | null, history: HarHistory): boolean {
  if (site === null) return nativeAppSendsToken(entry, history) && maySendToken(entry, history);
  if (!maySendToken(entry, history)) return false;
  // What only reports has no Authorization: a server that gets one, or is asked whether it may, can have any domain.
  if (hasMaskedAuthorization(entry) || (entry.mayHideToken && isPreflight(entry))) return true;
  const isReport =
    /^(ping|beacon)$/.test(entry.resourceType ?? '') ||
    headerOf(entry, 'sec-fetch-mode') === 'no-cors';
  return !isReport && registeredDomain(entry.url.origin) === registeredDomain(site);
}

/** Whether a native app, which is of no site and has servers anywhere, may send its token: by its name, since apps report much. */
function nativeAppSendsToken(entry: HarEntry, { latestPlace }: HarHistory): boolean {
  return latestPlace?.site === null && (sendsNamedToken(entry) || hasTokenHeader(entry));
}

/** Whether a request sends what may be a token of a login before it, in the file or before that. */
function maySendToken(entry: HarEntry, history: HarHistory): boolean {
  const { tokens, hasUnknownToken, latestTarget, seenCodes } = history;
  if (hasUnknownToken) return mayHideToken(entry) || sendsUnknown(entry, history);
  if (tokens.size > 0) return mayHideToken(entry) || sendsMaskedToken(entry);
  // The file may begin after a login that another file shows.
  return latestTarget === null && seenCodes.size === 0 && sendsNamedToken(entry);
}

function mayHideToken(entry: HarEntry): boolean {
  return entry.mayHideToken || hasMaskedAuthorization(entry);
}

/** Whether a request has an Authorization header that the recorder masked. */
function hasMaskedAuthorization(entry: HarEntry): boolean {
  const value = headerOf(entry, 'authorization');
  return value !== null && isMaskedAuthorization(value);
}

/** The name of a token in a text, and the mask behind it: a word that says so, or one character again and again. */
const NAMED_MASK =
  /(?:access_?token|kakao_?token)\W{1,8}(?:redact|mask|hidden|filtered|remov|scrub|omitted|[*]|(\w)\1{3})/i;

/** Whether a request sends a token, by its name, that was left out of the file. */
function sendsMaskedToken({ sentText, url }: HarEntry): boolean {
  return [sentText ?? '', url.search].some((text) => NAMED_MASK.test(percentDecoded(text)));
}

/** A token with its name before it, which has no dots as a site's own often have. */
const NAMED_TOKEN = /(?:access_?token|kakao_?token)\W{1,8}([\w-]{20,2000})(?![\w.-])/i;
/** What a bearer's token of Kakao's looks like. */
const LIKE_KAKAOS = /^[\w-]{40,200}$/;

/** Whether a request sends what its name, or its form in the header, says may be an access token of Kakao's. */
function sendsNamedToken(entry: HarEntry): boolean {
  return LIKE_KAKAOS.test(entry.bearer ?? '') || namedTokenIn(entry) !== null;
}

/** What a request sends as an access token, by its name, in its body or address; null where it sends none. */
export function namedTokenIn({ sentText, url }: HarEntry): string | null {
  const texts = [sentText ?? '', url.search].map(withoutEscapes);
  return texts.flatMap((text) => NAMED_TOKEN.exec(text)?.[1] ?? [])[0] ?? null;
}

/** Whether a request sends what may be a token that the recorder left out, and is none of the codes that came. */
function sendsUnknown(entry: HarEntry, { seenCodes }: HarHistory): boolean {
  const { sentText, url } = entry;
  const isInText = [sentText ?? '', percentDecoded(url.search)].some((text) =>
    text.match(MAY_BE_TOKEN)?.some((word) => !seenCodes.has(word)),
  );
  return isInText || hasTokenHeader(entry);
}

/** Names of headers in which sites send a token; not those against forged requests. */
const TOKEN_HEADER = /^(?!.*[cx]srf)(?:.*kakao.*|.*token|authorization)$/i;

/** Whether a header that is called a token's has what looks like one of Kakao's. */
function hasTokenHeader({ requestHeaders }: HarEntry): boolean {
  return fieldList(requestHeaders).some(
    ([name, value]) => TOKEN_HEADER.test(name) && LIKE_KAKAOS.test(value),
  );
}
