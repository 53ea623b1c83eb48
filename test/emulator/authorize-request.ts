import type { App } from './contract.ts';
import type { Answer } from './exchange.ts';
import type { Kakao } from './kakao.ts';
import { koePage, KOE } from './koe.ts';

/** A well-formed authorize request of a known app. */
export interface AuthorizeRequest {
  app: App;
  params: URLSearchParams;
  /** A registered address, or one of the SDK's words: `kakaojs` (v1 popup), `JS-SDK` (polling). */
  redirectUri: string;
  scopes: string[];
  terms: string[];
  prompts: string[];
  throughAccount: boolean;
}

const list = (value: string | null): string[] => (value ?? '').split(/[\s,]+/).filter(Boolean);
const PROMPTS = new Set(['login', 'none', 'create', 'select_account']);

function redirectProblem(app: App, params: URLSearchParams): Answer | null {
  const redirectUri = params.get('redirect_uri') ?? '';
  if (!redirectUri) return koePage(KOE.missing, 'redirect_uri is missing');
  if (redirectUri === 'kakaojs' && app.keyType === 'js')
    return app.domains.includes(params.get('origin') ?? '')
      ? null
      : koePage(KOE.platform, 'origin is not registered');
  if (redirectUri === 'JS-SDK' && params.get('auth_tran_id')) return null;
  return app.redirectUris.includes(redirectUri)
    ? null
    : koePage(KOE.redirectUri, `Not registered redirect URI: ${redirectUri}`);
}

/** Checks the parameters of an authorize request; gives the request, or the KOE page that refuses it. */
export function checkAuthorize(
  kakao: Kakao,
  params: URLSearchParams,
): { request: AuthorizeRequest } | { refusal: Answer } {
  const clientId = params.get('client_id') ?? '';
  const refuse = (problem: (typeof KOE)[keyof typeof KOE], why: string) => ({
    refusal: koePage(problem, why),
  });
  if (!clientId) return refuse(KOE.missing, 'client_id is missing');
  if ([...kakao.apps.values()].some((app) => app.adminKey === clientId))
    return refuse(KOE.keyType, 'wrong type of app key');
  const app = kakao.apps.get(clientId);
  if (!app) return refuse(KOE.client, 'Not exist client_id');
  if (!app.loginEnabled) return refuse(KOE.loginOff, 'Kakao Login is not activated');
  const responseType = params.get('response_type');
  if (!responseType) return refuse(KOE.missing, 'response_type is missing');
  if (responseType === 'token') return refuse(KOE.implicit, 'implicit grant is not allowed');
  if (responseType !== 'code') return refuse(KOE.responseType, 'unsupported response type');
  const refusal = redirectProblem(app, params);
  if (refusal) return { refusal };

  const prompts = list(params.get('prompt'));
  if (prompts.some((word) => !PROMPTS.has(word)) || (prompts.includes('none') && prompts[1]))
    return refuse(KOE.parameter, 'invalid prompt');
  const scopes = list(params.get('scope'));
  const configured = new Set(app.scopes.map((item) => item.id));
  if (app.oidc) configured.add('openid');
  if (scopes.some((scope) => !configured.has(scope)))
    return refuse(KOE.scope, 'scope is not configured for this app');
  const terms = list(params.get('service_terms'));
  if (terms.some((term) => !app.serviceTerms.includes(term)))
    return refuse(KOE.parameter, 'unknown service_terms');
  return {
    request: {
      app,
      params,
      redirectUri: params.get('redirect_uri') ?? '',
      scopes,
      terms,
      prompts,
      throughAccount: params.get('through_account') === 'true',
    },
  };
}
