import type { Kakao } from '../../test/emulator/kakao.ts';
import { KAPI } from '../../test/emulator/hosts.ts';
import { parseObject, type Json } from '../../utils/model/json.ts';
import type { Exchange } from '../emulator/kakao-server.ts';
import type { Entry } from './recording.ts';

/** A call of a back end under test, as the emulated Kakao saw it. */
export interface ServerCall {
  /** Epoch ms, by Kakao's clock. */
  at: number;
  clientId: string;
  /** The account whose token it carried. */
  account: string;
  /** As it stands in a `Server-Timing` header. */
  desc: string;
}

/** Makes a call out of an exchange; null where a browser asked, or nobody can tell for which account. */
export function serverCallOf(kakao: Kakao, exchange: Exchange): ServerCall | null {
  const { ask, answer, fromBrowser } = exchange;
  if (fromBrowser || (ask.host !== KAPI && ask.path !== '/oauth/token')) return null;
  const body = parseObject(answer.body) ?? {};
  const bearer = /^Bearer (.+)$/i.exec(ask.headers.authorization ?? '')?.[1];
  const token = bearer ?? ask.query.get('access_token') ?? body['access_token'];
  const at = kakao.clock.now();
  const tokens = typeof token === 'string' ? kakao.grants.byAccess(token, at) : undefined;
  if (!tokens) return null;
  const { clientId, account } = tokens;
  const words = [ask.method, ask.path, String(answer.status), ...factsOf(body, ask.path)];
  return { at, clientId, account, desc: words.join(' ') };
}

/** What a body tells beyond its status, in the words of the header. */
function factsOf(body: Json, path: string): string[] {
  const { code, connected_at: connectedAt, has_signed_up: signedUp } = body;
  return [
    ...(typeof code === 'number' ? [`code=${code}`] : []),
    ...(typeof signedUp === 'boolean' ? [`has_signed_up=${signedUp}`] : []),
    ...(path === '/v2/user/me' && signedUp === undefined && code === undefined
      ? ['has_signed_up=none']
      : []),
    ...(typeof connectedAt === 'string' ? [`connected_at=${connectedAt}`] : []),
  ];
}

/** Tells of a call as the site of its app would in its own answer. */
export function entryOfCall({ at, desc }: ServerCall, redirectUri: string): Entry {
  return {
    startedDateTime: new Date(at).toISOString(),
    time: 0,
    pageref: null,
    _resourceType: 'fetch',
    request: { method: 'GET', url: new URL('/', redirectUri).href, headers: [] },
    response: {
      status: 200,
      headers: [{ name: 'server-timing', value: `kakao;desc="${desc}"` }],
      redirectURL: '',
      content: { mimeType: '' },
    },
  };
}
