import { describe } from 'vitest';
import type { ArrivalFact } from '../../../../utils/model/observation.ts';
import {
  api,
  APP,
  exchange,
  firstLogin,
  me,
  observe,
  repeatLogin,
  SITE,
  T0,
  token,
} from '../../fixtures.ts';
import { file, harFirstLogin, harTokenRequest, onPage } from './har-requests.ts';
import { after, MISS_UNSURE, mode, testCases, type KnownCase } from './known-case.ts';

const failedExchange = (what: string, status: number): KnownCase => ({
  name: `only token request seen ${what}: a miss is not certain`,
  history: [mode('auto'), firstLogin(T0), observe(token(status), after(0, 1))],
  at: 30,
  logins: [{ verdict: 'missed likely | unseen' }],
});

const ARRIVAL: ArrivalFact = {
  type: 'arrival',
  redirectUri: `${SITE}/cb`,
  outcome: 'code',
  error: null,
};

const TOKEN_REQUESTS: KnownCase[] = [
  failedExchange('refused with 400', 400),
  failedExchange('refused with 401', 401),
  failedExchange('without an answer', 0),
  {
    name: 'token that the server gave to the page: a miss is not certain',
    history: [mode('auto'), firstLogin(T0), observe(api('/v1/api/talk/friends', 403), after(0, 1))],
    at: 30,
    logins: [{ verdict: 'missed likely | unseen' }],
  },
  ...[2, 9].map((minutes) => ({
    name: `token request ${minutes} minutes after the code: may refresh one that the server gave, so a miss is not certain`,
    history: [mode('auto'), firstLogin(T0), exchange(after(0, minutes))],
    at: 30,
    logins: [{ verdict: 'missed likely' }],
  })),
  {
    name: 'token request of a page whose server kept the code: refreshes what the server gave, so a miss is not certain',
    history: [
      mode('auto'),
      firstLogin(T0),
      observe({ ...ARRIVAL, codeKept: true }, T0 + 3200),
      exchange(T0 + 4000),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely' }],
  },
  {
    name: 'token request of a page that got the code: a miss is certain',
    history: [mode('auto'), firstLogin(T0), observe(ARRIVAL, T0 + 3200), exchange(T0 + 4000)],
    at: 30,
    logins: [{ verdict: 'missed certain' }],
  },
  {
    name: 'call with a kept token, and a token request two minutes after the code: no sure completion',
    history: [mode('auto'), firstLogin(T0), me(T0 + 30_000), exchange(after(0, 2))],
    at: 30,
    logins: [{ verdict: 'complete likely' }],
  },
  {
    name: 'token request two minutes after the code of a second account: may refresh the token of the first',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      firstLogin(after(1)),
      exchange(after(1, 2)),
      me(after(1, 3)),
    ],
    at: 30,
    logins: [{ never: 'missed certain' }, { never: 'complete certain' }],
  },
  {
    name: 'code exchanged for a token minutes after it, as a file shows: a miss is certain',
    history: async () => [
      mode('auto'),
      await file(harFirstLogin(T0).map((r, i) => (i === 3 ? { ...r, at: after(0, 5) } : r))),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain' }],
  },
  {
    name: 'call after the only token request was refused: its token may be of a login before the recording',
    history: [mode('auto'), firstLogin(T0), observe(token(400), T0 + 4000), me(T0 + 5000)],
    at: 30,
    logins: [{ never: 'complete certain | missed certain' }],
  },
  {
    name: 'two logins on a site whose server has the tokens: the second hides no more than the first one does itself',
    history: [mode('auto'), firstLogin(T0), repeatLogin(after(1))],
    at: 2,
    logins: [{ verdict: 'pending certain' }, { verdict: 'not-applicable certain' }],
  },
  {
    name: 'code exchanged on the server, token refreshed by the page right after: a miss is not certain',
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          ...harFirstLogin(T0).slice(0, 3),
          {
            ...harTokenRequest(after(0, 1), 'x', 'AT-2'),
            form: `grant_type=refresh_token&client_id=${APP}&refresh_token=RT-of-the-server`,
          },
        ]),
      ),
    ],
    at: 30,
    logins: [MISS_UNSURE],
  },
];

describe('a token request tells where the token of a login is', () => {
  testCases(TOKEN_REQUESTS);
});
