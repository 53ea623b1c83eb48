import { describe } from 'vitest';
import { T0 } from '../../fixtures.ts';
import {
  callWith,
  file,
  fromHar,
  harFirstLogin,
  harMe,
  harRepeat,
  harTokenLogin,
  KAUTH,
  keptOpen,
  onPage,
  TOKEN,
  withIdToken,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { after, mode, testCases, type KnownCase } from './known-case.ts';

const FORMS = 'https://accounts.kakao.com';

/** As a recorder writes them that knows whole seconds only. */
const inWholeSeconds = (requests: readonly HarRequest[]): HarRequest[] =>
  requests.map((r) => ({
    ...r,
    more: {
      ...r.more,
      startedDateTime: new Date(Math.floor(r.at / 1000) * 1000).toISOString(),
      time: 180,
    },
  }));

/** As a recorder writes them that leaves out where kauth leads to; the login form leads to the first page. */
const withoutTargets = (requests: readonly HarRequest[]): HarRequest[] =>
  requests.map(({ to, ...r }) => ({
    ...r,
    ...(to ? { status: 302 } : {}),
    headers: { ...r.headers, Referer: (r.headers?.['Referer'] ?? '').replace(KAUTH, FORMS) },
  }));

const FILES_AS_WRITTEN: KnownCase[] = [
  {
    name: 'status written as text in a file: read as the number it is',
    history: async () => [
      mode('auto'),
      await fromHar([
        ...harFirstLogin(T0).map((r) => ({ ...r, status: String(r.to ? 302 : 200) })),
        harMe(after(0, 1), { status: '200' }),
      ]),
    ],
    at: 2,
    logins: [{ verdict: 'complete certain', kind: 'first certain' }],
  },
  {
    name: 'login and its call within one of the whole seconds that a recorder writes: complete',
    history: async () => [
      mode('auto'),
      await file(onPage(inWholeSeconds([...harFirstLogin(T0), harMe(T0 + 2600)]))),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: 'two accounts within a few of such seconds, of which only the second calls: each is judged by its own',
    history: async () => [
      mode('auto'),
      await file(
        onPage(
          inWholeSeconds([
            ...withIdToken('7', withOwnToken(harFirstLogin(T0), `${TOKEN}1`)),
            ...withIdToken('8', withOwnToken(harFirstLogin(T0 + 3000), `${TOKEN}2`)),
            callWith(T0 + 5900, `${TOKEN}2`),
          ]),
        ),
      ),
    ],
    at: 30,
    logins: [{ verdict: 'missed' }, { verdict: 'complete' }],
  },
  {
    name: 'repeat whose redirects say not where they led, on a site’s server: may have completed the first login',
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          ...harTokenLogin(),
          ...withoutTargets(harRepeat(after(1)).slice(0, 2)),
          ...keptOpen,
        ]),
      ),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely' }, { verdict: 'unseen' }],
  },
  {
    name: 'recording that a file holds twice: one login, complete',
    history: async () => {
      const once = onPage([...harFirstLogin(T0), harMe(after(0, 5))]);
      return [mode('auto'), await file([...once, ...once])];
    },
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
];

describe('a file that its recorder wrote in its own way', () => {
  testCases(FILES_AS_WRITTEN);
});
