import { isKakaoHost } from '../kakao/endpoints.ts';
import { MINUTE_MS } from '../model/time.ts';
import { parseUrl, registeredDomain } from '../model/url.ts';
import { askingSiteOf } from './site-response.ts';
import type { CapturedRequest, WebRequestDetails } from './web-request.ts';

/** A page that hands its token to its server does so at once; what it sends later is something else. */
export const HANDS_OVER_MS = 2 * MINUTE_MS;

const SENDING = ['xmlhttprequest', 'main_frame', 'sub_frame'];
/** Methods by which a page asks, and sends nothing of its own. */
const ASKING = /^(GET|HEAD|OPTIONS)$/i;
/** Names by which sites call a token in an address: `access_token`, `kakaoToken`; not those against forged requests. */
const TOKEN_NAME = /^(?!.*[cx]srf).*token$/i;

/**
 * Turns a page's request that sends something to a server of its own domain, or that has a token in its address, into the
 * fact that it may have handed a token over; null for every other request. What is sent is not read: a browser shows no
 * bodies.
 */
export function captureSentToServer(details: WebRequestDetails): CapturedRequest | null {
  const url = parseUrl(details.url);
  if (!url || isKakaoHost(url.host)) return null;
  const sends = SENDING.includes(details.type) && !ASKING.test(details.method);
  if (!sends && ![...url.searchParams.keys()].some((name) => TOKEN_NAME.test(name))) return null;
  const site = askingSiteOf(details);
  if (site === null) return null;
  const isOwn = registeredDomain(url.origin) === registeredDomain(site);
  return isOwn ? { fact: { type: 'token-handed' }, site } : null;
}
