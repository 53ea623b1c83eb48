import { describe, expect, test } from 'vitest';
import { readEgress } from '../../../../utils/capture/back-end/egress-har.ts';
import { joinBackEndCalls } from '../../../../utils/capture/back-end/join-calls.ts';
import { captureHar } from '../../../../utils/capture/har/capture-har.ts';
import { createRequestMarks } from '../../../../utils/capture/har/token/request-marks.ts';
import { APP, T0 } from '../../fixtures.ts';
import { judge } from '../judge-history.ts';
import {
  file,
  harEntries,
  harFirstLogin,
  onPage,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { mode } from './known-case.ts';

const TOKENS = [
  'kQ3vZp9xYb7Lr2TnWc5Hs8Jd1Fg4Mq6AAAAQo9dRsAAAGTab',
  'Wm8tRb2nKx6Yq4Zc9Dv1Lp7Hj3Sg5FaAAAAQo9dRsAAAGTcd',
];
const CODES = [T0, T0 + 50].map((at) => `hK3tQ9vX_c${at}`);

/** Requests of one sender, as a proxy records them. */
const from = (address: string, agent: string, requests: readonly HarRequest[]): HarRequest[] =>
  requests.map((r) => ({
    ...r,
    headers: { ...r.headers, 'User-Agent': agent },
    more: { clientIPAddress: address, ...r.more },
  }));
const back = (requests: readonly HarRequest[]) => from('10.0.0.1', 'node', requests);
const exchange = (code: string, at: number, token: string, more: object = {}): HarRequest => ({
  at,
  method: 'POST',
  url: 'https://kauth.kakao.com/oauth/token',
  form: `grant_type=authorization_code&client_id=${APP}&code=${code}`,
  body: JSON.stringify({ token_type: 'bearer', access_token: token, expires_in: 21599 }),
  more,
});
const call = (at: number, token: string): HarRequest => ({
  at,
  url: 'https://kapi.kakao.com/v2/user/me',
  headers: { Authorization: `Bearer ${token}` },
});
const pages = (at: number) => withOwnToken(harFirstLogin(at), TOKENS[0] ?? '').slice(0, 3);
const withoutCode = (requests: HarRequest[]) =>
  requests.map((r) => ({
    ...r,
    url: r.url.replace(/code=[^&]+/, 'code=REDACTED'),
    ...(r.to ? { to: r.to.replace(/code=[^&]+/, 'code=REDACTED') } : {}),
  }));
const said = async (requests: HarRequest[]) =>
  judge([mode('auto'), await file(requests)], 50).map((l) => [l.verdict, l.certainty]);

test('two logins wait for their tokens at once, codes left out: a call is surely of neither', async () => {
  const device = from('192.168.0.7', 'UA', [
    ...withoutCode(pages(T0)),
    ...withoutCode(pages(T0 + 50)),
  ]);
  for (const token of TOKENS) {
    const exchanges = TOKENS.map((t, i) =>
      exchange('REDACTED', T0 + 2300 + i * 50, t, { time: 300 + i * 10 }),
    );
    const judged = await said([...device, ...back([...exchanges, call(T0 + 3000, token)])]);
    expect(judged.map(([, certainty]) => certainty)).toEqual(['likely', 'likely']);
  }
});

test('recorder that writes the same in the place of every token: a call is surely of neither', async () => {
  const devices = [
    ...from('192.168.0.7', 'UA1', pages(T0)),
    ...from('192.168.0.8', 'UA2', pages(T0 + 50)),
  ];
  for (const mask of ['REDACTED', 'x1x1x1x1']) {
    const exchanges = CODES.map((code, i) => exchange(code, T0 + 2300 + i * 100, mask));
    const judged = await said([...devices, ...back([...exchanges, call(T0 + 3000, mask)])]);
    expect(judged).not.toContainEqual(['complete', 'certain']);
    expect(judged).not.toContainEqual(['missed', 'certain']);
  }
});

test('mitmproxy, whose time includes connecting: the call after is surely the login’s', async () => {
  const timings = { connect: 80, ssl: 110, send: 1, wait: 58, receive: 1 };
  const issued = exchange(CODES[0] ?? '', T0 + 2300, TOKENS[0] ?? '', { time: 250, timings });
  const calls = back([issued, call(T0 + 2400, TOKENS[0] ?? '')]);
  const judged = await said([...from('192.168.0.7', 'UA', pages(T0)), ...calls]);
  expect(judged).toEqual([['complete', 'certain']]);
});

/** Two first logins of one device, each before the other's token, and their pages' requests. */
const overlapping = [T0, T0 + 4000].flatMap(pages);
const device = (requests: readonly HarRequest[]) => from('192.168.0.7', 'UA', requests);

describe('two logins of one tab wait for their tokens at once', () => {
  test('the code tells whose the token is', async () => {
    for (const token of TOKENS) {
      const exchanged = exchange(CODES[0] ?? '', T0 + 12_000, token);
      const calls = back([exchanged, call(T0 + 13_000, token)]);
      const [earlier, later] = await said([...device(overlapping), ...calls]);
      expect(earlier).toEqual(['complete', 'certain']);
      expect(later).not.toEqual(['complete', 'certain']);
    }
  });

  test('one is issued: without its code it is surely of neither', async () => {
    const exchanged = exchange('REDACTED', T0 + 12_000, TOKENS[0] ?? '');
    const calls = [exchanged, { ...call(T0 + 13_000, ''), headers: {} }];
    for (const sender of [back, device]) {
      const judged = await said([...device(withoutCode(overlapping)), ...sender(calls)]);
      expect(judged).not.toContainEqual(['complete', 'certain']);
      expect(judged).not.toContainEqual(['missed', 'certain']);
    }
  });

  test('an ID token without its code: it names the account of neither', async () => {
    const exchanged = exchange('REDACTED', T0 + 12_000, TOKENS[0] ?? '');
    const idToken = `a.${btoa(JSON.stringify({ sub: '7' }))}.b`;
    const named = { ...exchanged, body: exchanged.body?.replace('{', `{"id_token":"${idToken}",`) };
    const requests = [...device(withoutCode(overlapping)), ...device([named])];
    const judged = judge([mode('auto'), await file(requests)], 50);
    expect(judged.map(({ login }) => login.userHash)).toEqual([null, null]);
  });

  test('the server’s own proxy shows them: the code tells whose each is', async () => {
    const marks = createRequestMarks();
    const recorded = await captureHar(harEntries(onPage(overlapping)), async (id) => id, marks);
    const bearer = TOKENS[0] ?? '';
    const served = [exchange(CODES[0] ?? '', T0 + 12_000, bearer), call(T0 + 13_000, bearer)];
    const calls = await readEgress(harEntries(served), async (id) => id);
    const joined = joinBackEndCalls(recorded, marks, { kind: 'egress', name: 'egress', calls });
    const [earlier, later] = judge([mode('auto'), joined.observations], 50);
    expect(earlier).toMatchObject({ verdict: 'complete', certainty: 'certain' });
    expect([later?.verdict, later?.certainty]).not.toEqual(['complete', 'certain']);
  });
});

test('two logins in turn in two windows, codes left out: a token is surely of neither', async () => {
  const ofState = (state: string, requests: readonly HarRequest[]): HarRequest[] =>
    requests.map((r) => ({
      ...r,
      url: r.url.replace('state=s', state),
      ...(r.to ? { to: r.to.replace('state=s', state) } : {}),
      headers: { ...r.headers, Referer: (r.headers?.['Referer'] ?? '').replace('state=s', state) },
    }));
  const windows = [...ofState('state=a', pages(T0)), ...ofState('state=b', pages(T0 + 1000))];
  const calls = [
    exchange('REDACTED', T0 + 12_000, TOKENS[0] ?? ''),
    call(T0 + 13_000, TOKENS[0] ?? ''),
  ];
  const judged = await said(device([...withoutCode(windows), ...calls]));
  expect(judged).not.toContainEqual(['complete', 'certain']);
});

test('a login that was left before its token, then another: its call is surely its own by the code', async () => {
  const exchanged = exchange(`hK3tQ9vX_c${T0 + 4000}`, T0 + 12_000, TOKENS[0] ?? '');
  const calls = device([exchanged, { ...call(T0 + 13_000, ''), headers: {} }]);
  const [, later] = await said([...device(overlapping), ...calls]);
  expect(later).toEqual(['complete', 'certain']);
});

test.each([
  ['code and token', (code: string) => code.replace(/c\d+$/, 'cXXXXXXXX')],
  ['token', (code: string) => code],
])(
  'cleaned files, one %s for all logins: a call beside them is surely of neither',
  async (_, clean) => {
    const inTurn = [T0, T0 + 3_600_000];
    const requests = inTurn.flatMap(pages).map((r) => ({
      ...r,
      url: r.url.replace(/hK3tQ9vX_c\d+/, clean),
      ...(r.to ? { to: r.to.replace(/hK3tQ9vX_c\d+/, clean) } : {}),
    }));
    const marks = createRequestMarks();
    const recorded = await captureHar(harEntries(onPage(requests)), async (id) => id, marks);
    const bearer = TOKENS[0] ?? '';
    const served = inTurn.map((at) => exchange(clean(`hK3tQ9vX_c${at}`), at + 2300, bearer));
    const ofLater = call(T0 + 3_600_000 + 3000, bearer);
    const calls = await readEgress(harEntries([...served, ofLater]), async (id) => id);
    const joined = joinBackEndCalls(recorded, marks, { kind: 'egress', name: 'egress', calls });
    const judged = judge([mode('auto'), joined.observations], 50);
    expect(judged).toHaveLength(2);
    for (const { verdict, certainty } of judged)
      expect([verdict, certainty]).not.toEqual(['complete', 'certain']);
  },
);

test('tokens that pages got: a server’s call is surely the login’s whose token it has', async () => {
  const asAnother = (r: HarRequest) => ({
    ...r,
    url: r.url.replace('response_type=code', 'response_type=code&prompt=login'),
  });
  const [first = '', second = ''] = TOKENS;
  const requests = [
    ...withOwnToken(harFirstLogin(T0), first),
    ...withOwnToken(harFirstLogin(T0 + 60_000).map(asAnother), second),
  ];
  const marks = createRequestMarks();
  const recorded = await captureHar(harEntries(onPage(requests)), async (id) => `h${id}`, marks);
  const saidOf = async (token: string) => {
    const entries = harEntries([call(T0 + 70_000, token)]);
    const calls = await readEgress(entries, async (id) => `h${id}`);
    const record = { kind: 'egress', name: 'egress', calls } as const;
    const { observations } = joinBackEndCalls(recorded, marks, record);
    return judge([mode('auto'), observations], 50).map((l) => `${l.verdict} ${l.certainty}`);
  };
  expect(await saidOf(first)).toEqual(['complete certain', 'missed certain']);
  expect(await saidOf(second)).toEqual(['missed certain', 'complete certain']);
  expect(await saidOf('an0therTokenOfSomeb0dy')).toEqual(['missed certain', 'missed certain']);
});
