import { answerAuthorize } from './authorize.ts';
import { relayFrame } from './cors-frame.ts';
import { html, json, redirect, withHeaders, type Answer, type Ask } from './exchange.ts';
import { jwks, openidConfiguration, readIdToken } from './id-token.ts';
import { takeForced, type Kakao } from './kakao.ts';
import { KOE, koeJson, koePage } from './koe.ts';
import { answerToken } from './token.ts';

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET,POST,OPTIONS',
  'access-control-allow-headers': 'ka,content-type,authorization',
};
const SHARED = new Set(['/oauth/token', '/oauth/tokeninfo', '/apiweb/code.json']);

/** `/apiweb/code.json`: "300" while the popup is still busy, then the code or the failure, once. */
function answerPoll(kakao: Kakao, ask: Ask): Answer {
  const clientId = ask.query.get('client_id') ?? '';
  const key = `${clientId} ${ask.query.get('auth_tran_id') ?? ask.query.get('state') ?? ''}`;
  const result = kakao.polls.get(key);
  if (!result) return json({ status: 'error', error_code: '300', error_msg: 'waiting' });
  kakao.polls.delete(key);
  if ('code' in result) return json({ status: 'ok', code: result.code });
  const { error, description } = result;
  return json({ status: 'error', error_code: '400', error, error_description: description });
}

function answerLogout(kakao: Kakao, ask: Ask): Answer {
  const app = kakao.apps.get(ask.query.get('client_id') ?? '');
  if (!app) return koePage(KOE.client, 'Not exist client_id');
  const wanted = ask.query.get('logout_redirect_uri') ?? '';
  if (!app.logoutRedirectUris.includes(wanted))
    return koePage(KOE.logoutRedirectUri, 'Not registered logout redirect URI');
  const back = new URL(wanted);
  const state = ask.query.get('state');
  kakao.secrets.note(state);
  if (state !== null) back.searchParams.set('state', state);
  return withHeaders(redirect(back.href), { 'set-cookie': kakao.sessions.end(ask) });
}

function answerTokenInfo(ask: Ask): Answer {
  const claims = readIdToken(ask.params.get('id_token') ?? '');
  return claims ? json(claims) : koeJson(KOE.idToken, 'invalid id_token');
}

function route(kakao: Kakao, ask: Ask): Answer {
  const forced = takeForced(kakao, ask.path);
  if (forced) {
    const { status, code: _code, ...body } = forced;
    return json(body, status);
  }
  switch (ask.path) {
    case '/oauth/authorize':
      return answerAuthorize(kakao, ask);
    case '/oauth/token':
      return answerToken(kakao, ask);
    case '/oauth/tokeninfo':
      return answerTokenInfo(ask);
    case '/oauth/logout':
      return answerLogout(kakao, ask);
    case '/apiweb/code.json':
      return answerPoll(kakao, ask);
    case '/public/popup/finish.html':
      return html('<!doctype html><title>kakao</title><script>window.close()</script>완료 / Done');
    case '/public/widget/login/kakaoLoginWidget.html':
      return relayFrame();
    case '/.well-known/openid-configuration':
      return json(openidConfiguration);
    case '/.well-known/jwks.json':
      return json(jwks());
    default:
      return koePage(KOE.address, 'wrong address');
  }
}

/** kauth.kakao.com. */
export function answerKauth(kakao: Kakao, ask: Ask): Answer {
  if (!SHARED.has(ask.path)) return route(kakao, ask);
  if (ask.method === 'OPTIONS') return { status: 200, headers: CORS, body: '' };
  return withHeaders(route(kakao, ask), CORS);
}
