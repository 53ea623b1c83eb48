import { describe } from 'vitest';
import { T0 } from '../../fixtures.ts';
import { fromHar, harFirstLogin, harMe } from './har-requests.ts';
import { after, mode, testCases, type KnownCase } from './known-case.ts';

const NEEDLESS_DOUBT: KnownCase[] = [
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
];

describe('no doubt is left that need not be', () => {
  testCases(NEEDLESS_DOUBT);
});
