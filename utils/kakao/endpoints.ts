import { originOf } from '../model/url.ts';

/** The host of authorization and tokens. */
export const KAUTH = 'kauth.kakao.com';
/** The host of the API. */
export const KAPI = 'kapi.kakao.com';
/** Match patterns of both hosts, as the browser takes and lists them. */
export const KAKAO = [`https://${KAUTH}/*`, `https://${KAPI}/*`];
const KAKAO_URL = /^https:\/\/(kauth|kapi)\.kakao\.com\//;

/** Whether an address, as a browser writes it, is of one of the two hosts: cheaper than to parse it. */
export function isKakaoAddress(url: string): boolean {
  return KAKAO_URL.test(url);
}

/** Holds credentials, so it is never read from: it only appears as the target of redirects. */
const ACCOUNTS = 'accounts.kakao.com';

/** What an address of Kakao's is for. */
export type Endpoint =
  | 'authorize'
  | 'token'
  | 'code-poll'
  | 'kauth-page' // any other page of kauth
  | 'sdk-frame' // the hidden frame out of which SDK v1 makes its calls
  | 'api';

/**
 * Whether a page of kauth is of Kakao's business authentication, which asks each time for consent to ad accounts and the
 * like, and gives a code that is no login. See docs/kakao-rules.md#business.
 */
export function isBusinessPage({ pathname }: URL): boolean {
  return plainPath(pathname).startsWith('/oauth/business/');
}

/** The site (an origin) for which SDK v1 opened its frame, by the frame's address; null where that does not say. */
export function siteOfSdkFrame(frame: URL): string | null {
  return originOf(frame.searchParams.get('xdm_e'));
}

/** A path without slashes too many, as sites write it and servers pass over. */
export function plainPath(path: string): string {
  if (!path.includes('//') && !path.endsWith('/')) return path;
  return path.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
}

/** Recognises a Kakao endpoint by host and path; null for every other URL. */
export function endpointOf(url: URL): Endpoint | null {
  if (url.protocol !== 'https:' || url.port !== '') return null;
  if (url.host === KAPI) return url.pathname.startsWith('/cors/') ? 'sdk-frame' : 'api';
  if (url.host !== KAUTH) return null;
  switch (plainPath(url.pathname)) {
    case '/oauth/authorize':
      return 'authorize';
    case '/oauth/token':
      return 'token';
    case '/apiweb/code.json':
      return 'code-poll';
    default:
      return 'kauth-page';
  }
}

/** Whether a host (with or without a port) is one of Kakao's own. */
export function isKakaoHost(host: string): boolean {
  return /(^|\.)kakao\.com\.?(:\d+)?$/.test(host);
}

/**
 * Whether a host is one whose pages go on with a login. Kakao's others, such as a channel's page on pf.kakao.com, may
 * begin one as any site does.
 */
export function isLoginHost(host: string): boolean {
  return host === KAUTH || host === ACCOUNTS;
}

/** Whether a URL is a page of the Kakao account, whose other pages may let somebody change the account, too. */
export function isAccountPage(url: URL): boolean {
  return url.host === ACCOUNTS;
}

/** Whether a URL is the Kakao account's login, account picker or sign-up page. */
export function isLoginForm(url: URL): boolean {
  return url.host === ACCOUNTS && /^\/(login|weblogin)(\/|$)/.test(url.pathname);
}
