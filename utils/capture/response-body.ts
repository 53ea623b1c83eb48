import { decodeBase64 } from '../model/base64.ts';
import { parseInstant } from '../model/instant.ts';
import { parseObject, type Json } from '../model/json.ts';
import type { ApiFact, TokenFact } from '../model/observation.ts';
import { MAX_SCOPES, SCOPE_NAME } from '../model/scope-name.ts';

/** Turns a Kakao user id into a salted hash, so that the id itself is never kept. */
export type HashUserId = (userId: string) => Promise<string>;

/** What stands in a user id's place where a file was cleaned: one digit again and again, or the digits in their order. */
const NO_REAL_ID = /^(?:0|(\d)\1{3,}|12345678(?:90?)?)$/;

/** The user id of a body; null where there is none, or one in its place that several users may have. */
function userIdOf(body: Json): string | null {
  const id = body['id'] ?? body['user_id'] ?? body['sub'];
  if (typeof id !== 'number' && typeof id !== 'string') return null;
  const digits = String(id);
  return /^\d{1,20}$/.test(digits) && !NO_REAL_ID.test(digits) ? digits : null;
}

/**
 * Reads the facts that the judgement uses out of a kapi response body; a null body says nothing. `request` is the
 * request's query and form: with `property_keys` in it the body is not whole. See docs/kakao-rules.md#manual-link.
 */
export async function apiBodyFacts(
  path: string,
  text: string | null,
  request: string,
  hash: HashUserId,
): Promise<
  Pick<ApiFact, 'code' | 'hasSignedUp' | 'connectedAt' | 'account' | 'wholeBody' | 'requiredScopes'>
> {
  const body = parseObject(text ?? '');
  const code = body?.['code'];
  const signedUp = body?.['has_signed_up'];
  const connected = body?.['connected_at'];
  const scopes = body?.['required_scopes'];
  const userId = body && path.startsWith('/v') ? userIdOf(body) : null;
  return {
    code:
      typeof code === 'number' && Number.isInteger(code) && Math.abs(code) < 100_000 ? code : null,
    hasSignedUp: typeof signedUp === 'boolean' ? signedUp : null,
    connectedAt: typeof connected === 'string' ? parseInstant(connected) : null,
    account: userId ? await hash(userId) : null,
    wholeBody: body !== null && 'id' in body && !request.includes('property_keys'),
    requiredScopes: Array.isArray(scopes)
      ? scopes
          .filter((s): s is string => typeof s === 'string' && SCOPE_NAME.test(s))
          .slice(0, MAX_SCOPES)
      : [],
  };
}

/** Reads Kakao's error code and the hashed user of the ID token out of a token response body. */
export async function tokenBodyFacts(
  text: string | null,
  hash: HashUserId,
): Promise<Pick<TokenFact, 'error' | 'account'>> {
  const body = parseObject(text ?? '');
  const error = body?.['error_code'];
  const subject = subjectOf(body?.['id_token']);
  return {
    error: typeof error === 'string' && /^KOE\d{3,4}$/.test(error) ? error : null,
    account: subject ? await hash(subject) : null,
  };
}

/** Reads `sub` of an ID token, which is the user id; the signature is not checked. See docs/kakao-rules.md#user-id. */
function subjectOf(idToken: unknown): string | null {
  if (typeof idToken !== 'string') return null;
  const payload = idToken.split('.')[1];
  if (!payload) return null;
  try {
    return userIdOf(JSON.parse(decodeBase64(payload)) as Json);
  } catch {
    return null;
  }
}

/** Tells what SDK v1's popup hands to its opener; null where the page is something else. See docs/kakao-rules.md#popup. */
export function popupMessage(html: string | null): 'token' | 'error' | null {
  const posted = html?.includes('postResponse') ? html : null;
  if (!posted) return null;
  if (posted.includes('access_token')) return 'token';
  return posted.includes('error') ? 'error' : null;
}

/** Finds the KOE code that an error page of kauth shows as text; null where it shows none. */
export function koeCodeOnPage(html: string | null): string | null {
  return html?.match(/\bKOE\d{3,4}\b/)?.[0] ?? null;
}
