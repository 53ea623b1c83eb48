import { endpointOf, isKakaoHost } from '../kakao/endpoints.ts';
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

/** Finds a secret that only a server may hold in a request to Kakao, by its presence and never its value; null where there is none. */
export function findLeakToKakao(
  url: URL,
  form: URLSearchParams,
  authorization: string | null,
): LeakFact | null {
  const endpoint = endpointOf(url);
  if (endpoint === 'token' && form.get('client_secret'))
    return { type: 'leak', what: 'client-secret', clientId: clientIdOf(form) };
  const admin = /^KakaoAK\s/i.test(authorization ?? '') && USER_CALL.test(url.pathname);
  if (endpoint === 'api' && admin) return { type: 'leak', what: 'admin-key', clientId: null };
  return null;
}
