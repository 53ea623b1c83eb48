import type { Deed, Setting, SiteSetting } from './history.ts';
import type { Answer, Link, Token, TrueLogin } from './kakao.ts';

/** What the requests and reports of a world say: addresses, forms, bodies and headers. */

export const KAUTH = 'https://kauth.kakao.com';
export const KAPI = 'https://kapi.kakao.com';
export const ACCOUNTS = 'https://accounts.kakao.com';

export type LoginDeed = Extract<Deed, { do: 'login' }>;

/** What a site's page or server sends to exchange a login's code. */
export function tokenForm(site: SiteSetting, key: string, login: TrueLogin): string {
  const redirectUri = encodeURIComponent(`${site.origin}/cb`);
  return `grant_type=authorization_code&client_id=${key}&redirect_uri=${redirectUri}&code=${codeOf(login)}`;
}

/** What a site's page or server sends to have a token renewed. */
export function refreshForm(key: string, { login }: Token): string {
  return `grant_type=refresh_token&client_id=${key}&refresh_token=${REFRESH_TOKEN}${login.number}`;
}

/** What Kakao answers to the first; with OpenID Connect, an ID token names the user. */
export function tokenBody(login: TrueLogin, { oidc }: Pick<Setting, 'oidc'>): string {
  return JSON.stringify({
    token_type: 'bearer',
    access_token: accessTokenOf({ login }),
    expires_in: 21599,
    refresh_token: `${REFRESH_TOKEN}${login.number}`,
    ...(oidc ? { id_token: idTokenOf(login) } : {}),
  });
}

function idTokenOf({ key, link }: TrueLogin): string {
  const claims = { iss: KAUTH, aud: key, sub: String(link.userId) };
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;
}

/** What Kakao answers to the second: the refresh token stays the same for a month. */
export function renewedBody(token: Token): string {
  return `{"token_type":"bearer","access_token":"${accessTokenOf(token)}","expires_in":21599}`;
}

/** The page of a popup that hands its token over by message. */
export function messageBody(login: TrueLogin): string {
  return `<script>postResponse("%7B%22access_token%22%3A%22${accessTokenOf({ login })}%22%7D")</script>`;
}

/** What a login's code begins with: Kakao's are long, and what is short passes for a recorder's mask. */
export const CODE = 'Rk3vWq8ZpT6nLx2Y-';

/** What a login's token begins with. */
export const TOKEN = 'AbQ9fM4hJs7uDc1E-';

/** What a login's refresh token begins with. */
const REFRESH_TOKEN = 'Gv5xKe2nRb8wYt0L-';

/** A login's code. */
function codeOf(login: TrueLogin): string {
  return `${CODE}${login.number}`;
}

/** A login's token, as it was last renewed. */
export function accessTokenOf({ login, renewed }: Pick<Token, 'login' | 'renewed'>): string {
  return `${TOKEN}${login.number}${renewed ? `-${renewed}` : ''}`;
}

/** The Authorization header with a token. */
export function bearer(token: Token): string {
  return `Bearer ${accessTokenOf(token)}`;
}

/** The redirect URI of a site with what Kakao tells it: a login's code, or an error's name. */
export function callbackUrl(site: SiteSetting, outcome: TrueLogin | string, state: string): string {
  const result = typeof outcome === 'string' ? `error=${outcome}` : `code=${codeOf(outcome)}`;
  return `${site.origin}/cb?${result}&state=${state}`;
}

/** The address by which a page polls for the code of a popup or a phone: of the login that has a `state`. */
export function pollUrl(key: string, state: string): string {
  return `${KAUTH}/apiweb/code.json?client_id=${key}&auth_tran_id=x${state}&ka=sdk/2.6.0`;
}

/** What Kakao answers to that once there is a code. */
export function pollBody(login: TrueLogin): string {
  return `{"status":"ok","code":"${codeOf(login)}"}`;
}

/** The authorize request of a login, which has a `state` of its own. */
export function authorizeUrl(
  deed: LoginDeed,
  { origin, key, state }: { origin: string; key: string; state: string },
): string {
  const message = deed.how === 'message';
  const kept = deed.how === 'kept';
  const params = [
    ['client_id', key],
    ['redirect_uri', message ? 'kakaojs' : kept ? 'JS-SDK' : `${origin}/cb`],
    ['response_type', 'code'],
    ['state', state],
    ...(deed.prompt ? [['prompt', deed.prompt]] : []),
    ...(deed.scope ? [['scope', 'account_email,friends']] : []),
    ...(deed.how === 'poll' || kept
      ? [
          ['is_popup', 'true'],
          ['auth_tran_id', `x${state}`],
        ]
      : []),
    ...(message
      ? [
          ['proxy', 'easyXDM_Kakao_default1_provider'],
          ['origin', origin],
        ]
      : []),
  ];
  const query = params.map(([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`);
  return `${KAUTH}/oauth/authorize?${query.join('&')}`;
}

/** The same request as Kakao's account pages send the browser back to it. */
export function throughAccount(url: string): string {
  return url.includes('through_account') ? url : `${url}&through_account=true`;
}

/** A Server-Timing value in which a back end tells of one call, in the site's way of writing. */
export function report(
  site: SiteSetting,
  call: { method: string; path: string; status: number },
  { answer, about }: { answer?: Answer; about?: Link | undefined } = {},
): string {
  const { path, status } = call;
  const query = about ? `?target_id_type=user_id&target_id=${about.userId}` : '';
  const isWholeMe = answer !== undefined && path === '/v2/user/me' && status === 200;
  const words = [
    site.form === 'lower-case' ? call.method.toLowerCase() : call.method,
    reportedAddress(site, path, query),
    String(status),
    ...(answer?.code ? [`code=${answer.code}`] : []),
    ...(isWholeMe ? [`has_signed_up=${answer.hasSignedUp ?? 'none'}`] : []),
  ];
  const one = `kakao;desc="${words.join(' ')}"`;
  if (site.form !== 'past-fiftieth') return one;
  // A token that is not good for the one is not good for the others.
  const other = `kakao;desc="GET /v2/user/scopes ${status === 401 ? 401 : 200}"`;
  const others = Array.from({ length: 50 }, () => other);
  return [...others, one].join(', ');
}

/** A call's path as a site's reports write it. */
function reportedAddress({ form }: SiteSetting, path: string, query: string): string {
  if (form === 'address') return `${path.startsWith('/oauth') ? KAUTH : KAPI}${path}${query}`;
  return form === 'query' ? `${path}${query || '?secure_resource=true'}` : `${path}${query}`;
}
