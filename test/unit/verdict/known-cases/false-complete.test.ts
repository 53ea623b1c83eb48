import { describe } from 'vitest';
import { exchange, firstLogin, me, observe, SITE, T0, token } from '../../fixtures.ts';
import { file, harFirstLogin, onPage, type HarRequest } from './har-requests.ts';
import {
  after,
  ME_REPORT,
  mode,
  reported,
  testCases,
  TOKEN_REPORT,
  type KnownCase,
} from './known-case.ts';

/** A first login whose code the server exchanges, and an answer of the site that was asked for at an instant and took long. */
const withSlowReport = (at: number): HarRequest[] => [
  ...harFirstLogin(T0)
    .slice(0, 3)
    .map((r, i) => (i === 2 ? { ...r, response: told(TOKEN_REPORT) } : r)),
  {
    at,
    url: `${SITE}/api/friends`,
    document: false,
    headers: { Referer: `${SITE}/` },
    response: told(ME_REPORT),
    more: { time: 5000 },
  },
];

const told = (value: string) => ({ headers: [{ name: 'Server-Timing', value }] });

const FALSE_COMPLETE: KnownCase[] = [
  {
    name: 'report naming another host than Kakao: completes nothing',
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(after(0, 1), 'kakao;desc="POST /oauth/token 200"'),
      reported(after(0, 2), 'kakao;desc="GET https://api.shop.test/v2/user/me 200"'),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely | unseen' }],
  },
  {
    name: 'report on an answer that was asked for before the login: may be of the account before',
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(T0 + 3500, TOKEN_REPORT),
      reported(T0 + 5000, ME_REPORT, { sentAt: T0 + 1000 }),
    ],
    at: 30,
    logins: [{ never: 'complete certain | missed certain' }],
  },
  {
    name: 'report on an answer that was asked for after the login: is its own',
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(T0 + 3500, TOKEN_REPORT, { sentAt: T0 + 3100 }),
      reported(T0 + 5000, ME_REPORT, { sentAt: T0 + 4000 }),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: 'reports of a token and a call, asked for before the login: no sure completion, no sure miss',
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(T0 + 5000, `${TOKEN_REPORT}, kakao;desc="GET /v1/user/access_token_info 200"`, {
        sentAt: T0 + 1000,
      }),
    ],
    at: 30,
    logins: [{ never: 'complete certain | missed certain' }],
  },
  {
    name: 'two accounts, and a report on an answer that was asked for before the second: surely of neither',
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(T0 + 3500, TOKEN_REPORT, { sentAt: T0 + 3100 }),
      firstLogin(after(1)),
      reported(after(1) + 3500, TOKEN_REPORT, { sentAt: after(1) + 3100 }),
      reported(after(1) + 5000, ME_REPORT, { sentAt: after(1) + 1000 }),
    ],
    at: 30,
    logins: [{ never: 'missed certain' }, { never: 'complete certain | missed certain' }],
  },
  {
    name: 'file with a report on an answer that was asked for before the login: may be of the account before',
    history: async () => [mode('auto'), await file(onPage(withSlowReport(T0 + 1000)))],
    at: 30,
    logins: [{ never: 'complete certain' }],
  },
  {
    name: 'file with a report on an answer that was asked for after the login: is its own',
    history: async () => [mode('auto'), await file(onPage(withSlowReport(T0 + 4000)))],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: 'another account minutes later, whose call is answered about the link of the account before: may carry its token',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      me(T0 + 5000, {}, { account: 'hash-1', connectedAt: T0 + 3000 }),
      firstLogin(after(0, 5)),
      exchange(after(0, 5) + 4000),
      me(after(0, 5) + 5000, {}, { account: 'hash-1', connectedAt: T0 + 3000 }),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { never: 'complete certain | missed certain' }],
  },
  {
    name: 'another account minutes later, whose call is answered about the link that the login before made: may carry its token',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      firstLogin(after(0, 5)),
      exchange(after(0, 5) + 4000),
      me(after(0, 5) + 5000, {}, { account: 'hash-1', connectedAt: T0 + 3000 }),
    ],
    at: 30,
    logins: [{}, { never: 'complete certain | missed certain' }],
  },
  {
    name: "report on another tab's answer before that of the login's token: may be of the account before",
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(T0 + 3600, ME_REPORT, { tab: 'r:2' }),
      reported(T0 + 4000, TOKEN_REPORT),
    ],
    at: 30,
    logins: [{ never: 'complete certain | missed certain' }],
  },
  {
    name: "report on another tab's answer after that of the login's token: is its own",
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(T0 + 4000, TOKEN_REPORT),
      reported(T0 + 4600, ME_REPORT, { tab: 'r:2' }),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: "report that the login's own tab had before that of its token: is its own",
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(T0 + 3600, ME_REPORT),
      reported(T0 + 4000, TOKEN_REPORT),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: "address of a call opened with some token in the login's tab: may be of anybody",
    history: [mode('auto'), firstLogin(T0), exchange(T0 + 4000), me(T0 + 600_000, { site: null })],
    at: 30,
    logins: [{ never: 'complete certain | missed certain' }],
  },
  {
    name: 'call after the only token request was refused: its token may be of a login before the recording',
    history: [mode('auto'), firstLogin(T0), observe(token(400), T0 + 4000), me(T0 + 5000)],
    at: 30,
    logins: [{ never: 'complete certain | missed certain' }],
  },
];

describe('no login is surely called complete that is not', () => {
  testCases(FALSE_COMPLETE);
});
