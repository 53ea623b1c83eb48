import type { Observation } from '../../../../utils/model/observation.ts';
import { api, exchange, firstLogin, me, observe, T0, token } from '../../fixtures.ts';
import type { Steps } from '../judge-history.ts';
import { after, consentAgain, mode, testCases, type KnownCase } from './known-case.ts';

const INFO = '/v1/user/access_token_info';

const refresh = (at: number, status = 200): Observation =>
  observe(token(status, { grant: 'refresh_token' }), at);

/** A login whose token the page exchanged, and what came of it since. */
const withoutCall = (...since: Steps): Steps => [
  firstLogin(T0),
  exchange(after(0, 1)),
  observe(api(INFO), after(0, 2)),
  ...since,
];

const missedCertain: KnownCase['logins'] = [{ verdict: 'missed certain' }];
const missedLikely: KnownCase['logins'] = [{ verdict: 'missed likely' }];

testCases([
  {
    name: 'token refreshed when Kakao’s job had had its time: something unseen completed the login',
    history: withoutCall(mode('auto'), refresh(after(50))),
    at: 60,
    logins: missedLikely,
  },
  {
    name: 'token good when Kakao’s job had had its time: something unseen completed the login',
    history: withoutCall(mode('auto'), observe(api(INFO), after(50))),
    at: 60,
    logins: missedLikely,
  },
  {
    name: 'user read under manual link when the job had had its time: something unseen signed up',
    history: withoutCall(mode('manual'), me(after(50))),
    at: 60,
    logins: missedLikely,
  },
  {
    name: 'link cut by its user when the job had had its time: it was there until then',
    history: withoutCall(
      mode('auto'),
      observe(api('/v1/user/unlink', 200, { method: 'POST' }), after(50)),
    ),
    at: 60,
    logins: [{ verdict: 'unlinked likely | missed likely' }],
  },
  {
    name: 'token refreshed while Kakao’s job may yet come: the miss is certain',
    history: withoutCall(mode('auto'), refresh(after(47))),
    at: 60,
    logins: missedCertain,
  },
  {
    name: 'token not refreshed any more: the miss is certain',
    history: withoutCall(mode('auto'), refresh(after(50), 400)),
    at: 60,
    logins: missedCertain,
  },
  {
    name: 'token not good any more: the miss is certain',
    history: withoutCall(mode('auto'), observe(api(INFO, 401), after(50))),
    at: 60,
    logins: missedCertain,
  },
  {
    name: 'answer out of a cache when the job had had its time: the miss is certain',
    history: withoutCall(mode('auto'), observe(api(INFO, 200, { cached: true }), after(50))),
    at: 60,
    logins: missedCertain,
  },
  {
    name: 'call with the admin key when the job had had its time: the miss is certain',
    history: withoutCall(
      mode('auto'),
      observe(api('/v1/user/ids', 200, { target: 'other' }), after(50)),
    ),
    at: 60,
    logins: missedCertain,
  },
  {
    name: 'sharing call, which carries no token, after the job: the miss is certain',
    history: withoutCall(
      mode('auto'),
      observe(api('/v2/api/kakaolink/talk/template/validate'), after(50)),
    ),
    at: 60,
    logins: missedCertain,
  },
  {
    name: 'token of a login that came after the job: the miss before it is certain',
    history: withoutCall(
      mode('auto'),
      consentAgain(after(49)),
      exchange(after(49, 1)),
      observe(api(INFO), after(50)),
    ),
    at: 80,
    logins: [...missedCertain, { verdict: 'missed certain' }],
  },
]);
