import { isKakaoHost } from '../kakao/endpoints.ts';
import type { LeakFact } from '../model/observation.ts';
import { clientIdOf } from './reduce-url.ts';

/** Paths of calls about a user. The SDK signs sharing calls with the JavaScript key in the same way, and those are no leak. */
const USER_CALL = /^\/v\d\/(user|api\/talk\/(profile|friends|channels))(\/|$)/;
const TOKENS = ['access_token', 'refresh_token', 'id_token'];

/** Finds a token in the query of a page's URL; null where there is none. */
export function findTokenInUrl(url: URL): LeakFact | null {
  const carries = !isKakaoHost(url.host) && TOKENS.some((name) => url.searchParams.has(name));
  return carries ? { type: 'leak', what: 'token-in-url', clientId: null } : null;
}

/** Finds the client secret, which only a server may hold, in a token request's form, by its presence and never its value. */
export function findClientSecret(form: URLSearchParams): LeakFact | null {
  return form.get('client_secret')
    ? { type: 'leak', what: 'client-secret', clientId: clientIdOf(form) }
    : null;
}

/** Finds the admin key, which only a server may hold, in an API call, by its presence and never its value. */
export function findAdminKey(url: URL, authorization: string | null): LeakFact | null {
  const isAdmin = /^KakaoAK\s/i.test(authorization ?? '') && USER_CALL.test(url.pathname);
  return isAdmin ? { type: 'leak', what: 'admin-key', clientId: null } : null;
}
