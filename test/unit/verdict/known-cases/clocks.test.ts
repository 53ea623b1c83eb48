import { describe } from 'vitest';
import { exchange, firstLogin, HOUR, me, SITE, T0 } from '../../fixtures.ts';
import type { Steps } from '../judge-history.ts';
import {
  callWith,
  file,
  fromHar,
  harFirstLogin,
  harMe,
  inTab,
  keptOpen,
  onPage,
  TOKEN,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { after, consentAgain, mode, testCases, type KnownCase } from './known-case.ts';

const LATER_TOKEN = 'Wm8tRb2nKx6Yq4Zc9Dv1Lp7Hj3Sg5FaAAAAQo9dRsAAAGTcd';

/** Requests whose answers tell Kakao's time, which the recorder's clock is ahead of. */
const withClockAhead = (hours: number, requests: readonly HarRequest[]): HarRequest[] =>
  requests.map((r) => ({
    ...r,
    response: {
      headers: [{ name: 'Date', value: new Date(r.at - (after(hours) - T0)).toUTCString() }],
    },
  }));

const tokenLogin = (at: number, token: string) => withOwnToken(harFirstLogin(at), token);

/** What a list of requests is sorted by before it is exported. */
const COLUMNS: Record<string, (r: HarRequest) => string> = {
  host: ({ url }) => new URL(url).host,
  method: ({ method = 'GET' }) => method,
};

/** A login's requests after the person logged in anew. */
const asAnother = (requests: readonly HarRequest[]): HarRequest[] =>
  requests.map((r) => ({
    ...r,
    url: r.url.replace('response_type=code', 'response_type=code&prompt=login'),
  }));

/** The same with a scope to agree to. */
const scopedAsAnother = (requests: readonly HarRequest[]): HarRequest[] =>
  asAnother(requests).map((r) => ({
    ...r,
    url: r.url.replace('response_type=code', 'response_type=code&scope=friends'),
  }));

/** A first login, and another with a scope after the clock was set forward by 25 hours, whose user Kakao tells of. */
const setForwardBefore = async (told: { id: number; connected_at: Date }): Promise<Steps> => {
  const later = scopedAsAnother(tokenLogin(after(25, 5), LATER_TOKEN));
  const call = callWith(after(25, 6), LATER_TOKEN, { body: JSON.stringify(told) });
  const requests = [
    ...withClockAhead(0, tokenLogin(T0, TOKEN)),
    ...withClockAhead(25, [...later, call]),
  ];
  return [mode('auto'), await file(onPage(requests))];
};

const CLOCK_LEAPS: KnownCase[] = [
  ...Object.entries(COLUMNS).map(([column, textOf]): KnownCase => ({
    name: `requests that stand sorted by their ${column}: no clock was set back`,
    history: async () => {
      const calls = [5, 6, 7, 8, 9, 10, 11, 12].map((m) => callWith(after(0, m), TOKEN));
      const requests = onPage([...tokenLogin(T0, TOKEN), ...calls]);
      const sorted = requests.toSorted((a, b) => textOf(a).localeCompare(textOf(b)));
      return [mode('auto'), await file(sorted)];
    },
    at: 60,
    logins: [{ verdict: 'complete certain' }],
  })),
  ...[TOKEN, ''].map((token): KnownCase => ({
    name: `call five minutes later by Kakao's clock, its token ${token ? 'seen' : 'left out'}: is not surely late`,
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          ...withClockAhead(0, tokenLogin(T0, TOKEN)),
          ...withClockAhead(25, [callWith(after(25, 5), token)]),
        ]),
      ),
    ],
    at: 60,
    logins: [{ never: 'late', verdict: 'complete likely' }],
  })),
  {
    name: 'requests that stand newest first, without their tokens: no clock was set back',
    history: async () => {
      const requests = [...tokenLogin(T0, ''), callWith(after(0, 5), '')];
      return [mode('auto'), await file(onPage(requests.toReversed()))];
    },
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: 'two requests of some minutes before, each behind later ones: no clock was set back',
    history: async () => {
      const loaded = (at: number): HarRequest => ({ at, url: `${SITE}/a.js`, document: false });
      const seconds = Array.from({ length: 12 }, (_, i) => loaded(T0 + 4000 + i * 1000));
      const requests = [
        ...tokenLogin(T0, ''),
        ...seconds,
        ...asAnother(tokenLogin(after(0, 10), '')),
        callWith(after(0, 3), ''),
        loaded(after(0, 12)),
        loaded(after(0, 4)),
      ];
      return [mode('auto'), await file(onPage(requests))];
    },
    at: 30,
    logins: [{ verdict: 'complete certain' }, { verdict: 'missed certain' }],
  },
  {
    name: 'end of a recording before the whole of it: no clock was set back',
    history: async () => {
      const calls = [5, 6, 7].map((m) => callWith(after(0, m), ''));
      const requests = onPage([...tokenLogin(T0, ''), ...calls]);
      return [mode('auto'), await file([...requests.slice(-3), ...requests])];
    },
    at: 60,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: 'login after the clock was set forward: its call is surely in time',
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          ...withClockAhead(0, tokenLogin(T0, TOKEN)),
          ...withClockAhead(25, tokenLogin(after(25, 5), LATER_TOKEN)),
          ...withClockAhead(25, [callWith(after(25, 6), LATER_TOKEN)]),
        ]),
      ),
    ],
    at: 60,
    logins: [{}, { verdict: 'complete certain' }],
  },
  {
    name: 'link made after the clock was set forward, as Kakao tells it: is not of the day before',
    history: () => setForwardBefore({ id: 8, connected_at: new Date(after(0, 5) + 2000) }),
    at: 60,
    logins: [{}, { kind: 'first certain', verdict: 'complete certain' }],
  },
  {
    name: 'link made before the clock was set forward, told after it: is as old as Kakao tells',
    history: () => setForwardBefore({ id: 7, connected_at: new Date(T0 + 2000) }),
    at: 60,
    logins: [{}, { kind: 'repeat certain' }],
  },
  {
    name: 'clock set back while the consent screen was open: the link is not older than the login',
    history: async () => {
      const [screen, ...then] = scopedAsAnother(tokenLogin(T0, TOKEN));
      const body = JSON.stringify({ id: 8, connected_at: new Date(T0 + 2000) });
      const requests = [...then, callWith(after(0, 1), TOKEN, { body })];
      const back = requests.map((r) => ({ ...r, at: r.at - (after(26) - T0) }));
      const all = [...withClockAhead(0, screen ? [screen] : []), ...withClockAhead(-26, back)];
      return [mode('auto'), await file(onPage(all))];
    },
    at: 30,
    logins: [{ neverKind: 'repeat certain' }],
  },
  {
    name: 'clock set back by 26 hours while a page was open: its call is not before the login',
    history: async () => {
      const page: HarRequest = { at: after(-26, 6), url: `${SITE}/`, document: true };
      return [
        mode('auto'),
        await file([
          ...onPage([
            ...withClockAhead(0, tokenLogin(T0, '')),
            ...withClockAhead(-26, [callWith(after(-26, 5), '')]),
          ]),
          ...inTab('page_2', withClockAhead(-26, [page, callWith(after(-26, 7), '')])),
        ]),
      ];
    },
    at: 30,
    logins: [{ verdict: 'complete likely' }],
  },
  {
    name: 'token used three hours before it was issued, in a file that names no pages: the clock was set back',
    history: async () => [
      mode('auto'),
      await file([
        ...withClockAhead(0, tokenLogin(T0, TOKEN)),
        ...withClockAhead(-3, [callWith(after(-3, 1), TOKEN)]),
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'complete likely' }],
  },
  ...[
    { hours: 2, said: 'complete certain' },
    { hours: 12, said: 'late' },
  ].map(({ hours, said }): KnownCase => ({
    name: `call after 20 hours by a clock that was set back by ${hours}: ${said}`,
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          ...withClockAhead(0, tokenLogin(T0, TOKEN)),
          ...withClockAhead(-hours, [callWith(after(20), TOKEN)]),
        ]),
      ),
    ],
    at: 60,
    logins: [{ verdict: said, never: 'complete likely' }],
  })),
  {
    name: "call a day later by Kakao's clock, too: is late",
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          ...withClockAhead(0, tokenLogin(T0, TOKEN)),
          ...withClockAhead(0, [callWith(after(25, 5), TOKEN)]),
        ]),
      ),
    ],
    at: 60,
    logins: [{ verdict: 'late certain' }],
  },
  {
    name: 'clock 50 seconds ahead of Kakao’s: a link made so long after another account’s is not that one',
    history: async () => {
      const behind = (r: HarRequest): HarRequest => {
        const date = new Date(r.at + 20 - 50_000).toUTCString();
        return { ...r, response: { headers: [{ name: 'Date', value: date }] } };
      };
      const second = T0 + 48_000;
      const body = JSON.stringify({ id: 8, connected_at: new Date(second + 2000 - 50_000) });
      const all = [
        ...tokenLogin(T0, TOKEN),
        ...scopedAsAnother(tokenLogin(second, LATER_TOKEN)),
        callWith(second + 60_000, LATER_TOKEN, { body }),
      ];
      return [mode('auto'), await file(onPage(all.map(behind)))];
    },
    at: 30,
    logins: [{ kind: 'first certain' }, { neverKind: 'repeat certain' }],
  },
];

