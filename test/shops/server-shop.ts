import { randomUUID } from 'node:crypto';
import { APPS } from '../emulator/apps.ts';
import { html, json, redirect, withHeaders, type Answer, type Ask } from '../emulator/exchange.ts';
import { KAUTH, SHOPS } from '../emulator/hosts.ts';
import type { Kakao } from '../emulator/kakao.ts';
import { serverTiming, SERVER_CALLS } from './server-calls.ts';
import { serverHome } from './server-home.ts';
import { receiveUnlink, type Received } from './server-unlink.ts';
import { callFor, newVisitor, takeToken, type Report, type Visitor } from './server-visitor.ts';

const CALLBACK = `https://${SHOPS.server}/cb`;
const PASSED_ON = ['scope', 'prompt', 'service_terms', 'through_account', 'nonce'];
const REPORT: Record<string, Report> = { 1: 'callback', home: 'home' };

function authorizeAddress(ask: Ask, { clientId, state }: Visitor): string {
  const fields = new URLSearchParams({
    client_id: clientId,
    redirect_uri: CALLBACK,
    response_type: 'code',
    state,
  });
  for (const name of PASSED_ON) {
    const value = ask.query.get(name);
    if (value !== null) fields.set(name, value);
  }
  return `https://${KAUTH}/oauth/authorize?${fields}`;
}

/** The answer, telling what the back end did when the visitor asked for it at this moment. */
function reported(answer: Answer, visitor: Visitor, moment: Report): Answer {
  if (visitor.report !== moment || !visitor.lastCalls.length) return answer;
  return withHeaders(answer, { 'server-timing': serverTiming(visitor.lastCalls) });
}

/** server.shop.test: code and calls stay on the back end. Gives the shop's request handler. */
export function createServerShop(kakao: Kakao, port: () => number): (ask: Ask) => Promise<Answer> {
  const visitors = new Map<string, Visitor>();
  const received: Received[] = [];

  /** `/login?call=me,friends|none&report=1|home&app=…&scope=…&prompt=…`. */
  function login(ask: Ask): Answer {
    const sid = kakao.secrets.issue('SID');
    const wanted = ask.query.get('call') ?? 'me';
    const visitor = newVisitor({
      clientId: ask.query.get('app') ?? APPS.server,
      state: ask.query.get('state') ?? `state-${randomUUID()}`,
      calls: wanted === 'none' ? [] : wanted.split(','),
      report: REPORT[ask.query.get('report') ?? ''] ?? 'no',
    });
    visitors.set(sid, visitor);
    return withHeaders(redirect(authorizeAddress(ask, visitor)), {
      'set-cookie': `server_sid=${sid}; Path=/; Secure; HttpOnly; SameSite=Lax`,
    });
  }

  async function callback(ask: Ask, visitor: Visitor): Promise<Answer> {
    visitor.problem = ask.query.get('error');
    visitor.lastCalls = [];
    const code = ask.query.get('code');
    if (ask.query.get('state') !== visitor.state) visitor.problem = 'state differs';
    else if (code) {
      const fields = { grant_type: 'authorization_code', redirect_uri: CALLBACK, code };
      await takeToken(kakao, port(), visitor, fields);
      for (const name of visitor.accessToken ? visitor.calls : [])
        await callFor(kakao, port(), visitor, name, false);
    }
    return reported(redirect('/home'), visitor, 'callback');
  }

  /** `/call?name=me[&admin=1][&report=1][&endless=1]`: a later call on the back end; an endless answer is never complete. */
  async function laterCall(ask: Ask, visitor: Visitor): Promise<Answer> {
    const name = ask.query.get('name') ?? 'me';
    if (!Object.hasOwn(SERVER_CALLS, name)) return json({ error: `unknown call ${name}` }, 400);
    const made = await callFor(kakao, port(), visitor, name, ask.query.get('admin') === '1');
    const answer = json({ method: made.method, path: made.path, status: made.status });
    if (ask.query.get('report') !== '1') return answer;
    return withHeaders(answer, {
      'server-timing': serverTiming([made]),
      ...(ask.query.get('endless') === '1' ? { 'content-length': '1000000' } : {}),
    });
  }

  async function refresh(visitor: Visitor): Promise<Answer> {
    const fields = { grant_type: 'refresh_token', refresh_token: visitor.refreshToken ?? '' };
    visitor.problem = null;
    await takeToken(kakao, port(), visitor, fields);
    return json({ problem: visitor.problem }, visitor.problem ? 400 : 200);
  }

  const stranger = (): Answer => json({ error: 'not logged in' }, 401);

  return async (ask) => {
    const sid = ask.cookies.get('server_sid') ?? '';
    const visitor = visitors.get(sid);
    switch (ask.path) {
      case '/':
        return serverHome(undefined);
      case '/login':
        return login(ask);
      case '/cb':
        return visitor ? callback(ask, visitor) : redirect('/');
      case '/home':
        return visitor ? reported(serverHome(visitor), visitor, 'home') : serverHome(undefined);
      case '/call':
        return visitor ? laterCall(ask, visitor) : stranger();
      case '/refresh':
        return visitor ? refresh(visitor) : stranger();
      case '/leave':
        visitors.delete(sid);
        return redirect('/');
      case '/kakao/unlink':
        return receiveUnlink(kakao, ask, received);
      case '/received':
        return json(received);
      default:
        return html('404', 404);
    }
  };
}
