import {
  endpointOf,
  isKakaoHost,
  isLoginForm,
  isLoginHost,
  KAPI,
  KAUTH,
  siteOfSdkFrame,
} from '../kakao/endpoints.ts';
import type { ApiFact, AuthorizeFact, TrafficFact } from '../model/observation.ts';
import { originOf, parseUrl } from '../model/url.ts';
import { arrivalFact, authorizeFact } from './authorize.ts';
import { blockedBy } from './blocked.ts';
import { createApiFact, createTokenFact } from './call-facts.ts';
import { findTokenInUrl } from './leaked-secrets.ts';
import { reducePath } from './reduce-path.ts';
import { clientIdOf, methodOf } from './reduce-url.ts';

/** The webRequest events that are listened to. */
export type WebRequestEvent = 'redirect' | 'answered' | 'error';

/** The fields that are read of a webRequest event, by Chrome's and Firefox's names. */
export interface WebRequestDetails {
  url: string;
  method: string;
  type: string;
  statusCode?: number;
  redirectUrl?: string;
  fromCache?: boolean;
  /** The answer may be one that somebody made up, of which Kakao knows nothing. */
  maybeMadeUp?: boolean;
  /** Why no answer came, by the browser's name for it. */
  error?: string;
  timeStamp: number;
  /** When the browser sent the request, epoch ms; absent where that event was missed. */
  sentAt?: number;
  /** The document that asks; none for a page that is only loading. */
  documentId?: string;
  /** Chrome's. */
  initiator?: string;
  /** Firefox's, as are the next two. */
  originUrl?: string;
  documentUrl?: string;
  frameAncestors?: { url: string; frameId?: number }[];
}

/** What one event says, and of which site. */
export interface CapturedRequest {
  fact: TrafficFact;
  site: string | null;
  /** The site whose calls can be seen only with access to it; given where the fact has `watched`. */
  accessTo?: string | null;
}

const CALL_TYPES = ['xmlhttprequest', 'other', 'beacon', 'ping'];
const PAGE_TYPES = ['main_frame', 'sub_frame'];

/** One event, parsed once for all that read it. */
interface ParsedEvent {
  event: WebRequestEvent;
  details: WebRequestDetails;
  url: URL;
  method: string;
  /** 0 where no answer came. */
  status: number;
  isPage: boolean;
  /** Site of the initiator; null where that is one of Kakao's own pages, or unknown. */
  site: string | null;
  /** Host of the initiator where that is one of Kakao's own. */
  kakaoHost: string | null;
}

/**
 * Turns one webRequest event into a secret-free fact; null where it says nothing of a Kakao login. A fact's `watched` is
 * false here: the caller finds out whether access to `accessTo` is granted. Reads no headers and no bodies.
 */
export function captureWebRequest(
  event: WebRequestEvent,
  details: WebRequestDetails,
): CapturedRequest | null {
  const url = parseUrl(details.url);
  if (!url) return null;
  const parsed: ParsedEvent = {
    event,
    details,
    url,
    method: methodOf(details.method),
    status: event === 'error' ? 0 : (details.statusCode ?? 0),
    isPage: PAGE_TYPES.includes(details.type),
    ...initiatorOf(details),
  };
  switch (endpointOf(url)) {
    case 'authorize':
    case 'kauth-page':
      return captureKauthPage(parsed);
    case 'code-poll':
      return capturePoll(parsed);
    case 'sdk-frame':
      return captureSdkFrame(parsed);
    case 'token':
      return captureTokenRequest(parsed);
    case 'api':
      return captureApiCall(parsed);
    default:
      return captureSitePage(parsed);
  }
}

/** Finds the site a request came from, and the host where it came from one of Kakao's own pages. */
function initiatorOf(d: WebRequestDetails): Pick<ParsedEvent, 'site' | 'kakaoHost'> {
  // In Firefox, the document of a frame's page is the one around it, and the page's own is its origin.
  const [own, around] =
    d.type === 'sub_frame' ? [d.originUrl, d.documentUrl] : [d.documentUrl, d.originUrl];
  const origin = originOf(d.initiator) ?? originOf(own) ?? originOf(around);
  const host = parseUrl(origin)?.host ?? null;
  const kakaoHost = host && isKakaoHost(host) ? host : null;
  if (origin && !kakaoHost) return { site: origin, kakaoHost };
  const ancestors = (d.frameAncestors ?? []).map((a) => originOf(a.url));
  const parent = ancestors.find((a) => a && !isKakaoHost(new URL(a).host));
  return { site: parent ?? null, kakaoHost };
}

