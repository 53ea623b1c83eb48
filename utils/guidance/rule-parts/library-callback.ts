import { parseUrl } from '../../model/url.ts';

/** A library on the site's own server that is known by the path of its callback. */
export type CallbackLibrary = 'spring' | 'auth_js' | 'allauth';

/** Paths that a library gives its callback where nobody chose another one. The provider's name is the site's own choice. */
const PATHS: readonly [CallbackLibrary, RegExp][] = [
  ['spring', /^\/login\/oauth2\/code\/[^/]+$/],
  ['auth_js', /^\/api\/auth\/callback\/[^/]+$/],
  ['allauth', /^\/accounts\/kakao\/login\/callback\/$/],
];

/** Recognises the library of a site by a redirect URI (without its query); null where it is not known. */
export function callbackLibraryOf(redirectUri: string | null): CallbackLibrary | null {
  const path = parseUrl(redirectUri)?.pathname ?? '';
  return PATHS.find(([, pattern]) => pattern.test(path))?.[0] ?? null;
}
