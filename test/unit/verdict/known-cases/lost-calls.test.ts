import { describe } from 'vitest';
import { SITE, T0 } from '../../fixtures.ts';
import {
  callWith,
  harFirstLogin,
  harMe,
  harRepeat,
  onPage,
  readAsFile,
  TOKEN,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { after, mode, testCases, type KnownCase } from './known-case.ts';

const LATER_TOKEN = 'zQ3vZp9xYb7Lr2TnWc5Hs8Jd1Fg4Mq6AAAAQo9dRsAAAGTab';

/** Asks whether a page may call `/v2/user/me`. */
const preflight = (at: number, more: Partial<HarRequest> = {}): HarRequest =>
  harMe(at, {
    method: 'OPTIONS',
    headers: {
      Authorization: '',
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'authorization',
    },
    more: { _resourceType: 'preflight' },
    ...more,
  });

const first = withOwnToken(harFirstLogin(T0), TOKEN);
const refused = { status: 403, body: '{"msg":"insufficient scopes.","code":-402}' };

/** Files in which a call is missing after the preflight that was made for it, and others in which none is. */
const LOST_CALLS: KnownCase[] = (
  [
    ['accepted, and no call: it may have been made', [preflight(T0 + 4000)], 'missed likely'],
    [
      'accepted, and a call refused: missed',
      [preflight(T0 + 4000), callWith(T0 + 4100, TOKEN, refused)],
      'missed certain',
    ],
    [
      'accepted, and its call told to begin before it: missed',
      [callWith(T0 + 3900, TOKEN, refused), preflight(T0 + 4000)],
      'missed certain',
    ],
    [
      'accepted, and a call refused that another preflight was made for: it may have been made',
      [preflight(T0 + 4000), callWith(T0 + 4100, TOKEN, refused), preflight(T0 + 6000)],
      'missed likely',
    ],
    [
      'accepted, and a call refused of another site’s page: it may have been made',
      [
        preflight(T0 + 4000),
        callWith(T0 + 4100, TOKEN, { ...refused, headers: { Origin: 'https://other.test' } }),
      ],
      'missed likely',
    ],
    ['refused: no call was made', [preflight(T0 + 4000, { status: 403 })], 'missed certain'],
    [
      'accepted on another path, and no call: missed',
      [preflight(T0 + 4000, { url: 'https://kapi.kakao.com/v2/user/scopes' })],
      'missed certain',
    ],
    [
      'accepted, and no call but one after the window: not surely late',
      [
        preflight(T0 + 4000),
        ...withOwnToken(harRepeat(after(20)), LATER_TOKEN),
        callWith(after(25), LATER_TOKEN),
      ],
      'late likely',
    ],
  ] as const
).map(([name, requests, verdict]) => ({
  name: `preflight ${name}`,
  history: async () => [
    mode('auto'),
    await readAsFile(
      onPage([...first, ...requests, { at: after(0, 5), url: `${SITE}/home`, document: true }]),
    ),
  ],
  at: 30,
  logins: [{ verdict }, ...(requests.length > 3 ? [{ verdict: 'not-applicable' }] : [])],
}));

describe('a file that lost the call after its preflight', () => {
  testCases(LOST_CALLS);
});
