import { describe } from 'vitest';
import type { ApiFact } from '../../../../utils/model/observation.ts';
import { APP, me, observe, SITE, T0, token } from '../../fixtures.ts';
import {
  callWith,
  file,
  harFirstLogin,
  onPage,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { after, agree, testCases, type KnownCase } from './known-case.ts';

const OTHER_SITE = 'https://other.test';
/** A whole answer to `/v2/user/me` as auto-link gives it. */
const AUTO = { wholeBody: true };
const MANUAL = { hasSignedUp: false };

/** A login of which nothing but its last step was recorded, so that its app is not known. */
const codeAt = (at: number, site: string) => agree(at, { source: 'har', site });

/** The server of a site reports that it has called `/v2/user/me`, and what the answer told. */
const reportedAt = (at: number, site: string, fact: Partial<ApiFact> = {}) =>
  me(at, { source: 'server', site }, fact);

/** A first login in a page whose app's key is masked, and its call of `/v2/user/me`, whose body may be known. */
function maskedLogin(at: number, site: string, mask: string, body?: string): HarRequest[] {
  const own = `T${at}kQ3vZp9xYb7Lr2TnWc5Hs8Jd1Fg4Mq6A`;
  const login = withOwnToken(harFirstLogin(at), own);
  const call = callWith(at + 4000, own, body ? { body } : {});
  const written = JSON.stringify([...login, call])
    .replaceAll(APP, encodeURIComponent(mask))
    .replaceAll(encodeURIComponent(SITE), encodeURIComponent(site))
    .replaceAll(SITE, site);
  return JSON.parse(written) as HarRequest[];
}

const unlinkedByUser = (at: number, appId: string, account: string) =>
  observe(
    {
      type: 'unlink-callback',
      appId,
      account,
      referrerType: 'UNLINK_FROM_APPS',
      timeKnown: true,
    },
    at,
    { source: 'callback', tab: null, site: null },
  );

/** Two logins of unknown apps, which need not be of one. */
const UNKNOWN_APPS: KnownCase[] = [
  {
    name: 'login of an unknown app, after one whose app links automatically: may be of one that does not',
    history: [
      codeAt(T0, SITE),
      reportedAt(T0 + 1000, SITE, AUTO),
      codeAt(after(1), OTHER_SITE),
      reportedAt(after(1) + 1000, OTHER_SITE),
    ],
    at: 30,
    logins: [{}, { never: 'complete certain' }],
  },
  {
    name: 'login of an unknown app, before one whose app links automatically: may be of one that does not',
    history: [
      codeAt(T0, SITE),
      reportedAt(T0 + 1000, SITE),
      codeAt(after(1), OTHER_SITE),
      reportedAt(after(1) + 1000, OTHER_SITE, AUTO),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }, {}],
  },
  {
    name: 'login of an unknown app, after one whose app links manually: is not surely missed for want of a sign-up',
    history: [
      codeAt(T0, SITE),
      reportedAt(T0 + 1000, SITE, MANUAL),
      codeAt(after(1), OTHER_SITE),
      reportedAt(after(1) + 1000, OTHER_SITE, { connectedAt: after(1) }),
    ],
    at: 30,
    logins: [{}, { never: 'missed' }],
  },
  {
    name: 'login of an unknown app, after one whose app was named only later: may be of another',
    history: [
      codeAt(T0, SITE),
      reportedAt(T0 + 1000, SITE, AUTO),
      observe(token(200, { clientId: APP }), T0 + 2000, { source: 'har' }),
      codeAt(after(1), OTHER_SITE),
      reportedAt(after(1) + 1000, OTHER_SITE),
    ],
    at: 30,
    logins: [{}, { never: 'complete certain' }],
  },
  {
    name: 'unlink webhook about a login of an unknown app, after one of another app’s number: is not passed by',
    history: [
      codeAt(T0, SITE),
      reportedAt(T0 + 1000, SITE, { account: 'hash-1', ...AUTO }),
      codeAt(after(1), OTHER_SITE),
      reportedAt(after(1) + 1000, OTHER_SITE, { account: 'hash-2', ...AUTO }),
      unlinkedByUser(after(2), '1001', 'hash-1'),
      unlinkedByUser(after(3), '2002', 'hash-2'),
    ],
    at: 30,
    logins: [{ verdict: 'unlinked' }, { verdict: 'unlinked' }],
  },
  ...['REDACTED', 'xxxxxxxx', '[removed]'].map((mask) => ({
    name: `file whose keys are all written ${mask}: its logins need not be of one app`,
    history: () =>
      file(
        onPage([
          ...maskedLogin(T0, SITE, mask, '{"id":1}'),
          ...maskedLogin(after(1), OTHER_SITE, mask),
        ]),
      ),
    at: 30,
    logins: [{ verdict: 'complete' }, { verdict: 'complete likely' }],
  })),
  {
    name: 'the only login of an unknown app: its own answers tell how that links',
    history: [codeAt(T0, SITE), reportedAt(T0 + 1000, SITE, AUTO)],
    at: 30,
    logins: [{ verdict: 'complete certain', linkMode: 'auto' }],
  },
];

describe('what a login of an unknown app tells of its link mode holds for no other', () => {
  testCases(UNKNOWN_APPS);
});