/** A server's answer, and when it says that it gave it, epoch ms. */
const dated = (at: number) => ({
  response: { headers: [{ name: 'Date', value: new Date(at).toUTCString() }] },
});

/** A request as browsers record it that name the first page of every recording alike. */
const datedOnOnePage = (request: HarRequest): HarRequest => ({
  ...request,
  ...dated(request.at),
  more: { pageref: 'page_1' },
});

/** A call that a file has after a login at T0, though it says an hour before. */
const earlierMe = harMe(after(-1), { headers: { Authorization: '' } });

/** A call that tells of a link made with a login at T0, by a clock that is `ahead` ms ahead. */
const meOfNewLink = (ahead: number): HarRequest =>
  harMe(after(0, 1), {
    body: JSON.stringify({ id: 7, connected_at: new Date(T0 + 2000 + ahead) }),
  });

/** A request whose answer says that Kakao gave it at an instant, epoch ms. */
const answeredAt = (r: HarRequest, at: number): HarRequest => ({
  ...r,
  response: { headers: [{ name: 'Date', value: new Date(at).toUTCString() }] },
});

const CLOCKS: KnownCase[] = [
  {
    name: 'clock two minutes fast: a consent that was seen is no repeat',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      me(T0 + 5000, {}, { connectedAt: T0 + 3000 - 125_000, wholeBody: true }),
    ],
    at: 2,
    logins: [{ neverKind: 'repeat certain', never: 'not-applicable certain' }],
  },
  {
    name: 'clock three minutes fast: a first login with scope is no repeat',
    history: [
      mode('auto'),
      consentAgain(T0, { scope: true }),
      exchange(T0 + 4000),
      me(T0 + 5000, {}, { connectedAt: T0 + 3000 - 3 * 60_000, wholeBody: true }),
    ],
    at: 2,
    logins: [{ neverKind: 'repeat certain' }],
  },
  {
    name: 'clock three minutes slow: extra consent three minutes after a first login makes no second link',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      consentAgain(after(0, 3), { scope: true }),
      exchange(after(0, 3) + 4000),
      me(after(0, 3) + 5000, {}, { connectedAt: T0 + 3 * 60_000, wholeBody: true }),
    ],
    at: 30,
    logins: [{ never: 'missed certain' }, { neverKind: 'first certain' }],
  },
  {
    name: 'two recordings in one file, the later one first: the server’s clock says that nobody set one back',
    history: async () => [
      mode('auto'),
      await fromHar([...harFirstLogin(after(72)), ...harFirstLogin(T0)].map(datedOnOnePage)),
    ],
    at: 80,
    logins: [{ verdict: 'missed | unlinked' }, { verdict: 'pending certain' }],
  },
  ...[
    { named: 'that name no pages', pages: [] },
    { named: 'whose pages have other names', pages: ['a', 'b'] },
  ].map(({ named, pages }): KnownCase => ({
    name: `two recordings ${named} in one file, the later one first: nobody set a clock back`,
    history: async () => {
      const recordings = [
        asAnother(tokenLogin(after(0, 10), '')),
        [...tokenLogin(T0, ''), callWith(after(0, 3), '')],
      ];
      const placed = recordings.map((all, i) => (pages[i] ? inTab(pages[i], all) : all));
      return [mode('auto'), await file(placed.flat())];
    },
    at: 30,
    logins: [{ verdict: 'complete certain' }, { verdict: 'missed certain' }],
  })),
  {
    name: 'clock set back between two logins, which servers’ clocks were not: the order of the file holds',
    history: async () => [
      mode('auto'),
      await fromHar([
        ...harFirstLogin(T0).map(datedOnOnePage),
        ...harFirstLogin(after(-1)).map((r) => ({ ...datedOnOnePage(r), ...dated(after(1)) })),
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'unlinked' }, { never: 'unlinked' }],
  },
  {
    name: 'clock set back between login and call: the call of the same page comes after it',
    history: async () => [mode('auto'), await fromHar(onPage([...harFirstLogin(T0), earlierMe]))],
    at: 30,
    logins: [{ verdict: 'complete likely' }],
  },
  ...['before', 'after'].map((told): KnownCase => ({
    name: `the same, Kakao’s clock told ${told} it alone: the call comes after the login`,
    history: async () => {
      const [login, call] = [tokenLogin(T0, ''), callWith(after(-26), '')];
      const requests =
        told === 'before'
          ? [...login.map((r) => answeredAt(r, r.at)), call]
          : [...login, answeredAt(call, call.at)];
      return [mode('auto'), await file(onPage(requests))];
    },
    at: 30,
    logins: [{ verdict: 'complete likely' }],
  })),
  {
    name: 'the same in a file of several logins in no order: may be of the one before it by the clock',
    history: async () => [
      mode('auto'),
      await fromHar(
        onPage([...harFirstLogin(after(-3)), ...harFirstLogin(T0), earlierMe, ...keptOpen]),
      ),
    ],
    at: 30,
    logins: [{ never: 'missed certain' }, { never: 'missed certain | complete certain' }],
  },
  {
    name: 'call on its way while the form that ends a login is answered: is not of that login',
    history: async () => {
      const [screen, form, ...then] = onPage(tokenLogin(T0, ''));
      if (!screen || !form) throw new Error('no form');
      const call = callWith(T0 + 3500, '', { more: { time: 1800, pageref: 'page_1' } });
      const answered = { ...form, more: { ...form.more, time: 1900 } };
      const later = then.map((r) => ({ ...r, at: r.at + 2000 }));
      return [mode('auto'), await file([screen, answered, call, ...later])];
    },
    at: 30,
    logins: [{ verdict: 'missed certain' }],
  },
  ...[-9 * HOUR, 12 * 60_000].map((ahead): KnownCase => ({
    name: `clock that is ${ahead / 60_000} minutes behind Kakao's, whose answers all say so: the link that is told of is new`,
    history: async () => [
      mode('auto'),
      await fromHar(
        [...harFirstLogin(T0), meOfNewLink(ahead)].map((r) => answeredAt(r, r.at + ahead)),
      ),
    ],
    at: 2,
    logins: [{ verdict: 'complete certain', kind: 'first certain' }],
  })),
  {
    name: "clock behind Kakao's in one answer alone: the link that is told of may be older",
    history: async () => [
      mode('auto'),
      await fromHar([
        ...harFirstLogin(T0).map((r) => answeredAt(r, r.at)),
        answeredAt(meOfNewLink(-9 * HOUR), T0 - 9 * HOUR),
      ]),
    ],
    at: 2,
    logins: [{ never: 'complete certain' }],
  },
];

describe('a call is late by the clock that was not moved', () => {
  testCases(CLOCK_LEAPS);
});

describe('a clock that is wrong, or was set', () => {
  testCases(CLOCKS);
});
