// A shop as Next.js starts and calls one, without Next.js: a test has put the recipe's two files beside each other in
// SITE. register() of instrumentation.ts runs before the server listens; route handlers and middleware get a web Request
// and give a web Response, which is written to node:http's as Next.js does. Settings come from the environment.
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { Auth } from '@auth/core';
import Kakao from '@auth/core/providers/kakao';
import { homePage } from './home-page.mjs';

const { CLIENT_ID, CLIENT_SECRET, ORIGIN, SITE } = process.env;

const config = {
  basePath: '/api/auth',
  providers: [Kakao({ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET })],
  secret: 'only for tests',
  trustHost: true,
  logger: { error: () => {}, warn: () => {} },
};
/** What next-auth exports as the handlers of app/api/auth/[...nextauth]/route.ts. */
const auth = (request) => Auth(request, config);

/** A login without a library: exchanges the code of the address, asks who it is, and goes home. */
async function logIn(request) {
  const url = new URL(request.url);
  const fields = {
    grant_type: 'authorization_code',
    client_id: CLIENT_ID,
    client_secret: CLIENT_SECRET,
    redirect_uri: ORIGIN + url.pathname,
    code: url.searchParams.get('code') ?? '',
  };
  const body = new URLSearchParams(fields);
  const exchange = await fetch('https://kauth.kakao.com/oauth/token', { method: 'POST', body });
  const { access_token: token } = await exchange.json();
  if (!token) return Response.json({ error: 'no token' }, { status: 401 });
  const headers = { authorization: `Bearer ${token}` };
  const me = await (await fetch('https://kapi.kakao.com/v2/user/me', { headers })).json();
  const home = { location: `${ORIGIN}/`, 'set-cookie': `user=${me.id}; Path=/; Secure` };
  return new Response(null, { status: 302, headers: home });
}

const home = (request) => {
  const state = /\buser=|session-token/.test(request.headers.get('cookie')) ? 'done' : 'idle';
  const page = homePage('Next.js', state, '<a id="login" href="/login">카카오 로그인</a>');
  return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } });
};

/** proxy.ts (middleware.ts before Next.js 16) on the Node runtime: null where it lets the request go on. */
const middleware = (request) =>
  new URL(request.url).pathname === '/middleware/callback' ? logIn(request) : null;

function handlerOf(pathname) {
  if (pathname.startsWith('/api/auth/')) return auth;
  return pathname === '/callback' ? logIn : home;
}

async function write(answer, response) {
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) response.appendHeader(name, value);
  response.flushHeaders();
  if (answer.body) await pipeline(Readable.fromWeb(answer.body), response);
  else response.end();
}

const server = createServer((message, response) => {
  void (async () => {
    const { method, headers } = message;
    const hasBody = method !== 'GET' && method !== 'HEAD';
    const request = new Request(ORIGIN + message.url, {
      method,
      headers: new Headers(Object.entries(headers)),
      ...(hasBody && { body: Readable.toWeb(message), duplex: 'half' }),
    });
    const { pathname } = new URL(request.url);
    const answer = (await middleware(request)) ?? (await handlerOf(pathname)(request));
    await write(answer, response);
  })();
});

const { register } = await import(pathToFileURL(`${SITE}/instrumentation.ts`));
await register();
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
process.on('disconnect', () => process.exit());
