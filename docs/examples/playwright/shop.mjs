// A shop that logs in with Kakao on its back end. Where Kakao is comes from the environment, so that a test can say.
import { createServer } from 'node:http';

const { KAKAO_AUTH = 'https://kauth.kakao.com', KAKAO_API = 'https://kapi.kakao.com' } =
  process.env;
const CLIENT_ID = 'sample-rest-key';

/** Starts the shop on a free port of this machine; `complete: false` leaves the completing call out. */
export async function startShop({ auth = KAKAO_AUTH, api = KAKAO_API, complete = true } = {}) {
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const site = `http://127.0.0.1:${server.address().port}`;
  const redirectUri = `${site}/auth/kakao/callback`;

  async function answer(request, response) {
    const url = new URL(request.url, site);
    if (url.pathname === '/login') {
      const query = new URLSearchParams({
        client_id: CLIENT_ID,
        redirect_uri: redirectUri,
        response_type: 'code',
      });
      // The browser goes to Kakao's real address.
      response.writeHead(302, { location: `https://kauth.kakao.com/oauth/authorize?${query}` });
      return response.end();
    }
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (url.pathname !== '/auth/kakao/callback')
      return response.end('<h1>Shop</h1><a href="/login">Log in with Kakao</a>');
    const code = url.searchParams.get('code');
    if (!code) return response.end(`<p>Not logged in: ${url.searchParams.get('error')}</p>`);
    const token = await fetch(`${auth}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: CLIENT_ID,
        redirect_uri: redirectUri,
        code,
      }),
    }).then((r) => r.json());
    if (!complete) return response.end('<p>Welcome, somebody</p>');
    const me = await fetch(`${api}/v2/user/me`, {
      headers: { authorization: `Bearer ${token.access_token}` },
    }).then((r) => r.json());
    response.end(`<p>Welcome, ${me.kakao_account.profile.nickname}</p>`);
  }

  return { site, redirectUri, clientId: CLIENT_ID, close: () => server.close() };
}
