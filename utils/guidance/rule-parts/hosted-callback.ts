import { parseUrl } from '../../model/url.ts';

/** A service that receives Kakao's code itself, so that no answer of the site's tells which calls were made. */
export type HostedService = 'supabase' | 'firebase' | 'cognito' | 'auth0' | 'cafe24' | 'keycloak';

/** Hosts and paths of their callbacks. A path's segment may be masked as `*`. */
const CALLBACKS: readonly [HostedService, host: RegExp, path: RegExp][] = [
  ['supabase', /^[\w-]+\.supabase\.co$/, /^\/auth\/v1\/callback$/],
  ['firebase', /^[\w-]+\.(firebaseapp\.com|web\.app)$/, /^\/(__|\*)\/auth\/handler$/],
  [
    'cognito',
    /^[\w-]+\.auth\.[a-z]+(-[a-z]+)+-\d\.amazoncognito\.com$/,
    /^\/oauth2\/(idpresponse|\*)$/,
  ],
  ['auth0', /^[\w-]+(\.[a-z]{2})?\.auth0\.com$/, /^\/login\/callback$/],
  // Its shops have domains of their own.
  ['cafe24', /./, /^\/Api\/Member\/Oauth2ClientCallback\/kakao\/?$/],
  // Each company runs its own.
  ['keycloak', /./, /^(\/auth)?\/realms\/[^/]+\/broker\/[^/]+\/endpoint$/],
];

/** Recognises a redirect URI (without its query) of a hosted service; null for every other. */
export function hostedServiceOf(redirectUri: string | null): HostedService | null {
  const url = parseUrl(redirectUri);
  if (url?.protocol !== 'https:') return null;
  const found = CALLBACKS.find(([, host, path]) => host.test(url.host) && path.test(url.pathname));
  return found ? found[0] : null;
}
