import { expect, test } from 'vitest';
import { createEmptyKakao, registerAccount, registerApp } from '../../bin/emulator/setup.ts';
import { judge } from '../../bin/playwright/judge.ts';
import type { Entry as Recorded } from '../../bin/playwright/recording.ts';
import { createServerCalls } from '../../bin/playwright/server-calls.ts';
import { KAPI, KAUTH } from '../emulator/hosts.ts';
import { KEY, login, SHOP, type Flow } from '../unit/capture/har/har-entries.ts';

const HELD = { scopes: [], terms: [] };
const GRANT = { requested: [], nonce: null, codeChallenge: null, authTime: 0 };

/** An emulated Kakao with two accounts, contexts that log in there, and a back end. */
function world() {
  const state = createEmptyKakao();
  const redirectUri = `${SHOP}/cb`;
  registerApp(state, { clientId: KEY, redirectUri });
  const app = state.apps.get(KEY);
  if (!app) throw new Error('no app');
  const served = createServerCalls(state);
  const send = (host: string, path: string, form: URLSearchParams, token: string, body: object) => {
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    const query = new URLSearchParams();
    const method = host === KAUTH ? 'POST' : 'GET';
    const ask = { method, host, path, query, form, params: form, headers, cookies: new Map() };
    served.note({
      ask,
      answer: { status: 200, headers: {}, body: JSON.stringify(body) },
      fromBrowser: false,
    });
  };
  return {
    accounts: ['alice', 'bob'].map((name) => registerAccount(state, name)) as [string, string],
    /** An account logs in, in a context, whose entries are given; the back end exchanges the code. Returns its token. */
    logIn(context: Recorded[], account: string, flow: Flow = {}): string {
      const now = state.clock.now();
      state.world.login(app, account, HELD, now);
      const grant = { clientId: KEY, account, redirectUri, ...HELD, ...GRANT };
      const code = state.grants.issueCode(grant, now);
      const pages = JSON.stringify(login(now, flow)).replace(/CODE\d+/g, code);
      context.push(...(JSON.parse(pages) as Recorded[]));
      state.clock.advance(5000);
      const owner = { clientId: KEY, account, userId: 1, authTime: 0 };
      const tokens = state.grants.issueTokens(owner, 21_599, state.clock.now());
      const form = new URLSearchParams({ grant_type: 'authorization_code', client_id: KEY, code });
      send(KAUTH, '/oauth/token', form, '', { access_token: tokens.accessToken });
      state.clock.advance(60_000);
      return tokens.accessToken;
    },
    call: (token: string) =>
      send(KAPI, '/v1/api/talk/profile', new URLSearchParams(), token, { nickName: 'n' }),
    judge: (context: readonly Recorded[]) =>
      judge(context, served.of(context), [{ clientId: KEY, linkMode: 'auto' }], state.clock.now()),
  };
}

test('call of another account in a context that is not recorded: completes nothing here', async () => {
  const { accounts, logIn, call, judge: judged } = world();
  const context: Recorded[] = [];
  logIn(context, accounts[0]);
  call(logIn([], accounts[1]));
  expect(await judged(context)).toMatchObject({ isJudged: true, isIncomplete: true });
});

test('call of the first account after the second one’s login: completes the first’s alone', async () => {
  const { accounts, logIn, call, judge: judged } = world();
  const context: Recorded[] = [];
  const [first, second] = accounts.map((account) => logIn(context, account));
  call(first ?? '');
  expect(await judged(context)).toMatchObject({ isComplete: false, isIncomplete: true });
  call(second ?? '');
  expect(await judged(context)).toMatchObject({ isComplete: true, isIncomplete: false });
});

test('call of the account in another context: completes the login, since the link is the account’s', async () => {
  const { accounts, logIn, call, judge: judged } = world();
  const context: Recorded[] = [];
  logIn(context, accounts[0]);
  call(logIn([], accounts[0], { consent: false }));
  expect(await judged(context)).toMatchObject({ isComplete: true });
});

test('answer that a route of the test gives in Kakao’s place: completes nothing', async () => {
  const { accounts, logIn, call, judge: judged } = world();
  const context: Recorded[] = [];
  const token = logIn(context, accounts[0]);
  const mocked = login(0)[0] as unknown as Recorded;
  context.push({
    ...mocked,
    startedDateTime: context.at(-1)?.startedDateTime ?? '',
    _resourceType: 'fetch',
    _wasFulfilled: true,
    request: { method: 'GET', url: `https://${KAPI}/v2/user/me`, headers: [] },
  });
  expect(await judged(context)).toMatchObject({ isComplete: false, isIncomplete: true });
  call(token);
  expect(await judged(context)).toMatchObject({ isComplete: true });
});
