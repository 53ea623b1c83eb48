import { describe } from 'vitest';
import { SITE, T0 } from '../../fixtures.ts';
import {
  callWith,
  harFirstLogin,
  mode,
  onPage,
  readAsFile,
  testCases,
  withOwnToken,
  type HarRequest,
  type KnownCase,
} from './known-case.ts';

const TOKEN = 'kQ3vZp9xYb7Lr2TnWc5Hs8Jd1Fg4Mq6AAAAQo9dRsAAAGTab';

/** A file of one browser's requests, in which the link mode was set by hand. */
const inFile = (requests: readonly HarRequest[]) => async () => [
  mode('auto'),
  await readAsFile(onPage(requests)),
];

/** The last page and the exchange of a first login, whose callback a server leads on to another address. */
function ledOn(to: string): HarRequest[] {
  const [ask, agree, callback, exchange] = harFirstLogin(T0);
  if (!ask || !agree || !callback || !exchange) throw new Error('no login');
  const origin = new URL(to).origin;
  const headers = { ...exchange.headers, Origin: origin, Referer: `${origin}/` };
  // Browsers go on naming the page before the first of all redirects.
  const reached = { ...callback, at: callback.at + 50, url: to };
  return [ask, agree, { ...callback, to }, reached, { ...exchange, headers }];
}

const code = `code=c${T0}&state=s`;

const LED_ON: KnownCase[] = [
  {
    name: 'callback that is led on to another path with its code: one login',
    history: inFile([
      ...withOwnToken(ledOn(`${SITE}/cb/?${code}`), TOKEN),
      callWith(T0 + 5000, TOKEN),
    ]),
    at: 30,
    logins: [{ verdict: 'complete certain', kind: 'first certain' }],
  },
  {
    name: 'callback of a broker that leads on with a code of its own: one login',
    history: inFile([
      ...ledOn(`https://app.shop.test/in?code=vB7kQ2mX9pL4wZ&state=s`).slice(0, 4),
      callWith(T0 + 5000, TOKEN),
    ]),
    at: 30,
    logins: [{ kind: 'first certain' }],
  },
];

describe('a server leads on from the redirect URI', () => {
  testCases(LED_ON);
});
