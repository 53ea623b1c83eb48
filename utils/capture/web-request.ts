import { endpointOf, isKakaoHost, isLoginForm, KAPI } from '../kakao/endpoints.ts';
import type { TrafficFact } from '../model/observation.ts';
import { arrivalFact, authorizeFact } from './authorize.ts';
import { createApiFact, createTokenFact } from './call-facts.ts';
import { findTokenInUrl } from './leaked-secrets.ts';
import { originOf, parseUrl } from '../model/url.ts';
import { clientIdOf, methodOf, reducePath } from './reduce-url.ts';

/** The webRequest events that are listened to. */
export type WebRequestEvent = 'redirect' | 'completed' | 'error';

/** The fields read of a webRequest event, in Chrome's names and Firefox's. */
export interface WebRequestDetails {
  url: string;
  method: string;
  type: string;
  statusCode?: number;
  redirectUrl?: string;
  fromCache?: boolean;
  timeStamp: number;
  /** Chrome. */
  initiator?: string;
  /** Firefox. */
  originUrl?: string;
  documentUrl?: string;
  frameAncestors?: { url: string; frameId?: number }[];
}

/** What the event says, and for which site. */
export interface CapturedRequest {
  fact: TrafficFact;
  site: string | null;
  /** The site that has to be watched for the calls that follow to be seen; only where the fact's `watched` says so. */
  accessTo?: string | null;
}

const CALL_TYPES = ['xmlhttprequest', 'other', 'beacon', 'ping'];
const PAGE_TYPES = ['main_frame', 'sub_frame'];

/** Where a request came from: the initiator's site, unless it is a Kakao page. */
function cameFrom(d: WebRequestDetails): { site: string | null; kakaoHost: string | null } {
  const origin = originOf(d.initiator) ?? originOf(d.documentUrl) ?? originOf(d.originUrl);
  const host = parseUrl(origin)?.host ?? null;
  const kakaoHost = host && isKakaoHost(host) ? host : null;
  if (origin && !kakaoHost) return { site: origin, kakaoHost };
  const ancestors = (d.frameAncestors ?? []).map((a) => originOf(a.url));
  const parent = ancestors.find((a) => a && !isKakaoHost(new URL(a).host));
  return { site: parent ?? null, kakaoHost };
}

/**
 * Turns one webRequest event into a secret-free fact; null where it says nothing of a Kakao login. A fact's `watched` is
 * false here: whether `accessTo` is granted is for the caller to find out. Reads no headers and no bodies.
 */
export function captureWebRequest(
  event: WebRequestEvent,
  d: WebRequestDetails,
): CapturedRequest | null {
  const url = parseUrl(d.url);
  if (!url) return null;
  const endpoint = endpointOf(url);
  const { site, kakaoHost } = cameFrom(d);
  const isPage = PAGE_TYPES.includes(d.type);
  const say = (fact: TrafficFact | null, of = site) => (fact ? { fact, site: of } : null);
  const method = methodOf(d.method);
  const status = event === 'error' ? 0 : (d.statusCode ?? 0);

  switch (endpoint) {
    case 'authorize':
    case 'kauth-page': {
      if (!isPage || event === 'error') return null;
      const redirectSite = originOf(url.searchParams.get('redirect_uri'));
      const forSite = site ?? originOf(url.searchParams.get('origin'));
      const fact = authorizeFact({
        method,
        url,
        status,
        location: event === 'redirect' ? (d.redirectUrl ?? null) : null,
        fromKakao: kakaoHost !== null,
        watched: false,
      });
      return (
        fact && {
          fact,
          site: forSite,
          accessTo: forSite ?? redirectSite ?? originOf(d.redirectUrl),
        }
      );
    }
    case 'code-poll':
      if (event !== 'completed') return null;
      return {
        fact: { type: 'poll', clientId: clientIdOf(url.searchParams), watched: false },
        site,
        accessTo: site,
      };
    case 'sdk-frame': {
      const forSite = originOf(url.searchParams.get('xdm_e')) ?? site;
      return d.type === 'sub_frame' && event === 'completed'
        ? say({ type: 'frame' }, forSite)
        : null;
    }
    case 'token':
      if (isPage || event === 'redirect' || method === 'OPTIONS') return null;
      return say(createTokenFact({ method, status }));
    case 'api':
      if (!CALL_TYPES.includes(d.type) || event === 'redirect' || method === 'OPTIONS') return null;
      return say(
        createApiFact({
          method,
          path: reducePath(url.pathname),
          status,
          cached: d.fromCache === true,
          inFrame: kakaoHost === KAPI,
        }),
      );
    default:
      // A page of a watched site. The login form's address nests the whole request: never a site's page.
      if (d.type !== 'main_frame' || event === 'error' || isKakaoHost(url.host)) return null;
      return isLoginForm(url) ? null : say(arrivalFact(url) ?? findTokenInUrl(url), url.origin);
  }
}
