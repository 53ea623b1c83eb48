import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { App } from './contract.ts';
import type { Tokens } from './grants.ts';
import { KAUTH } from './hosts.ts';
import type { Kakao } from './kakao.ts';

const ISSUER = `https://${KAUTH}`;
interface KeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}
let keyPair: KeyPair | null = null;

/** One signing key a process, made when first needed: 2048 bits take a while. */
function keys(): { kid: string; pair: KeyPair } {
  keyPair ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = keyPair.publicKey.export({ type: 'spki', format: 'der' });
  return { kid: createHash('sha256').update(der).digest('hex').slice(0, 32), pair: keyPair };
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A signed ID token for a user, noted as a canary. */
export function signIdToken(kakao: Kakao, app: App, tokens: Tokens, nonce: string | null): string {
  const { kid, pair } = keys();
  const account = kakao.accounts.get(tokens.account);
  const now = Math.floor(kakao.clock.now() / 1000);
  const head = encode({ kid, typ: 'JWT', alg: 'RS256' });
  const body = encode({
    aud: app.clientId,
    sub: String(tokens.userId),
    auth_time: Math.floor(tokens.authTime / 1000),
    iss: ISSUER,
    nickname: account?.nickname,
    email: account?.email,
    iat: now,
    exp: now + app.accessTokenSeconds,
    ...(nonce !== null && { nonce }),
  });
  const signature = sign('sha256', Buffer.from(`${head}.${body}`), pair.privateKey);
  const token = `${head}.${body}.${signature.toString('base64url')}`;
  kakao.secrets.note(token);
  return token;
}

/** The claims of an ID token signed here; null when the signature does not fit. */
export function readIdToken(token: string): Record<string, unknown> | null {
  const [head = '', body = '', signature = ''] = token.split('.');
  const ok = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    createPublicKey(keys().pair.privateKey),
    Buffer.from(signature, 'base64url'),
  );
  return ok
    ? (JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>)
    : null;
}

export const openidConfiguration = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/oauth/authorize`,
  token_endpoint: `${ISSUER}/oauth/token`,
  userinfo_endpoint: 'https://kapi.kakao.com/v1/oidc/userinfo',
  jwks_uri: `${ISSUER}/.well-known/jwks.json`,
  token_endpoint_auth_methods_supported: ['client_secret_post'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
};

/** The public key as a JWK set. */
export function jwks(): unknown {
  const { kid, pair } = keys();
  return { keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] };
}
