import { describe } from 'vitest';
import { SITE, T0 } from '../../fixtures.ts';
import {
  harFirstLogin,
  onPage,
  readAsFile,
  TOKEN,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { mode, testCases, type KnownCase } from './known-case.ts';

const REFUSED = 'kakao;desc="GET /v1/api/talk/friends 403 code=-402";dur=41';

/** The page hands its token to a server of the site, which may tell what it then asked of Kakao. */
const handOver = (at: number, report: string | null): HarRequest => ({
  at,
  method: 'POST',
  url: `${SITE}/api/login`,
  document: false,
  headers: { Origin: SITE, Referer: `${SITE}/cb` },
  form: `{"access_token":"${TOKEN}"}`,
  ...(report === null ? {} : { response: { headers: [{ name: 'Server-Timing', value: report }] } }),
});

/** Whatever a sanitizer wrote in the place of a token that a page sent; the answer that issued it was packed, so it is left. */
const maskedInRequests: KnownCase[] = [
  ...['[redacted]', 'REDACTED', '***', 'REMOVED', 'xxxxxxxx'].map(
    (mask) => `{"access_token":"${mask}"}`,
  ),
  'access_token=%5BREDACTED%5D',
].map((sent) => ({
  name: `token handed over in a request as ${sent}, though not masked in the answer that issued it: missed perhaps`,
  history: async () => [
    mode('auto'),
    await readAsFile(
      onPage([
        ...withOwnToken(harFirstLogin(T0), TOKEN),
        { ...handOver(T0 + 4000, null), form: sent },
      ]),
    ),
  ],
  at: 30,
  logins: [{ verdict: 'missed likely' }],
}));

const handedToServers: KnownCase[] = (
  [
    ['one that reports its calls with the answer: missed', [REFUSED], 'missed certain'],
    ['one that reports nothing: it may have called', [null], 'missed likely'],
    [
      'one that reports what cannot be read: it may have called',
      ['kakao;desc="user me"'],
      'missed likely',
    ],
    [
      'one that reports its calls, and once more without a report',
      [REFUSED, null],
      'missed likely',
    ],
    [
      'one that reports a call that counts: complete',
      ['kakao;desc="GET /v2/user/me 200"'],
      'complete certain',
    ],
  ] as const
).map(([to, reports, verdict]) => ({
  name: `token handed to ${to}`,
  history: async () => [
    mode('auto'),
    await readAsFile(
      onPage([
        ...withOwnToken(harFirstLogin(T0), TOKEN),
        ...reports.map((report, i) => handOver(T0 + 4000 + i * 1000, report)),
      ]),
    ),
  ],
  at: 30,
  logins: [{ verdict }],
}));

/** Files of a first login whose page hands its token to servers, which make no call that counts. */
const HANDED_TOKENS: KnownCase[] = [...handedToServers, ...maskedInRequests];

describe('a file in which a page hands its token to its own server', () => {
  testCases(HANDED_TOKENS);
});
