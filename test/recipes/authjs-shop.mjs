// A shop on Express with @auth/express and its Kakao provider, as its guide sets it up. Settings come from the environment.
import { ExpressAuth, getSession } from '@auth/express';
import Kakao from '@auth/express/providers/kakao';
import express from 'express';
import { homePage } from './home-page.mjs';

const { CLIENT_ID, CLIENT_SECRET } = process.env;
const config = {
  providers: [Kakao({ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET })],
  secret: 'only for tests',
  trustHost: true,
  logger: { error: () => {}, warn: () => {} },
};
const app = express();
app.set('trust proxy', true);
// The adapter reads the first parameter, which Express 5 numbers only in a regular expression.
app.use(/^\/auth\/(.+)/, ExpressAuth(config));

const login = `<button id="login">카카오 로그인 / Log in with Kakao</button><script>
document.getElementById('login').onclick = async () => {
  const { csrfToken } = await (await fetch('/auth/csrf')).json();
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/auth/signin/kakao';
  for (const [name, value] of Object.entries({ csrfToken, callbackUrl: '/' }))
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  document.body.append(form);
  form.submit();
};</script>`;
app.get('/', (request, response, next) => {
  getSession(request, config)
    .then((found) => response.send(homePage('Auth.js', found ? 'done' : 'idle', login)))
    .catch(next);
});

const server = app.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
process.on('disconnect', () => process.exit());
