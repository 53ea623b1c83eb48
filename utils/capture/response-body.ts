import type { ApiFact, TokenFact } from '../model/observation.ts';

/** Makes a salted hash of a Kakao user id, so that the id itself is never kept. */
export type HashUserId = (userId: string) => Promise<string>;

type Json = Record<string, unknown>;

function parseObject(text: string | null): Json | null {
  if (!text) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Json)
      : null;
  } catch {
    return null;
  }
}

function userIdOf(body: Json): string | null {
  const id = body['id'] ?? body['user_id'] ?? body['sub'];
  return (typeof id === 'number' || typeof id === 'string') && /^\d{1,20}$/.test(String(id))
    ? String(id)
    : null;
}

/**
 * The facts of a kapi answer's body that the judgement uses (kakao.md 4). Null body: nothing is known.
 * `asked` is the request's query and form: `property_keys` there, and the body is not whole.
 */
export async function apiBodyFacts(
  path: string,
  text: string | null,
  asked: string,
  hash: HashUserId,
): Promise<
  Pick<ApiFact, 'code' | 'hasSignedUp' | 'connectedAt' | 'account' | 'wholeBody' | 'requiredScopes'>
> {
  const body = parseObject(text);
  const code = body?.['code'];
  const signedUp = body?.['has_signed_up'];
  const connected = body?.['connected_at'];
  const at = typeof connected === 'string' ? Date.parse(connected) : NaN;
  const scopes = body?.['required_scopes'];
  const userId = body && path.startsWith('/v') ? userIdOf(body) : null;
  return {
    code:
      typeof code === 'number' && Number.isInteger(code) && Math.abs(code) < 100_000 ? code : null,
    hasSignedUp: typeof signedUp === 'boolean' ? signedUp : null,
    connectedAt: Number.isNaN(at) ? null : at,
    account: userId ? await hash(userId) : null,
    wholeBody: body !== null && 'id' in body && !asked.includes('property_keys'),
    requiredScopes: Array.isArray(scopes)
      ? scopes
          .filter((s): s is string => typeof s === 'string' && /^[\w.]{1,40}$/.test(s))
          .slice(0, 20)
      : [],
  };
}

/** The facts of a token answer's body: Kakao's error code, and whose ID token it is. */
export async function tokenBodyFacts(
  text: string | null,
  hash: HashUserId,
): Promise<Pick<TokenFact, 'error' | 'account'>> {
  const body = parseObject(text);
  const error = body?.['error_code'];
  const subject = subjectOf(body?.['id_token']);
  return {
    error: typeof error === 'string' && /^KOE\d{3,4}$/.test(error) ? error : null,
    account: subject ? await hash(subject) : null,
  };
}

/** `sub` of an ID token, which is the user id (kakao.md 2.6); the signature is of no interest here. */
function subjectOf(idToken: unknown): string | null {
  if (typeof idToken !== 'string') return null;
  const payload = idToken.split('.')[1];
  if (!payload) return null;
  try {
    return userIdOf(JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))) as Json);
  } catch {
    return null;
  }
}

/** What SDK v1's popup hands to its opener (kakao.md 3.5); null where the page is something else. */
export function handedOver(html: string | null): 'token' | 'error' | null {
  const posted = html?.includes('postResponse') ? html : null;
  if (!posted) return null;
  if (posted.includes('access_token')) return 'token';
  return posted.includes('error') ? 'error' : null;
}

/** The KOE code that an error page of kauth shows as text; null where it shows none. */
export function shownError(html: string | null): string | null {
  return html?.match(/\bKOE\d{3,4}\b/)?.[0] ?? null;
}