function captureKauthPage(parsed: ParsedEvent): CapturedRequest | null {
  const { event, details, url, method, status, kakaoHost } = parsed;
  // What Back shows again out of the cache is of a login before: Kakao was asked for nothing.
  if (!parsed.isPage || event === 'error' || details.fromCache) return null;
  const site = parsed.site ?? originOf(url.searchParams.get('origin'));
  const redirectSite = originOf(url.searchParams.get('redirect_uri'));
  const fact = authorizeFact({
    method,
    url,
    status,
    location: event === 'redirect' ? parseUrl(details.redirectUrl) : null,
    fromKakao: kakaoHost !== null && isLoginHost(kakaoHost),
    fromKauth: kakaoHost === KAUTH,
    watched: false,
  });
  const accessTo = site ?? redirectSite ?? originOf(details.redirectUrl);
  return fact && { fact: withInstant(fact, details), site, accessTo };
}

function capturePoll({ event, url, site, isPage }: ParsedEvent): CapturedRequest | null {
  if (event !== 'answered' || isPage) return null;
  const clientId = clientIdOf(url.searchParams);
  return { fact: { type: 'poll', clientId, watched: false }, site, accessTo: site };
}

function captureSdkFrame({ event, details, url, site }: ParsedEvent): CapturedRequest | null {
  if (details.type !== 'sub_frame' || event !== 'answered') return null;
  return { fact: { type: 'frame' }, site: siteOfSdkFrame(url) ?? site };
}

function captureTokenRequest(parsed: ParsedEvent): CapturedRequest | null {
  const { event, details, method, status, site } = parsed;
  if (parsed.isPage || event === 'redirect' || method === 'OPTIONS') return null;
  if (details.fromCache || details.maybeMadeUp) return null;
  return { fact: createTokenFact({ method, status, ...sendingOf(details) }), site };
}

function captureApiCall(parsed: ParsedEvent): CapturedRequest | null {
  const { event, details, url, method, status, site, kakaoHost } = parsed;
  // What is loaded with a token in its address is a call: a page, a frame, a script.
  const isLoaded = url.searchParams.has('access_token');
  const isCall = isLoaded || CALL_TYPES.includes(details.type);
  if (!isCall || event === 'redirect' || method === 'OPTIONS') return null;
  const fact = createApiFact({
    method,
    path: reducePath(url.pathname),
    status,
    cached: details.fromCache === true,
    ...(details.maybeMadeUp ? { maybeCached: true as const } : {}),
    ...(event === 'error' ? blockedBy(details.error) : {}),
    inFrame: kakaoHost === KAPI,
    // Whose id it is is not read: it says that the call is about a user it names.
    ...(url.searchParams.has('target_id') ? { target: 'other' } : {}),
    ...sendingOf(details),
  });
  return { fact, site };
}

/** A step with the instant from which other logins may have ended while its screen was on its way. */
function withInstant(step: AuthorizeFact, details: WebRequestDetails): AuthorizeFact {
  return step.outcome === 'screen' ? { ...step, ...sentAtOf(details) } : step;
}

/** When a request was sent, and by which document, as far as the browser says. */
function sendingOf(details: WebRequestDetails): Pick<ApiFact, 'sentAt' | 'documentId'> {
  const { documentId } = details;
  return { ...sentAtOf(details), ...(documentId === undefined ? {} : { documentId }) };
}

function sentAtOf({ sentAt }: WebRequestDetails): { sentAt?: number } {
  return sentAt === undefined ? {} : { sentAt: Math.round(sentAt) };
}

function captureSitePage({ event, details, url }: ParsedEvent): CapturedRequest | null {
  if (details.type !== 'main_frame' || event === 'error' || isKakaoHost(url.host)) return null;
  // The login form's address holds the whole authorize request, and is never a site's page.
  if (isLoginForm(url)) return null;
  const location = event === 'redirect' ? parseUrl(details.redirectUrl) : null;
  const fact = arrivalFact(url, location) ?? findTokenInUrl(url);
  return fact && { fact, site: url.origin };
}
