import { isKakaoHost } from '../kakao/endpoints.ts';
import { MINUTE_MS } from '../model/time.ts';
import { parseUrl, registeredDomain } from '../model/url.ts';
import { askingSiteOf, headerValueOf, type SiteResponse } from './site-response.ts';
import type { CapturedRequest, WebRequestDetails } from './web-request.ts';

/**
 * A page that hands its token to its server does so at once, or with the form of its own that a new user fills in; what it
 * sends later is something else.
 */
export const HANDS_OVER_MS = 30 * MINUTE_MS;

const SENDING = ['xmlhttprequest', 'main_frame', 'sub_frame'];
/** Methods by which a page asks, and sends nothing of its own. */
const ASKING = /^(GET|HEAD|OPTIONS)$/i;
/** Names by which sites call a token in an address: `access_token`, `kakaoToken`; not those against forged requests. */
const TOKEN_NAME = /^(?!.*[cx]srf).*token$/i;

/** What is read of a page's request, and of the answer if there is one. */
type PageRequest = WebRequestDetails & Pick<SiteResponse, 'responseHeaders'>;

/** The fact that a page may have handed its token over. */
interface SentToServer extends CapturedRequest {
  /** The origin of the server; null where it is of the page's own domain. */
  to: string | null;
}

/**
 * Turns a page's request that sends something to a server, asks it for data, or has a token in its address, into the fact that
 * it may have handed a token over; null for every other request. What is sent is not read: neither bodies, which a browser
 * does not show, nor headers.
 */
export function captureSentToServer(details: PageRequest): SentToServer | null {
  const url = parseUrl(details.url);
  if (!url || isKakaoHost(url.host)) return null;
  const sends = SENDING.includes(details.type) && !ASKING.test(details.method);
  const hasToken = () => [...url.searchParams.keys()].some((name) => TOKEN_NAME.test(name));
  if (!sends && !asksForData(details) && !hasToken()) return null;
  const site = askingSiteOf(details);
  if (site === null) return null;
  const isOwn = registeredDomain(url.origin) === registeredDomain(site);
  return { fact: { type: 'token-handed' }, site, to: isOwn ? null : url.origin };
}

/** Whether a page's script asked for data: it may have shown its token for that, in a header. */
function asksForData({ type, method, fromCache, error, responseHeaders }: PageRequest): boolean {
  if (type !== 'xmlhttprequest' || method !== 'GET' || fromCache) return false;
  return error !== undefined || isData(headerValueOf(responseHeaders, 'content-type') ?? '');
}

/** Whether an answer of a content type may be data, for which a page shows its token; not where it is part of a page, or a file. */
export function isData(contentType: string): boolean {
  return /^(?:x-unknown)?$|[/+]json\b/i.test(contentType);
}
