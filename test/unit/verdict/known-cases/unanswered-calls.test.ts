import { describe } from 'vitest';
import { api, exchange, firstLogin, observe, T0 } from '../../fixtures.ts';
import { file, harFirstLogin, harMe, onPage } from './har-requests.ts';
import { after, mode, testCases, type KnownCase } from './known-case.ts';

const UNANSWERED_CALLS: KnownCase[] = [
  {
    name: 'listed call without an answer: a miss is not certain',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      observe(api('/v2/user/me', 0), after(0, 2)),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely | unseen' }],
  },
  ...[502, 504].map((status): KnownCase => ({
    name: `/v2/user/me with ${status} of a gateway on the way: Kakao may have answered`,
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      observe(api('/v2/user/me', status), after(0, 2)),
    ],
    at: 30,
    logins: [{ never: 'missed certain' }],
  })),
  {
    name: 'listed call without an answer: pending is in doubt',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      observe(api('/v2/user/me', 0), after(0, 2)),
    ],
    at: 2,
    logins: [{ verdict: 'pending likely | complete likely' }],
  },
  {
    name: 'call that an ad blocker kept from being sent: completes nothing, surely',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      observe(api('/v2/user/me', 0, { blocked: true }), after(0, 2)),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain' }],
  },
  ...[403, 200].map((status): KnownCase => ({
    name: `call that has no answer, after a preflight that was answered ${status}: ${status === 403 ? 'was never sent' : 'may have been sent'}`,
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          ...harFirstLogin(T0),
          harMe(after(0, 1), { status: 0 }),
          harMe(after(0, 1) + 2, { method: 'OPTIONS', status, headers: { Authorization: '' } }),
        ]),
      ),
    ],
    at: 30,
    logins: [{ verdict: status === 403 ? 'missed certain' : 'missed likely' }],
  })),
  {
    name: 'two calls at once, of which one has no answer, after a preflight that was refused: either may have been sent',
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          ...harFirstLogin(T0),
          harMe(after(0, 1), { status: 0 }),
          harMe(after(0, 1) + 1, { status: 0 }),
          harMe(after(0, 1) + 2, {
            method: 'OPTIONS',
            status: 403,
            headers: { Authorization: '' },
          }),
        ]),
      ),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely' }],
  },
];

describe('a call that got no answer of Kakao’s', () => {
  testCases(UNANSWERED_CALLS);
});
