import { describe } from 'vitest';
import type { Observation } from '../../../../utils/model/observation.ts';
import { APP, SITE, T0 } from '../../fixtures.ts';
import {
  callWith,
  file,
  harFirstLogin,
  harRepeat,
  inTab,
  TOKEN,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { after, mode, testCases, type KnownCase } from './known-case.ts';

const OTHER_SITE = 'https://other.test';
/** A host beside the site's. */
const WWW = 'https://www.shop.test';

/** What Safari's developer tools write of some requests: of those that were redirected one, at its last address. */
const inSafari = (requests: readonly HarRequest[]): Promise<Observation[]> =>
  file(inTab('page_0', folded(requests.toSorted((a, b) => a.at - b.at))).map(marked));

const marked = (r: HarRequest): HarRequest => {
  const { document, ...rest } = r;
  const headers = { ...r.headers, 'Sec-Fetch-Dest': document ? 'document' : 'empty' };
  return { ...rest, headers, more: { ...r.more, _fetchType: 'Network Load' } };
};

function folded(requests: readonly HarRequest[]): HarRequest[] {
  const all: HarRequest[] = [];
  let first: HarRequest | undefined;
  for (const one of requests) {
    const { at, headers = {} } = first ?? one;
    if (one.to === undefined) all.push({ ...one, at, headers });
    first = one.to === undefined ? undefined : (first ?? one);
  }
  return all;
}

/** A request whose server reports a call of its own. */
const serving = (request: HarRequest, call: string): HarRequest => ({
  ...request,
  response: { headers: [{ name: 'Server-Timing', value: `kakao;desc="${call}"` }] },
});

const page = (at: number, url: string, more: Partial<HarRequest> = {}): HarRequest => ({
  at,
  url,
  document: true,
  headers: { Referer: `${new URL(url).origin}/` },
  ...more,
});

const KAUTH = 'https://kauth.kakao.com/oauth/authorize?client_id=rest-key';
const CALLBACK = `${OTHER_SITE}/kakao/callback?code=C2`;

/** A login of the same account on a site whose server exchanges the code, and leads on to a page of its own or does not. */
const serverSide = (at: number, last?: string): HarRequest[] => [
  page(at - 3000, `${OTHER_SITE}/`),
  page(at, KAUTH, { to: CALLBACK, headers: { Referer: `${OTHER_SITE}/` } }),
  page(at + 100, CALLBACK, last === undefined ? {} : { to: last }),
  ...(last === undefined ? [] : [page(at + 200, last)]),
];

/** Files that show no redirect: a login without a screen of Kakao's is a page of its site, if it is anything. */
const FOLDED_REDIRECTS: KnownCase[] = [
  {
    name: 'page of another site, whose server may have logged the account in: a miss is not certain',
    history: async () => [
      mode('auto'),
      await inSafari([...harFirstLogin(T0), ...serverSide(after(0, 1), `${OTHER_SITE}/home`)]),
    ],
    at: 30,
    logins: [{ kind: 'first certain', verdict: 'missed likely' }],
  },
  {
    name: 'the same inside the window: that it is pending is not certain',
    history: async () => [
      mode('auto'),
      await inSafari([...harFirstLogin(T0), ...serverSide(after(0, 1), `${OTHER_SITE}/home`)]),
    ],
    at: 2,
    logins: [{ verdict: 'pending likely' }],
  },
  {
    name: 'page of another site that was reached with a code: the same',
    history: async () => [
      mode('auto'),
      await inSafari([...harFirstLogin(T0), ...serverSide(after(0, 1))]),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely' }],
  },
  {
    name: 'pages of the site itself, which exchanges its codes in the page: hide no login',
    history: async () => {
      const own = withOwnToken(harFirstLogin(T0), TOKEN);
      const callback = own.find((r) => r.url.startsWith(`${SITE}/cb`));
      if (!callback) throw new Error('no callback');
      const later = [page(after(0, 1), `${SITE}/mypage`), { ...callback, at: after(0, 2) }];
      return [mode('auto'), await inSafari([page(T0 - 1000, `${OTHER_SITE}/`), ...own, ...later])];
    },
    at: 30,
    logins: [{ kind: 'first certain', verdict: 'missed certain' }],
  },
  {
    name: 'repeat of which the page with the code is all that shows: is a login whose kind is not known',
    history: async () => {
      const [ask, back] = harRepeat(after(0, 5));
      if (!ask || !back) throw new Error('no repeat');
      return [mode('auto'), await inSafari([...harFirstLogin(T0), ask, back])];
    },
    at: 30,
    logins: [{ kind: 'first certain' }, { kind: 'unknown likely', never: 'missed certain' }],
  },
  {
    name: 'login begun on a page beside the host that its code came to: is of that page’s site, too',
    history: async () => {
      const [ask, agree, callback] = harFirstLogin(T0);
      if (!ask || !agree || !callback) throw new Error('no login');
      const fromLogin = { ...ask, headers: { Referer: 'https://accounts.kakao.com/' } };
      return [
        mode('auto'),
        await inSafari([
          page(T0 - 9000, `${WWW}/`),
          fromLogin,
          agree,
          serving(callback, 'POST /oauth/token 200'),
          serving(page(after(1), `${WWW}/mypage`), 'GET /v2/user/me 200'),
        ]),
      ];
    },
    at: 30,
    logins: [{ kind: 'first certain', verdict: 'complete certain', site: WWW }],
  },
  {
    name: 'logins of two apps, which send their codes to one page: each is of the app that asked for it',
    history: async () => {
      const first = withOwnToken(harFirstLogin(T0), TOKEN);
      const other = harFirstLogin(after(0, 5)).map((r) => ofApp(r, 'rest-key'));
      return [
        mode('manual'),
        mode('auto', 'rest-key'),
        await inSafari([...first, callWith(T0 + 4000, TOKEN), ...other]),
      ];
    },
    at: 30,
    logins: [
      { kind: 'first certain', verdict: 'missed' },
      { kind: 'first certain', verdict: 'missed' },
    ],
  },
];

/** A request of a login, as another app makes it. */
function ofApp(request: HarRequest, clientId: string): HarRequest {
  const renamed = (text: string) => text.replace(`client_id=${APP}`, `client_id=${clientId}`);
  const { url, form, headers = {} } = request;
  return {
    ...request,
    url: renamed(url),
    headers: Object.fromEntries(Object.entries(headers).map(([name, v]) => [name, renamed(v)])),
    ...(form === undefined ? {} : { form: renamed(form) }),
  };
}

describe('files whose recorder writes redirected requests as one', () => {
  testCases(FOLDED_REDIRECTS);
});
