import { expect, test } from 'vitest';
import { captureSiteResponse } from '../../../../utils/capture/site-response.ts';
import type { Observation } from '../../../../utils/model/observation.ts';
import {
  api,
  APP,
  authorize,
  exchange,
  firstLogin,
  HOUR,
  observe,
  SITE,
  T0,
  token,
} from '../../fixtures.ts';
import { judge, type Steps } from '../judge-history.ts';

/** What may be said of a login: `complete certain`, `missed likely | unseen`; a word alone allows any certainty. */
interface Allowed {
  verdict?: string;
  /** What may never be said of it. */
  never?: string;
  kind?: string;
  neverKind?: string;
  linkMode?: string;
  site?: string;
}

/** A history with a known truth, and what may be said of each of its logins. */
export interface KnownCase {
  /** Subject and behaviour. */
  name: string;
  history: Steps | (() => Promise<Steps>);
  /** Hours after T0 at which it is judged. */
  at: number;
  /** In order of the logins. */
  logins: Allowed[];
}

const fits = (said: string, allowed: string) =>
  allowed.split(' | ').some((one) => said === one || said.startsWith(`${one} `));

function expectAllowed(what: string, said: string, allowed?: string, never?: string): void {
  if (allowed) expect(fits(said, allowed), `${what} is "${said}", not "${allowed}"`).toBe(true);
  if (never) expect(fits(said, never), `${what} is "${said}"`).toBe(false);
}

/** Declares one test a case. */
export function testCases(cases: readonly KnownCase[]): void {
  test.each(cases)('$name', async ({ history, at, logins }) => {
    const judged = judge(typeof history === 'function' ? await history() : history, at);
    expect(judged.map((j) => j.login.clientId)).toHaveLength(logins.length);
    for (const [i, allowed] of logins.entries()) {
      const said = judged[i];
      if (!said) throw new Error(`no login ${i}`);
      const { login, verdict, certainty, linkMode } = said;
      expectAllowed(`login ${i}`, `${verdict} ${certainty}`, allowed.verdict, allowed.never);
      const kind = `${login.kind} ${login.certainty}`;
      expectAllowed(`the kind of login ${i}`, kind, allowed.kind, allowed.neverKind);
      if (allowed.linkMode) expect(linkMode).toBe(allowed.linkMode);
      if (allowed.site) expect(login.site).toBe(allowed.site);
    }
  });
}

/** Hours and minutes after T0, epoch ms. */
export const after = (hours: number, minutes = 0): number => T0 + hours * HOUR + minutes * 60_000;

type Place = NonNullable<Parameters<typeof observe>[2]>;

/** The tester sets an app's link mode. */
export const mode = (linkMode: 'auto' | 'manual', clientId = APP): Observation =>
  observe({ type: 'app', clientId, linkMode }, T0 - 1000, { source: 'tester', tab: null });

/** A login with consent in the Kakao session at hand: screen, agreement, code. It ends 3 s after `at`. */
export function consentAgain(
  at: number,
  { scope, site = SITE, ...where }: Place & { scope?: boolean } = {},
): Observation[] {
  const redirectUri = `${site}/cb`;
  const params = ['client_id', 'redirect_uri', 'response_type', ...(scope ? ['scope'] : [])];
  return [
    observe(authorize({ outcome: 'screen', redirectUri, params }), at, { ...where, site }),
    agree(at + 3000, { ...where, site }),
  ];
}

/** First logins of one site in two tabs, ten minutes apart, each with its token. */
export const firstLoginsInTwoTabs = (): Observation[] =>
  ['r:1', 'r:2'].flatMap((tab, i) => [
    ...firstLogin(after(0, 10 * i), { tab }),
    exchange(after(0, 10 * i + 1), { tab }),
  ]);

/** The consent screen is agreed to, and the code comes. */
export const agree = (at: number, { site = SITE, ...where }: Place = {}): Observation =>
  observe(
    authorize({
      clientId: null,
      method: 'POST',
      redirectUri: `${site}/cb`,
      params: [],
      fromKakao: true,
    }),
    at,
    { ...where, site: null },
  );

