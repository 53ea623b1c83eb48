import { KAPI, KAUTH } from '../emulator/hosts.ts';
import type { Kakao } from '../emulator/kakao.ts';
import { send } from '../emulator/loopback-client.ts';

/** Names a tester can put in `?call=`, and the call they stand for. */
export const SERVER_CALLS: Readonly<Record<string, { method: string; path: string }>> = {
  me: { method: 'GET', path: '/v2/user/me' },
  'me-post': { method: 'POST', path: '/v2/user/me' },
  profile: { method: 'GET', path: '/v1/api/talk/profile' },
  story: { method: 'GET', path: '/v1/api/story/profile' },
  shipping: { method: 'GET', path: '/v1/user/shipping_address' },
  friends: { method: 'GET', path: '/v1/api/talk/friends' },
  friends1: { method: 'GET', path: '/v1/friends' },
  channels: { method: 'GET', path: '/v1/api/talk/channels' },
  channels2: { method: 'GET', path: '/v2/api/talk/channels' },
  userinfo: { method: 'GET', path: '/v1/oidc/userinfo' },
  tokeninfo: { method: 'GET', path: '/v1/user/access_token_info' },
  scopes: { method: 'GET', path: '/v2/user/scopes' },
  signup: { method: 'POST', path: '/v1/user/signup' },
  unlink: { method: 'POST', path: '/v1/user/unlink' },
  logout: { method: 'POST', path: '/v1/user/logout' },
  lookalike: { method: 'GET', path: '/v2/user/meow' },
};

/** One call to Kakao as the back end saw it. */
export interface ServerCall {
  method: string;
  path: string;
  status: number;
  ms: number;
  body: Record<string, unknown>;
}

/** Who signs a call: a user's token, or the service's admin key for a user id. */
export type Signer = { accessToken: string } | { adminKey: string; userId: number };

async function timed(
  port: number,
  host: string,
  { method, path }: { method: string; path: string },
  headers: Record<string, string>,
  fields: Record<string, string>,
): Promise<ServerCall> {
  const start = performance.now();
  const inQuery = method === 'GET' && Object.keys(fields).length > 0;
  const query = inQuery ? `?${new URLSearchParams(fields)}` : '';
  const form = method === 'POST' ? { form: fields } : {};
  const reply = await send(port, `https://${host}${path}${query}`, { method, headers, ...form });
  const body = JSON.parse(reply.body) as Record<string, unknown>;
  return { method, path, status: reply.status, ms: Math.round(performance.now() - start), body };
}

/** Exchanges a code (or refresh token) on the back end. `fields` are the grant's own. */
export function serverToken(
  kakao: Kakao,
  port: number,
  clientId: string,
  fields: Record<string, string>,
): Promise<ServerCall> {
  const secret = kakao.apps.get(clientId)?.clientSecret;
  const all = { client_id: clientId, ...(secret && { client_secret: secret }), ...fields };
  return timed(port, KAUTH, { method: 'POST', path: '/oauth/token' }, {}, all);
}

/** Makes one API call on the back end. Throws when `name` is unknown. */
export function serverCall(port: number, name: string, signer: Signer): Promise<ServerCall> {
  const call = SERVER_CALLS[name];
  if (!call) throw new Error(`unknown call ${name}`);
  return 'accessToken' in signer
    ? timed(port, KAPI, call, { authorization: `Bearer ${signer.accessToken}` }, {})
    : timed(
        port,
        KAPI,
        call,
        { authorization: `KakaoAK ${signer.adminKey}` },
        { target_id_type: 'user_id', target_id: String(signer.userId) },
      );
}

const WORDS = ['code', 'has_signed_up', 'connected_at'];

/** The `Server-Timing` header by which a back end under test reports its calls. */
export function serverTiming(calls: readonly ServerCall[]): string {
  return calls
    .map(({ method, path, status, ms, body }) => {
      const words = WORDS.filter((w) => body[w] !== undefined).map(
        (w) => `${w}=${String(body[w])}`,
      );
      return `kakao;desc="${[method, path, status, ...words].join(' ')}";dur=${ms}`;
    })
    .join(', ');
}
