// A shop on Express with passport-kakao, as its README sets it up. Settings come from the environment.
import express from 'express';
import session from 'express-session';
import passport from 'passport';
import passportKakao from 'passport-kakao';
import { homePage } from './home-page.mjs';

const { CLIENT_ID, CLIENT_SECRET, ORIGIN } = process.env;
const app = express();
app.set('trust proxy', true);
app.use(
  session({
    secret: 'only for tests',
    resave: false,
    saveUninitialized: false,
    cookie: { secure: true, sameSite: 'lax' },
  }),
);
app.use(passport.session());
passport.serializeUser((user, done) => done(null, user));
passport.deserializeUser((user, done) => done(null, user));
passport.use(
  new passportKakao.Strategy(
    { clientID: CLIENT_ID, clientSecret: CLIENT_SECRET, callbackURL: `${ORIGIN}/cb` },
    (_accessToken, _refreshToken, profile, done) => done(null, { id: profile.id }),
  ),
);

const login = '<a id="login" href="/login">카카오 로그인 / Log in with Kakao</a>';
app.get('/', (request, response) => {
  const state = request.user ? 'done' : 'idle';
  response.send(homePage('passport-kakao', state, login));
});
app.get('/login', passport.authenticate('kakao'));
app.get(
  '/cb',
  passport.authenticate('kakao', { successRedirect: '/', failureRedirect: '/?failed' }),
);
// Express knows an error handler by its four parameters.
app.use((_error, _request, response, _next) => {
  response.status(500).send(homePage('passport-kakao', 'error', login));
});

const server = app.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
process.on('disconnect', () => process.exit());
