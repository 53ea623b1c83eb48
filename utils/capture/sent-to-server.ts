import { isKakaoHost } from '../kakao/endpoints.ts';
import { parseUrl, registeredDomain } from '../model/url.ts';
import { pageSiteOf } from './site-response.ts';
import type { CapturedRequest, WebRequestDetails } from './web-request.ts';

/** Methods by which a page asks, and sends nothing of its own. */
const ASKING = /^(GET|HEAD|OPTIONS)$/i;

/**
 * Turns a page's request that sends something to a server of its own domain into the fact that it may have handed a token
 * over; null for every other request. What is sent is not read: a browser shows no bodies.
 */
export function captureSentToServer(details: WebRequestDetails): CapturedRequest | null {
  if (details.type !== 'xmlhttprequest' || ASKING.test(details.method)) return null;
  const url = parseUrl(details.url);
  const site = pageSiteOf(details);
  if (!url || site === null || isKakaoHost(url.host)) return null;
  const isOwn = registeredDomain(url.origin) === registeredDomain(site);
  return isOwn ? { fact: { type: 'token-handed' }, site } : null;
}
