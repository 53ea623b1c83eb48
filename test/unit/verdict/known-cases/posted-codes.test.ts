import { describe } from 'vitest';
import { SITE, T0 } from '../../fixtures.ts';
import { harFirstLogin, harRepeat, readAsFile, type HarRequest } from './har-requests.ts';
import { after, mode, testCases, type KnownCase } from './known-case.ts';

const LOGIN_FORM = `https://accounts.kakao.com/login/?continue=${encodeURIComponent('https://kauth.kakao.com/oauth/authorize?through_account=true')}`;
const REPORT = 'kakao;desc="POST /oauth/token 200", kakao;desc="GET /v2/user/me 200"';
/** A code as long as Kakao's. */
const codeOf = (at: number) => `hK3tQ9vXbY7Lr2TnWc5Hs8Jd1Fg4Mq6${at}`;

/** As a proxy records a window of a desktop browser: it names no pages. */
const byProxy = (requests: readonly HarRequest[]): HarRequest[] =>
  requests.map(({ document, ...r }) => ({
    ...r,
    headers: {
      'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0',
      Accept: document ? 'text/html,*/*' : '*/*',
      'Sec-Fetch-Dest': document ? 'document' : 'empty',
      ...r.headers,
    },
  }));

/** The requests of a login until its code came to the page. */
const untilCode = (at: number, requests: readonly HarRequest[]): HarRequest[] =>
  requests.slice(0, -1).map((r) => ({
    ...r,
    url: r.url.replace(`code=c${at}`, `code=${codeOf(at)}`),
    ...(r.to ? { to: r.to.replace(`code=c${at}`, `code=${codeOf(at)}`) } : {}),
  }));

/** The page hands a code to its own server, which tells what it then asked of Kakao. */
const handOver = (at: number, sent: string, report = REPORT): HarRequest => ({
  at,
  method: 'POST',
  url: `${SITE}/api/login`,
  document: false,
  headers: { Origin: SITE, Referer: `${SITE}/cb` },
  form: sent,
  response: { headers: [{ name: 'Server-Timing', value: report }] },
});

/** Kakao asks a window to log in, as it asks none that has just done so. */
const askedToLogIn = (at: number): HarRequest => {
  const [asked] = harFirstLogin(at);
  if (!asked) throw new Error('no login');
  return { ...asked, to: LOGIN_FORM };
};

const second = after(0, 4);

/** First logins in two windows of one browser, the first one's code handed over as given. */
const inTwoWindows = (...handed: HarRequest[]) =>
  readAsFile(
    byProxy([
      ...untilCode(T0, harFirstLogin(T0)),
      ...handed.filter((r) => r.at < second),
      askedToLogIn(second - 20_000),
      ...untilCode(second, harFirstLogin(second)),
      ...handed.filter((r) => r.at >= second),
    ]),
  );

/** A proxy's file of several windows whose pages hand the code to their server. */
const POSTED_CODES: KnownCase[] = [
  ...[
    ['in JSON', `{"code":"${codeOf(T0)}","state":"s"}`],
    ['in a form', `code=${codeOf(T0)}&state=s`],
  ].map(([how = '', sent = '']) => ({
    name: `code sent ${how}: what the server reports then is of the login that it came to`,
    history: async () => [mode('auto'), await inTwoWindows(handOver(T0 + 2500, sent))],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { never: 'missed certain' }],
  })),
  {
    name: 'code sent of a repeat in one window: what the server reports then is not surely of the other window’s login',
    history: async () => [
      mode('auto'),
      await inTwoWindows(
        ...untilCode(after(0, 9), harRepeat(after(0, 9))),
        handOver(after(0, 10), `{"code":"${codeOf(after(0, 9))}"}`),
      ),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }, { never: 'complete certain' }, {}],
  },
  {
    name: 'another code sent: what the server reports then is of any window’s login',
    history: async () => [
      mode('auto'),
      await inTwoWindows(handOver(second + 2500, `{"code":"${codeOf(7)}"}`)),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }, { never: 'complete certain' }],
  },
];

describe('a proxy’s file of several windows whose pages hand the code to their server', () => {
  testCases(POSTED_CODES);
});
