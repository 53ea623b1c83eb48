import { createHash } from 'node:crypto';
import type { App } from './contract.ts';
import { json, type Answer, type Ask } from './exchange.ts';
import type { Kakao } from './kakao.ts';
import { KOE, koeJson } from './koe.ts';
import { issueTokens, tokenBody } from './token-body.ts';

/** The JavaScript SDK names its page in `KA`; Kakao holds it to the registered domains. */
function foreignOrigin(app: App, ask: Ask): boolean {
  if (!/os\/javascript/.test(String(ask.headers.ka ?? ''))) return false;
  const origin = ask.headers.origin;
  return (
    origin !== undefined && origin !== 'https://kauth.kakao.com' && !app.domains.includes(origin)
  );
}

function codeGrant(kakao: Kakao, app: App, params: URLSearchParams): Answer {
  const now = kakao.clock.now();
  const code = params.get('code') ?? '';
  const grant = kakao.grants.peekCode(code, now);
  if (!grant || grant.clientId !== app.clientId)
    return koeJson(KOE.code, `authorization code not found for code=${code}`);
  if (params.get('redirect_uri') !== grant.redirectUri)
    return koeJson(KOE.redirectMismatch, 'Redirect URI mismatch.');
  const verifier = params.get('code_verifier');
  kakao.secrets.note(verifier);
  if (grant.codeChallenge !== null) {
    const hash = createHash('sha256')
      .update(verifier ?? '')
      .digest('base64url');
    if (hash !== grant.codeChallenge) return koeJson(KOE.code, 'code_verifier does not match');
  }
  kakao.grants.spendCode(code);
  return json(tokenBody(kakao, app, issueTokens(kakao, app, grant), grant));
}

function refreshGrant(kakao: Kakao, app: App, params: URLSearchParams): Answer {
  const now = kakao.clock.now();
  const given = params.get('refresh_token');
  if (!given) return koeJson(KOE.noRefreshToken, 'refresh_token is missing');
  const found = kakao.grants.byRefresh(given, now);
  if (!found || found.clientId !== app.clientId)
    return koeJson(KOE.refreshToken, 'expired_or_invalid_refresh_token');
  const { tokens, rotated } = kakao.grants.refresh(found, app.accessTokenSeconds, now);
  return json({
    access_token: tokens.accessToken,
    token_type: 'bearer',
    ...(rotated && {
      refresh_token: tokens.refreshToken,
      refresh_token_expires_in: Math.floor((tokens.refreshUntil - now) / 1000),
    }),
    expires_in: app.accessTokenSeconds,
  });
}

/** `/oauth/token`, by POST or (old login widget) GET. */
export function answerToken(kakao: Kakao, ask: Ask): Answer {
  const { params } = ask;
  const grantType = params.get('grant_type');
  if (grantType !== 'authorization_code' && grantType !== 'refresh_token')
    return koeJson(KOE.grantType, 'unsupported grant type');
  const app = kakao.apps.get(params.get('client_id') ?? '');
  if (!app) return koeJson(KOE.client, 'Not exist client_id');
  if (foreignOrigin(app, ask)) return koeJson(KOE.platform, 'invalid web domain');
  if (app.clientSecret !== null && params.get('client_secret') !== app.clientSecret)
    return koeJson(KOE.secret, 'Bad client credentials');
  return grantType === 'authorization_code'
    ? codeGrant(kakao, app, params)
    : refreshGrant(kakao, app, params);
}
