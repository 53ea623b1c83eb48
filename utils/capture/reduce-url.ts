import { isAppKey } from '../kakao/app-key.ts';
import { isPlainName } from '../model/plain-name.ts';
import { remembering } from '../model/remembering.ts';
import { parseUrl } from '../model/url.ts';
import { isMask } from './recorded-secret.ts';
import { reduceRedirectPath, reduceScheme, reduceSegment } from './reduce-path.ts';

/** Parameters of an authorize request whose presence is noted. Only `prompt` and `ka` have their values read. */
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
/** Words that the SDK writes instead of a redirect URI. See docs/kakao-rules.md#popup. */
const SDK_REDIRECTS = ['kakaojs', 'JS-SDK'];

/** Reduces a redirect URI to scheme, host and path, each without values; keeps the SDK's own words as they are; null for anything else. */
export function reduceRedirectUri(text: string | null): string | null {
  return text === null || SDK_REDIRECTS.includes(text) ? text : reduceAskedUri(text);
}

/** A site asks for the same few redirect URIs again and again. */
const reduceAskedUri = remembering((text) => {
  const url = parseUrl(text);
  return url && reduceRedirectTarget(url);
}, 100);

/** Reduces the address of a redirect URI, or one that leads to it, as `reduceRedirectUri` does. */
export function reduceRedirectTarget(url: URL): string | null {
  // A `javascript:` or `data:` URL has no host and no slash, and all that follows its scheme is a value.
  const opaque = !url.host && !url.pathname.startsWith('/');
  const scheme = reduceScheme(url.protocol);
  // What stands where a web address has its host is a value of the app's in a custom scheme.
  const host = /^https?:$/.test(url.protocol) ? url.host : reduceSegment(url.host);
  const path = reduceRedirectPath(url.pathname);
  const reduced = opaque ? scheme : `${scheme}${host ? `//${host}` : ''}${path}`;
  // No scheme and host that is in use comes near this, and a report may hold no more.
  return reduced.length > 2000 ? null : reduced;
}

/**
 * Lists the noted parameters that a query carries. The SDK also sends `is_popup=false`, which says nothing, and writes
 * `service_terms` as `extra.service_terms`. An empty `scope`, as Auth.js sends it, asks for no consent.
 */
export function notedParams(query: URLSearchParams): string[] {
  return NOTED_PARAMS.filter((name) => {
    if (name === 'is_popup') return query.get(name) === 'true';
    if (name === 'scope') return hasValue(query, name);
    if (name === 'service_terms') return hasValue(query, name) || hasValue(query, `extra.${name}`);
    return query.has(name);
  });
}

function hasValue(query: URLSearchParams, name: string): boolean {
  return query.getAll(name).some((value) => value.trim() !== '');
}

/** Lists the known values of `prompt` in a query. */
export function promptsOf(query: URLSearchParams): string[] {
  const prompt = query.get('prompt');
  if (!prompt) return [];
  const values = prompt.split(/[\s,]+/);
  return PROMPTS.filter((p) => values.includes(p));
}

/**
 * Reads the version of the JavaScript SDK out of the `ka` parameter, e.g. `2.6.0`; null where there is none. The SDKs for
 * Flutter and for apps count their versions apart; early SDKs for JavaScript do not name their kind.
 */
export function sdkOf(query: URLSearchParams): string | null {
  const ka = query.get('ka') ?? '';
  if (/(?:^|\s)sdk_type\/(?!javascript(?:\s|$))/.test(ka)) return null;
  return /(?:^|\s)sdk\/(\d{1,3}(?:\.\d{1,3}){1,2})(?![\d.])/.exec(ka)?.[1] ?? null;
}

/** Keys of test servers, such as `rest-key-01`. */
const SHORT_KEY = /^[a-z][\w.-]{0,31}$/i;
/** A phone number, a person's number or an id, and what a JWT begins with. */
const NO_KEY = /\d{3}[-._]\d{3}|\d{7}|eyJ/;

/** What else than `isMask` knows stands in a key's place: one character again and again, more words, and an example's key. */
const KEY_MASK = /^(.)\1{3,}$|remov|scrub|omitted|your[-_]/i;

/** Reads a query's `client_id` if it looks like one; null otherwise. Several apps may have one mask. */
export function clientIdOf(query: URLSearchParams): string | null {
  const id = query.get('client_id') ?? '';
  if (isMask(id) || KEY_MASK.test(id)) return null;
  const isShortKey = SHORT_KEY.test(id) && !NO_KEY.test(id) && isPlainName(id);
  return isShortKey || isAppKey(id) ? id : null;
}

/** Values of `error` in OAuth 2.0, OpenID Connect and Kakao's SDK. Anything else could be a secret in disguise. */
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

/** Keeps a known OAuth or KOE error word; gives `other` for anything else. */
export function errorWord(text: string): string {
  return ERROR_WORDS.includes(text) || /^KOE\d{3,4}$/.test(text) ? text : 'other';
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Writes a request method in capitals; gives `OTHER` for a word that is no HTTP method. */
export function methodOf(text: string): string {
  const method = text.toUpperCase();
  return METHODS.includes(method) ? method : 'OTHER';
}
