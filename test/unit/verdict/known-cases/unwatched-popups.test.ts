import { describe, expect, test } from 'vitest';
import type {
  AuthorizeFact,
  Observation,
  RequestContext,
} from '../../../../utils/model/observation.ts';
import { readsLogins } from '../../../../utils/verdict/reads-logins.ts';
import { reduce, replay } from '../../../../utils/verdict/reduce.ts';
import { authorize, exchange, firstLogin, observe, T0 } from '../../fixtures.ts';
import { after, mode, testCases, type KnownCase } from './known-case.ts';

const OTHER_SITE = 'https://other.test';
const POPUP = { tab: 'r:8', opener: 'r:7', site: OTHER_SITE };
const AT_OTHER = { redirectUri: `${OTHER_SITE}/cb`, watched: false };
const PARAMS = ['client_id', 'is_popup', 'redirect_uri'];

/** A page of Kakao's in a popup of SDK v2: the consent screen, or the popup's result. */
const page = (
  at: number,
  fact: Partial<AuthorizeFact> = {},
  place: Partial<RequestContext> = {},
): Observation =>
  observe(authorize({ ...AT_OTHER, outcome: 'screen', params: PARAMS, ...fact }), at, {
    ...POPUP,
    ...place,
  });

/** The form of the popup's consent screen is sent. */
const form = (at: number): Observation =>
  observe(
    authorize({
      clientId: null,
      redirectUri: null,
      method: 'POST',
      status: 200,
      params: [],
      outcome: 'screen',
      fromKakao: true,
      watched: false,
    }),
    at,
    { ...POPUP, site: null },
  );

const FIRST_LOGIN = [...firstLogin(T0), exchange(T0 + 3500)];

const unsure = (name: string, history: Observation[]): KnownCase => ({
  name: `${name}: a miss is not certain`,
  history: [mode('auto'), history],
  at: 30,
  logins: [{ verdict: 'missed likely' }],
});

const sure = (name: string, history: Observation[]): KnownCase => ({
  name: `${name}: a certain miss`,
  history: [mode('auto'), history],
  at: 30,
  logins: [{ verdict: 'missed certain' }],
});

/**
 * A first login whose calls could be seen, and a popup of SDK v2 on a site that is not watched: neither does its page's polling
 * show, nor that it has the code, nor what it calls.
 */
const UNWATCHED_POPUPS: KnownCase[] = [
  unsure('popup that shows one page, perhaps its result', [...FIRST_LOGIN, page(after(1))]),
  unsure('the same in a private window', [
    ...FIRST_LOGIN,
    page(after(1), {}, { cookieStore: 'private' }),
  ]),
  unsure('the same past the login form', [
    ...FIRST_LOGIN,
    page(after(1), { outcome: 'login-form', status: 302 }),
    page(
      after(1) + 9000,
      { params: [...PARAMS, 'through_account'], fromKakao: true },
      { site: null },
    ),
  ]),
  unsure('popup whose opener the browser does not tell', [
    ...FIRST_LOGIN,
    page(after(1), {}, { site: null }),
  ]),
  unsure('popup that asked for extra consent, which was given', [
    ...FIRST_LOGIN,
    page(after(1), { params: [...PARAMS, 'scope'] }),
    form(after(1) + 3000),
  ]),
  unsure('popup whose consent screen was open before the login, and answered after it', [
    page(T0 - 60_000),
    ...FIRST_LOGIN,
    form(T0 + 20_000),
  ]),
  sure('popup whose consent screen came after the login, and was answered: it made another link', [
    ...FIRST_LOGIN,
    page(after(1)),
    form(after(1) + 3000),
  ]),
  sure('popup that was left at the login form', [
    ...FIRST_LOGIN,
    page(after(1), { outcome: 'login-form', status: 302 }),
  ]),
  sure('no popup, but a tab of its own, whose consent screen is no result', [
    ...FIRST_LOGIN,
    page(after(1), { params: ['client_id', 'redirect_uri'] }),
  ]),
  sure('popup of a watched site, whose polling would be seen', [
    ...FIRST_LOGIN,
    page(after(1), { watched: true }),
  ]),
];

describe('a popup on a site that is not watched', () => {
  testCases(UNWATCHED_POPUPS);

  test.each(['is_popup', 'proxy'])('asked for with %s: its page needs stored logins', (param) => {
    const loginState = replay([...firstLogin(T0), exchange(T0 + 4000)]);
    const popupPage = observe(
      authorize({ outcome: 'screen', params: ['client_id', param], watched: false }),
      T0 + 60_000,
      { tab: 'r:8', opener: 'r:2', site: 'https://mall.test' },
    );
    expect(reduce(loginState, popupPage).logins.size).toBe(1);
    expect(readsLogins(popupPage)).toBe(true);
  });
});
