import { parseUrl } from '../model/url.ts';

/** The parameters of an authorize request whose presence is noted. Values are read of `prompt` and `ka` only. */
const NOTED_PARAMS = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'prompt',
  'login_hint',
  'service_terms',
  'state',
  'nonce',
  'auth_type',
  'code_challenge',
  'code_challenge_method',
  'ka',
  'is_popup',
  'proxy',
  'origin',
  'auth_tran_id',
  'through_account',
  'auto_login',
  'agt',
  'channel_public_id',
] as const;

const PROMPTS = ['login', 'none', 'create', 'select_account', 'cert', 'unlogin'];
/** What the SDK writes instead of a redirect URI (kakao.md 3.4, 3.5). */
const SDK_REDIRECTS = ['kakaojs', 'JS-SDK'];

/** A redirect URI without user info, query and fragment; the SDK's own words as they are; else null. */
export function reduceRedirectUri(text: string | null): string | null {
  if (text === null) return null;
  if (SDK_REDIRECTS.includes(text)) return text;
  const url = parseUrl(text);
  if (!url) return null;
  // No host and no slash: `javascript:`, `data:` and the like, where all that follows is a value.
  if (!url.host && !url.pathname.startsWith('/')) return url.protocol;
  const host = url.host ? `//${url.host}` : '';
  return `${url.protocol}${host}${reducePath(url.pathname)}`;
}

/** Whether a path segment may be a token, an id or an address rather than a name. */
function looksSecret(segment: string): boolean {
  return segment.length > 32 || /\d{5,}|[@%=:]|[A-Fa-f0-9]{16,}/.test(segment);
}

/** A path with every segment that may carry a value masked as `*`; none that Kakao's documents name looks like one. */
export function reducePath(path: string): string {
  return path
    .split('/')
    .map((s) => (looksSecret(s) ? '*' : s))
    .join('/')
    .slice(0, 200);
}

/** Names of the noted parameters that a query carries. The SDK also sends `is_popup=false`, which says nothing. */
export function notedParams(query: URLSearchParams): string[] {
  return NOTED_PARAMS.filter((name) =>
    name === 'is_popup' ? query.get(name) === 'true' : query.has(name),
  );
}

/** Known values of `prompt`. */
export function promptsOf(query: URLSearchParams): string[] {
  const values = (query.get('prompt') ?? '').split(/[\s,]+/);
  return PROMPTS.filter((p) => values.includes(p));
}

/** SDK version out of the `ka` parameter, e.g. `2.6.0`; null where there is none. */
export function sdkOf(query: URLSearchParams): string | null {
  return (
    /(?:^|\s)sdk\/(\d{1,3}(?:\.\d{1,3}){1,2})(?![\d.])/.exec(query.get('ka') ?? '')?.[1] ?? null
  );
}

/** A `client_id` as it is, if it looks like one; null otherwise. */
export function clientIdOf(query: URLSearchParams): string | null {
  const id = query.get('client_id');
  return id && /^[\w.-]{1,64}$/.test(id) ? id : null;
}

/** OAuth 2.0, OpenID Connect and Kakao SDK values of `error`. Anything else could be a value in disguise. */
const ERROR_WORDS = [
  'access_denied',
  'account_selection_required',
  'auto_login',
  'consent_required',
  'cancelled',
  'interaction_required',
  'invalid_client',
  'invalid_grant',
  'invalid_request',
  'invalid_scope',
  'login_required',
  'misconfigured',
  'server_error',
  'temporarily_unavailable',
  'timeout',
  'unauthorized_client',
  'unsupported_response_type',
];

/** A known OAuth or KOE error word as it is; `other` for anything else. */
export function errorWord(text: string): string {
  return ERROR_WORDS.includes(text) || /^KOE\d{3,4}$/.test(text) ? text : 'other';
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** A request method in capitals; `OTHER` for words of a page's own. */
export function methodOf(text: string): string {
  const method = text.toUpperCase();
  return METHODS.includes(method) ? method : 'OTHER';
}
