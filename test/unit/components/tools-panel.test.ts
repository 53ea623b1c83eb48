import { describe, expect, test } from 'vitest';
import { filterGroups } from '../../../components/devtools/filter-groups.ts';
import { tabLogins } from '../../../components/devtools/tab-logins.ts';
import type { Observation } from '../../../utils/model/observation.ts';
import { replayObservations } from '../../../utils/report/replay/replay-observations.ts';
import { api, exchange, firstLogin, HOUR, observe, repeatLogin, T0 } from '../fixtures.ts';

/** The logins of the tab `r:1` with the types of what is listed under each; null stands for requests of no login. */
function listed(history: readonly Observation[]) {
  const { loginState, observations } = replayObservations(history);
  return tabLogins(loginState.logins, observations, 'r:1').map(({ login, entries }) => ({
    at: login && login.loggedInAt - T0,
    entries: entries.map((o) => o.type),
  }));
}

describe('what the panel lists of a tab', () => {
  const login = [...firstLogin(T0), exchange(T0 + 4000), observe(api('/v2/user/me'), T0 + 5000)];
  const STEPS = ['authorize', 'authorize', 'authorize', 'token', 'api'];

  test('a login with the steps that led to it and its calls; the newest login first', () => {
    expect(listed([...login, ...repeatLogin(T0 + 60_000)])).toEqual([
      { at: 60_000, entries: ['authorize'] },
      { at: 3000, entries: STEPS },
    ]);
  });

  test('answers are told in their calls, and what other tabs do is left out', () => {
    const { inFrame: _inFrame, ...call } = api('/v2/user/me');
    const told = { ...call, type: 'answer', of: 'api', error: null, sentAt: T0 + 5000 } as const;
    const other = observe(api('/v2/user/me'), T0 + 6000, {
      tab: 'r:2',
      site: 'https://other.test',
    });
    expect(listed([...login, observe(told, T0 + 5010), other])).toEqual([
      { at: 3000, entries: STEPS },
    ]);
  });

  test('what the tester said of a login, and the page that it ended on: listed with it', () => {
    const id = login[2]?.id ?? '';
    const mark = { type: 'mark', login: id, mark: 'complete', note: '' } as const;
    const arrival = {
      type: 'arrival',
      outcome: 'code',
      error: null,
      redirectUri: 'https://page.shop.test/cb',
    } as const;
    const history = [
      ...login.slice(0, 3),
      observe(arrival, T0 + 3500),
      observe(mark, T0 + HOUR, { source: 'tester', tab: null }),
    ];
    expect(listed(history)).toEqual([
      { at: 3000, entries: ['authorize', 'authorize', 'authorize', 'arrival', 'mark'] },
    ]);
  });

  test('a popup’s login is its opener’s; what no login came of stands last', () => {
    const popup = firstLogin(T0 + 10_000, { tab: 'r:9', opener: 'r:1' });
    const abandoned = firstLogin(T0 + 30_000).slice(0, 1);
    expect(listed([...abandoned, ...popup])).toEqual([
      { at: 13_000, entries: ['authorize', 'authorize', 'authorize'] },
      { at: null, entries: ['authorize'] },
    ]);
  });
});

describe('filter of the panel', () => {
  const groups = [
    { heading: 'alice shop', rows: ['GET /v2/user/me 200', 'POST /oauth/token 200'] },
    { heading: 'bob shop', rows: ['GET /v2/user/me 401'] },
  ];
  const shown = (filter: string) =>
    filterGroups(groups, filter, (row) => row).flatMap(({ heading, rows }) => [heading, ...rows]);

  test.each([
    ['', ['alice shop', ...(groups[0]?.rows ?? []), 'bob shop', ...(groups[1]?.rows ?? [])]],
    ['USER/me 200', ['alice shop', 'GET /v2/user/me 200']],
    ['bob', ['bob shop', 'GET /v2/user/me 401']],
    ['-token -401', ['alice shop', 'GET /v2/user/me 200']],
    ['nothing', []],
    ['-', []],
  ])('“%s”', (filter, expected) => expect(shown(filter)).toEqual(expected));

  test('a lone minus is looked for as it is', () => {
    const dashed = [{ heading: 'shop', rows: ['GET /a-b', 'GET /ab'] }];
    expect(filterGroups(dashed, '-', (row) => row)).toEqual([
      { heading: 'shop', rows: ['GET /a-b'] },
    ]);
  });
});