/** What a response of a site's back end reports in `Server-Timing`, as the extension takes it in. */
export function reported(
  at: number,
  header: string,
  {
    url = `${SITE}/api`,
    page = SITE,
    headers = {},
    sentAt,
    ...where
  }: Place & {
    url?: string;
    page?: string;
    headers?: Record<string, string>;
    sentAt?: number;
  } = {},
): Observation[] {
  const request = {
    url,
    ...(sentAt === undefined ? {} : { sentAt }),
    initiator: page,
    responseHeaders: [['Server-Timing', header] as const, ...Object.entries(headers)].map(
      ([name, value]) => ({ name, value }),
    ),
  };
  const told = captureSiteResponse(request);
  return (told?.reports ?? []).map((fact, i) =>
    observe(fact, at + i, { ...where, source: 'server', site: told?.site ?? null }),
  );
}

/** A popup that the page's tab opened; nothing names the opener of some. */
export const IN_POPUP: { tab: string; opener: string | null } = { tab: 'r:8', opener: 'r:1' };

/** Another site, whose domain is another too. */
export const MALL = 'https://mall.test';

/** What a server reports of a token that it got for a code. */
export const TOKEN_REPORT = 'kakao;desc="POST /oauth/token 200"';

/** What a server reports of a call that completes a sign-up. */
export const ME_REPORT = 'kakao;desc="GET /v2/user/me 200"';

/** The link is cut by its user, or so it is asked for. */
export const unlink = (
  at: number,
  { status = 200, ...where }: Place & { status?: number } = {},
): Observation => observe(api('/v1/user/unlink', status, { method: 'POST' }), at, where);

/** A sign-up, as manual link asks for it. */
export const signup = (at: number, status: number, code: number | null = null): Observation =>
  observe(api('/v1/user/signup', status, { method: 'POST', code }), at);

/** A token request whose ID token names the account. */
export const named = (at: number, account = 'hash-1'): Observation =>
  observe(token(200, { account }), at);

/** A call that the browser sent at another instant than it was answered. */
export function withSentAt(call: Observation, sent: number): Observation {
  const timed = { ...call, sentAt: sent };
  return timed;
}

/** The consent screen in a popup of SDK v1, and its answer. It takes 3 s. */
export function popupOfSdkV1(at: number): Observation[] {
  const popup = { tab: 'r:2', opener: 'r:1' };
  const screen = { outcome: 'screen' as const, params: ['proxy'], redirectUri: 'kakaojs' };
  const answer = { ...screen, clientId: null, redirectUri: null, method: 'POST', status: 200 };
  return [
    observe(authorize(screen), at, popup),
    observe(authorize({ ...answer, fromKakao: true }), at + 3000, { ...popup, site: null }),
  ];
}

/** The page’s SDK asks whether its popup has the code. */
export const POLL = { type: 'poll', clientId: APP, watched: true } as const;

/** What a popup of SDK v2 shows, up to Kakao's page at its end: login form, consent, result. It takes 3 s. */
export function loginInPopup(site: string | null, at = T0): Observation[] {
  const popup = { redirectUri: 'JS-SDK', params: ['client_id', 'is_popup'] };
  const onKakao = { fromKakao: true, watched: false, outcome: 'screen' } as const;
  const form = { clientId: null, redirectUri: null, method: 'POST', params: [] };
  return [
    observe(authorize({ ...popup, outcome: 'login-form', watched: site !== null }), at, {
      ...IN_POPUP,
      site,
    }),
    observe(authorize({ ...popup, ...onKakao }), at + 2000, { ...IN_POPUP, site: null }),
    observe(authorize({ ...form, ...onKakao }), at + 3000, { ...IN_POPUP, site: null }),
  ];
}

/** A page gets the code, or gets it once more as the tester loads it again. */
export const codeArrives = (
  at: number,
  { path = '/cb', ...where }: Place & { path?: string } = {},
) =>
  observe(
    { type: 'arrival', redirectUri: `${SITE}${path}`, outcome: 'code', error: null },
    at,
    where,
  );

/** A miss that is not certain. */
export const MISS_UNSURE = { verdict: 'missed likely | unseen' };

/** The tester pauses all recording at an instant (epoch ms), for so many ms. */
export const pausedFor = (at: number, ms: number): Observation[] =>
  [true, false].map((paused) =>
    observe({ type: 'pause', paused }, paused ? at : at + ms, { source: 'tester', tab: null }),
  );

/** The tester says at an instant (epoch ms) that the logins which histories end with are of one account. */
export const labelled = (at: number, ...logins: Observation[][]): Observation[] =>
  logins.map((steps) =>
    observe({ type: 'label', login: steps.at(-1)?.id ?? '', label: 'alice' }, at, {
      source: 'tester',
      tab: null,
    }),
  );
