import { describe } from 'vitest';
import { firstLogin, SITE, T0 } from '../../fixtures.ts';
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

const ofTheServer = (name: string, header: string): KnownCase => ({
  name: `report ${name}: read as meant`,
  history: [
    mode('auto'),
    firstLogin(T0),
    reported(after(0, 1), 'kakao;desc="POST /oauth/token 200"'),
    reported(after(0, 2), header),
  ],
  at: 30,
  logins: [{ verdict: 'complete' }],
});

const SERVER_REPORTS: KnownCase[] = [
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
  ofTheServer('with a query', 'kakao;desc="GET /v2/user/me?secure_resource=true 200"'),
  ofTheServer('with a full address', 'kakao;desc="GET https://kapi.kakao.com/v2/user/me 200"'),
  ofTheServer('with a lower-case method', 'kakao;desc="get /v2/user/me 200"'),
  ofTheServer(
    'past the fiftieth metric',
    [
      ...Array.from({ length: 50 }, () => 'kakao;desc="GET /v2/user/scopes 200"'),
      'kakao;desc="GET /v2/user/me 200"',
    ].join(', '),
  ),
  ...[
    {
      what: 'begin hours after the login',
      header: 'kakao;desc="GET /v1/user/access_token_info 200"',
    },
    { what: 'begin with a late refresh', header: 'kakao;desc="POST /oauth/token 200"' },
    { what: 'tell of no token', header: 'kakao;desc="GET /v2/user/me 403"', at: after(0, 1) },
  ].map(({ what, header, at = after(10) }) => ({
    name: `server's reports that ${what}: a miss is not certain`,
    history: [mode('auto'), firstLogin(T0), reported(at, header)],
    at: 30,
    logins: [{ verdict: 'missed likely | unseen' }],
  })),
  {
    name: "token reported before the login's code came: is not its own, so that its calls may be unseen",
    history: [mode('auto'), reported(T0 - 300_000, TOKEN_REPORT), firstLogin(T0)],
    at: 30,
    logins: [{ never: 'missed certain' }],
  },
  {
    name: 'token reported before the code came, and another after it: a miss is sure',
    history: [
      mode('auto'),
      reported(T0 - 300_000, TOKEN_REPORT),
      firstLogin(T0),
      reported(T0 + 4000, TOKEN_REPORT),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain' }],
  },
  {
    name: "report in the answer of an API host to the site's own page: counts for that page's site",
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(after(0, 1), `${TOKEN_REPORT}, kakao;desc="GET /v2/user/me 200"`, {
        url: 'https://api.shop.test/session',
      }),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: 'report in an answer that came before a login began: it is of who was logged in then',
    history: [
      mode('auto'),
      reported(T0 - 300_000, 'kakao;desc="GET /v2/user/me 200"', { sentAt: T0 - 300_200 }),
      firstLogin(T0),
      reported(after(0, 1), TOKEN_REPORT),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain' }],
  },
];

describe('what a server reports is of the login that it was asked for', () => {
  testCases(SERVER_REPORTS);
});
