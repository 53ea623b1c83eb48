import type { App } from './contract.ts';
import { relayFrame } from './cors-frame.ts';
import { json, withHeaders, type Answer, type Ask } from './exchange.ts';
import type { Tokens } from './grants.ts';
import { takeForced, type Kakao } from './kakao.ts';
import { KAPI_CALLS } from './kapi-calls.ts';
import { kapiError } from './kapi-errors.ts';
import type { Link } from './world.ts';

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET,POST,OPTIONS',
  'access-control-allow-headers': 'ka,authorization,cache-control,pragma,content-type',
};

interface Identity {
  app: App;
  link: Link;
  tokens: Tokens | null;
}

/** Who calls: a user by bearer token, or a service by admin key and target id. */
function identify(kakao: Kakao, ask: Ask): Identity | Answer {
  // Older OAuth libraries (passport-kakao) send the token in the query instead.
  const inQuery = ask.query.get('access_token');
  const authorization = ask.headers.authorization ?? (inQuery === null ? '' : `Bearer ${inQuery}`);
  const [scheme = '', credential = ''] = authorization.split(' ');
  if (scheme.toLowerCase() === 'kakaoak') {
    const app = [...kakao.apps.values()].find((a) => a.adminKey === credential);
    if (!app) return kapiError(-401, { msg: 'wrong appKey(…) format' });
    if (ask.params.get('target_id_type') !== 'user_id') return kapiError(-2);
    const link = kakao.world.byUserId(app.clientId, Number(ask.params.get('target_id')));
    return link ? { app, link, tokens: null } : kapiError(-101);
  }
  const tokens = kakao.grants.byAccess(credential, kakao.clock.now());
  const app = tokens && kakao.apps.get(tokens.clientId);
  if (scheme.toLowerCase() !== 'bearer' || !tokens || !app) return kapiError(-401);
  const link = kakao.world.standing(app.clientId, tokens.account);
  return link ? { app, link, tokens } : kapiError(-101);
}

function answerCall(kakao: Kakao, ask: Ask): Answer {
  const forced = takeForced(kakao, ask.path);
  if (forced) {
    const { status, code, ...more } = forced;
    if (status !== 200) return kapiError(code, more, status);
  }
  const call = Object.hasOwn(KAPI_CALLS, ask.path) ? KAPI_CALLS[ask.path] : undefined;
  if (!call) return json({ error: 'Not Found', status: 404 }, 404);
  if (!call.methods.includes(ask.method)) return kapiError(-2, { msg: 'wrong method' }, 405);
  const identity = identify(kakao, ask);
  if ('status' in identity) return identity;
  const { app, link } = identity;
  const account = kakao.accounts.get(link.account);
  if (!account) return kapiError(-103);
  if (!link.registered && !call.early) return kapiError(-101);
  if (call.scope && !link.scopes.has(call.scope))
    return kapiError(-402, {
      api_type: 'TALK',
      required_scopes: [call.scope],
      allowed_scopes: [...link.scopes],
    });
  const result = call.answer({ kakao, ...identity, account, params: ask.params });
  if (typeof result === 'number') return kapiError(result);
  kakao.world.called(
    app,
    link,
    { method: ask.method, path: ask.path, status: 200 },
    kakao.clock.now(),
  );
  return json(result);
}

/** kapi.kakao.com. */
export function answerKapi(kakao: Kakao, ask: Ask): Answer {
  if (ask.path === '/cors/' || ask.path === '/cors') return relayFrame();
  if (ask.method === 'OPTIONS') return { status: 200, headers: CORS, body: '' };
  return withHeaders(answerCall(kakao, ask), CORS);
}
