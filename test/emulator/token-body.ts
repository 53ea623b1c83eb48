import type { App } from './contract.ts';
import { REFRESH_SECONDS, type Grant, type Tokens } from './grants.ts';
import { signIdToken } from './id-token.ts';
import type { Kakao } from './kakao.ts';

/** Finishes a login: links account and app if they are not, and gives tokens. */
export function issueTokens(kakao: Kakao, app: App, grant: Grant): Tokens {
  const now = kakao.clock.now();
  const agreed = { scopes: grant.scopes, terms: grant.terms };
  const link = kakao.world.login(app, grant.account, agreed, now);
  kakao.secrets.note(String(link.userId));
  const { account, authTime } = grant;
  const owner = { clientId: app.clientId, account, userId: link.userId, authTime };
  return kakao.grants.issueTokens(owner, app.accessTokenSeconds, now);
}

const scopeOf = (kakao: Kakao, app: App, tokens: Tokens): string[] => [
  ...(kakao.world.standing(app.clientId, tokens.account)?.scopes ?? []),
];

/** The JSON of a successful code grant. An ID token comes with OpenID Connect on. */
export function tokenBody(
  kakao: Kakao,
  app: App,
  tokens: Tokens,
  grant: Grant,
): Record<string, unknown> {
  const scopes = scopeOf(kakao, app, tokens);
  // With a `scope` parameter, Kakao gives an ID token only if it names `openid`.
  const openid = app.oidc && (!grant.requested.length || grant.requested.includes('openid'));
  return {
    token_type: 'bearer',
    access_token: tokens.accessToken,
    ...(openid && { id_token: signIdToken(kakao, app, tokens, grant.nonce) }),
    expires_in: app.accessTokenSeconds,
    refresh_token: tokens.refreshToken,
    refresh_token_expires_in: REFRESH_SECONDS,
    scope: [...scopes, ...(openid ? ['openid'] : [])].join(' '),
  };
}
