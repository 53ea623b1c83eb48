import type { Flow, LoginState } from './login-state.ts';
import type { AuthorizeFact, Observation, PollFact } from '../model/observation.ts';
import { originOf } from '../model/url.ts';

/** A flow, or a popup's poll, that was still for this long is over. */
export const FLOW_TIMEOUT_MS = 3_600_000;

/** The key of the place where a login runs: one tab of one cookie store. */
export function flowKey(o: { cookieStore: string; tab: string | null }): string {
  return `${o.cookieStore}|${o.tab ?? '-'}`;
}

/** Prompts after which the account may be another one (kakao.md 1.8). */
const ACCOUNT_PROMPTS = ['login', 'select_account', 'create'];

function continues(flow: Flow | undefined, o: Observation<AuthorizeFact>): flow is Flow {
  if (!flow || flow.done || o.at - flow.lastAt > FLOW_TIMEOUT_MS) return false;
  if (o.clientId === null) return true;
  return flow.clientId === o.clientId && carriesOn(o);
}

/** Whether a step goes on with a login rather than starting one. */
function carriesOn(o: Observation<AuthorizeFact>): boolean {
  return o.fromKakao || (o.site === null && o.params.includes('through_account'));
}

function popupKind(o: AuthorizeFact): Flow['popup'] {
  if (o.redirectUri === 'kakaojs' || o.params.includes('proxy')) return 'message';
  return o.params.includes('is_popup') ? 'poll' : null;
}

/**
 * Carries on the flow that an authorize step belongs to, or starts a new one, and notes what the step showed.
 * Also forgets which Kakao session the cookie store has as soon as the account may have changed.
 */
export function advanceFlow(loginState: LoginState, o: Observation<AuthorizeFact>): Flow {
  const { flows, kakaoSessions } = loginState.tracking;
  const key = flowKey(o);
  const before = flows[key];
  // The form of a login that is over, found again by Back, names no app.
  const form = before?.redirectUri === o.redirectUri ? before : null;
  const clientId = o.clientId ?? form?.clientId ?? null;
  const flow: Flow = continues(before, o)
    ? before
    : createFlow(o, {
        clientId,
        redirectUri: o.redirectUri,
        site: o.site ?? originOf(o.redirectUri),
        whole: o.clientId !== null && !carriesOn(o),
        extraConsentRequested: o.params.includes('scope') || o.params.includes('service_terms'),
        popup: popupKind(o),
        watched: o.watched,
        kakaoSession: kakaoSessions[o.cookieStore] ?? null,
      });
  flow.lastAt = o.at;
  // A popup's form names no site, so it cannot tell whether one is watched.
  if (o.site ?? o.redirectUri) flow.watched = o.watched;
  if (flow.screenShown && o.method === 'POST') flow.screenAnswered = true;
  if (o.outcome === 'screen') flow.screenShown = true;
  if (o.outcome === 'error' || o.outcome === 'error-page') flow.done = true;

  const atLoginForm = o.outcome === 'login-form';
  const accountAsked = flow !== before && o.prompt.some((p) => ACCOUNT_PROMPTS.includes(p));
  // A form begins a time of doubt and its flow's next step a new session: another tab may log in between. A flow
  // whose beginning was not seen may have passed the form.
  const renewed =
    atLoginForm || flow.atLoginForm || accountAsked || (flow !== before && !flow.whole);
  if (renewed || !(o.cookieStore in kakaoSessions))
    flow.kakaoSession = kakaoSessions[o.cookieStore] = o.id;
  flow.atLoginForm = atLoginForm;
  setAsLatest(flows, key, flow);
  return flow;
}

/** Sets a value by its key and makes it the last one, so that the oldest are found first. */
export function setAsLatest<T>(values: Record<string, T>, key: string, value: T): void {
  delete values[key];
  values[key] = value;
}

/** Whether a flow runs in a tab, or in a popup of it. */
export function flowRunsInTab(flow: Flow, tab: string | null): boolean {
  return flow.tab === tab || (tab !== null && flow.opener === tab);
}

/**
 * Finds the unfinished flow whose redirect URI was reached in this tab, its popup, or elsewhere on the site, and ends
 * those of this tab. Outside of popups kauth's own redirect tells of a code, or else its answered screen: a page with
 * neither is an old one, reloaded.
 */
export function endFlowReaching(
  loginState: LoginState,
  o: { cookieStore: string; tab: string | null; at: number },
  redirectUri: string,
): Flow | undefined {
  const open = Object.values(loginState.tracking.flows).filter(
    (f) =>
      !f.done &&
      f.cookieStore === o.cookieStore &&
      f.redirectUri === redirectUri &&
      (f.popup || f.screenAnswered) &&
      o.at - f.lastAt <= FLOW_TIMEOUT_MS,
  );
  const mine = open.filter((f) => flowRunsInTab(f, o.tab));
  // The latest; popups that were closed before are over as well, or a reload of the redirect URI would end them.
  for (const f of mine) f.done = true;
  return mine.at(-1) ?? open.at(-1);
}

/** A flow made of nothing but polling: easy login leaves no page in the browser (kakao.md 1.13, 3.4). */
export function flowFromPoll(
  poll: { clientId: string; site: string | null; watched: boolean; at: number },
  o: Observation<PollFact> | Observation,
): Flow {
  return createFlow(o, {
    clientId: poll.clientId,
    site: poll.site,
    watched: poll.watched,
    startedAt: poll.at,
    popup: 'poll',
  });
}

/** A flow that begins with an observation, of which nothing is known but what is told. */
export function createFlow(
  o: Observation,
  told: Partial<Flow> & Pick<Flow, 'clientId' | 'site' | 'watched'>,
): Flow {
  return {
    redirectUri: null,
    cookieStore: o.cookieStore,
    tab: o.tab,
    opener: o.opener,
    startedAt: o.at,
    lastAt: o.at,
    whole: false,
    screenShown: false,
    screenAnswered: false,
    extraConsentRequested: false,
    popup: null,
    kakaoSession: null,
    atLoginForm: false,
    done: false,
    ...told,
  };
}
