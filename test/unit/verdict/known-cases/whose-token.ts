import { api, exchange, firstLogin, me, observe, T0, token } from '../../fixtures.ts';
import { after, mode, type KnownCase } from './known-case.ts';

const OTHER = 'js-key-0002';

/** First logins of two apps on one site, the second in a tab, with their tokens. */
const twoApps = (tab = 'r:1') => [
  mode('auto'),
  mode('auto', OTHER),
  firstLogin(T0),
  exchange(after(0, 1)),
  firstLogin(after(1), { tab, fact: { clientId: OTHER } }),
  exchange(after(1, 1), { tab }),
];

/** First logins of two accounts in one tab, with their tokens. */
const twoAccounts = () => [
  mode('auto'),
  firstLogin(T0),
  exchange(after(0, 1)),
  firstLogin(after(1)),
  exchange(after(1, 1)),
];

const unlink = (at: number, account: string | null = null) =>
  observe(api('/v1/user/unlink', 200, { method: 'POST', account }), at);

/** Histories in which a request was taken for that of the latest login, though it may carry an earlier one's token. */
export const WHOSE_TOKEN: KnownCase[] = [
  {
    name: 'two apps in one tab: a call may carry the token of either',
    history: [...twoApps(), me(after(1, 2))],
    at: 30,
    logins: [{ verdict: 'missed likely' }, { verdict: 'complete likely' }],
  },
  {
    name: 'two apps in two tabs of one site: a call may carry the token of either',
    history: [...twoApps('r:2'), me(after(1, 2), { tab: 'r:2' })],
    at: 30,
    logins: [{ verdict: 'missed likely' }, { verdict: 'complete likely' }],
  },
  {
    name: 'two apps in one tab: a body that names the later account tells whose call it is',
    history: [
      ...twoApps().slice(0, -1),
      observe(token(200, { account: 'hash-b' }), after(1, 1)),
      me(after(1, 2), {}, { account: 'hash-b' }),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain' }, { verdict: 'complete certain' }],
  },
  {
    name: "two accounts in one tab: an unlink may carry the earlier one's token",
    history: [...twoAccounts(), unlink(after(1, 2))],
    at: 30,
    logins: [{ verdict: 'missed likely' }, { verdict: 'unlinked likely' }],
  },
  {
    name: 'two accounts in one tab: an unlink that names the later one cuts its link',
    history: [
      ...twoAccounts().slice(0, -1),
      observe(token(200, { account: 'hash-b' }), after(1, 1)),
      unlink(after(1, 2), 'hash-b'),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain' }, { verdict: 'unlinked certain' }],
  },
];
