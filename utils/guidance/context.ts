import { appOf, linkMode, type App } from '../model/app.ts';
import { lazily } from '../model/lazily.ts';
import type { Call, Login } from '../model/login.ts';
import type {
  ApiFact,
  ArrivalFact,
  AttributedObservation,
  AuthorizeFact,
  FactType,
  LinkMode,
  Observation,
  ObservationOf,
  TokenFact,
} from '../model/observation.ts';
import type { Verdict } from '../model/verdict.ts';
import { flowKey } from '../verdict/flow.ts';
import { joinAnswers } from '../verdict/join-answers.ts';
import type { LoginState } from '../verdict/login-state.ts';
import { verdictOf } from '../verdict/verdict.ts';
import { createTimeIndex, type TimeIndex } from './time-index.ts';

/** A session as guidance needs it. `startedAt` is in epoch ms. */
export interface SessionSpan {
  id: string;
  name: string;
  build: string;
  startedAt: number;
}

/** What guidance works on. */
export interface GuidanceInput {
  loginState: LoginState;
  observations: readonly AttributedObservation[];
  /** Ids of the logins to advise on; all logins where it is left out. */
  logins?: ReadonlySet<string>;
  /** The session that the findings are for, and the sessions before it. */
  session?: SessionSpan;
  sessionsBefore?: readonly SessionSpan[];
}

/** What a session rule reads, and what the contexts of logins and apps are cut from: the input, indexed once. */
export interface RuleContext {
  input: GuidanceInput;
  /** Epoch ms. */
  now: number;
  logins: readonly Login[];
  appOf(clientId: string): App;
  verdictOf(login: Login): Verdict;
  /** Returns the `client_id` of the app an observation is about; null where it is not known. */
  clientIdOf(o: AttributedObservation): string | null;
  /** Observations by the id of the login they were attributed to. */
  byLogin: ReadonlyMap<string, readonly AttributedObservation[]>;
  /** Observations by their type. */
  byType<T extends FactType>(type: T): readonly ObservationOf<T>[];
  authorizeRequests: TimeIndex<Observation<AuthorizeFact>>;
  /** Redirects that brought a code or an error back. */
  arrivals: TimeIndex<Observation<ArrivalFact>>;
  earlierLogins(login: Login, alike: readonly Likeness[]): readonly Login[];
}

/** In what two logins may be alike: app and Kakao account, user id, or on one site the tester's label or Kakao session. */
type Likeness = 'account' | 'user' | 'label' | 'session';

export type SessionContext = RuleContext;

/** A call of a login, with the ids of the observations that show it and the consent items it lacked. */
export type LoginCall = Call & {
  observationIds: readonly string[];
  requiredScopes: readonly string[];
};

/** What a login rule reads. */
export interface LoginContext {
  login: Login;
  app: App;
  linkMode: LinkMode;
  verdict: Verdict;
  /** Epoch ms. */
  now: number;
  calls: readonly LoginCall[];
  tokenRequests: readonly Observation<TokenFact>[];
  /** The authorize requests that led to the login. */
  authorizeRequests: readonly Observation<AuthorizeFact>[];
  /** Earlier logins that are like this one in any of some respects, in order of arrival. */
  earlierLogins(...alike: Likeness[]): readonly Login[];
  /** It was read out of a recording's file, where no tester can mark it. */
  isOfFile: boolean;
  ruleContext: RuleContext;
}

/** What an app rule reads: the app's logins, and its requests in order of arrival. */
export interface AppContext {
  app: App;
  clientId: string;
  logins: readonly Login[];
  authorizeRequests: readonly Observation<AuthorizeFact>[];
  tokenRequests: readonly (Observation<TokenFact> & { loginId?: string })[];
  calls: readonly Observation<ApiFact>[];
  ruleContext: RuleContext;
}

/** Indexes the input for all rules. `now` is the instant of the verdicts, in epoch ms. */
export function createRuleContext(given: GuidanceInput, now: number): RuleContext {
  const { loginState } = given;
  const observations = joinAnswers(given.observations);
  const input = { ...given, observations };
  const ofFlows = lazily(() => findClientIdsOfFlows(input));
  const verdicts = new Map<string, Verdict>();
  const byType = Map.groupBy(observations, (o) => o.type);
  const ofType = <T extends FactType>(type: T) =>
    (byType.get(type) ?? []) as readonly Observation[] as readonly ObservationOf<T>[];
  return {
    input,
    now,
    logins: [...loginState.logins.values()].filter((l) => input.logins?.has(l.id) ?? true),
    appOf: (clientId) => appOf(loginState, clientId),
    verdictOf(login) {
      const cached = verdicts.get(login.id);
      if (cached) return cached;
      const verdict = verdictOf(login, appOf(loginState, login.clientId), now);
      verdicts.set(login.id, verdict);
      return verdict;
    },
    clientIdOf: (o) => clientIdOf(o, loginState) ?? ofFlows().get(o.id) ?? null,
    byLogin: Map.groupBy(
      observations.filter((o) => o.loginId),
      (o) => o.loginId ?? '',
    ),
    byType: ofType,
    authorizeRequests: createTimeIndex(ofType('authorize')),
    arrivals: createTimeIndex(ofType('arrival')),
    earlierLogins: createLoginFinder(loginState),
  };
}

/** Makes `earlierLogins`: a site may have thousands of logins, so they are found by what they are alike in. */
function createLoginFinder({ logins }: LoginState): RuleContext['earlierLogins'] {
  const alikeIn = (respect: Likeness) =>
    lazily(() => Map.groupBy(logins.values(), (login) => keyOf(login, respect)));
  const alike: Record<Likeness, ReturnType<typeof alikeIn>> = {
    account: alikeIn('account'),
    user: alikeIn('user'),
    label: alikeIn('label'),
    session: alikeIn('session'),
  };
  const order = lazily(() => new Map([...logins.values()].map((login, i) => [login, i])));
  return (login, respects) => {
    const found = respects.flatMap((respect) => {
      const key = keyOf(login, respect);
      return key === null ? [] : (alike[respect]().get(key) ?? []);
    });
    const earlier = [...new Set(found)].filter((l) => l.ordinal < login.ordinal);
    if (respects.length === 1 || earlier.length < 2) return earlier;
    const numbers = order();
    return earlier.sort((a, b) => (numbers.get(a) ?? 0) - (numbers.get(b) ?? 0));
  };
}

/** What logins that are alike in a respect share; null where that is not known. */
function keyOf(login: Login, respect: Likeness): string | null {
  const { site, clientId, accountId, userHash, label, kakaoSession } = login;
  switch (respect) {
    case 'account':
      // A link is the app's on all its sites.
      return `${clientId}\n${accountId}`;
    case 'user':
      return userHash || null;
    case 'label':
      return label ? `${site}\n${label}` : null;
    case 'session':
      return `${site}\n${kakaoSession}`;
  }
}

/** The app that an observation names itself, else the one of its login; null where neither says. */
function clientIdOf(o: AttributedObservation, { logins }: LoginState): string | null {
  const own = 'clientId' in o ? o.clientId : null;
  return own ?? (o.loginId ? (logins.get(o.loginId)?.clientId ?? null) : null);
}

/**
 * Finds the app of each request of a login flow, by its id, that neither names one nor is of a login: the one that the
 * flow named last.
 */
function findClientIdsOfFlows({ loginState, observations }: GuidanceInput): Map<string, string> {
  const found = new Map<string, string>();
  const latestOfFlow = new Map<string, string>();
  for (const o of observations) {
    if (o.type !== 'authorize' && o.type !== 'arrival') continue;
    if (o.type === 'authorize' && o.clientId) latestOfFlow.set(flowKey(o), o.clientId);
    else if (clientIdOf(o, loginState) === null) {
      const ofFlow = latestOfFlow.get(flowKey(o));
      if (ofFlow) found.set(o.id, ofFlow);
    }
  }
  return found;
}

/** Cuts the context of one login. What few rules ask for is looked up when they do. */
export function createLoginContext(ruleContext: RuleContext, login: Login): LoginContext {
  const app = ruleContext.appOf(login.clientId);
  const observations = ruleContext.byLogin.get(login.id) ?? [];
  const authorizeRequests = lazily(() => authorizeRequestsOf(login, ruleContext));
  return {
    login,
    app,
    linkMode: linkMode(app),
    verdict: ruleContext.verdictOf(login),
    now: ruleContext.now,
    calls: login.calls.map((call) => toLoginCall(call, observations)),
    tokenRequests: observations.filter((o) => o.type === 'token'),
    get authorizeRequests() {
      return authorizeRequests();
    },
    earlierLogins: (...alike) => ruleContext.earlierLogins(login, alike),
    isOfFile: observations.some((o) => o.id === login.id && o.source === 'har'),
    ruleContext,
  };
}

/** Finds the requests that led to a login: those of its app, in its tab or its opener's, while the flow lasted. */
function authorizeRequestsOf(login: Login, ruleContext: RuleContext): Observation<AuthorizeFact>[] {
  const { id, cookieStore, tab, opener, startedAt, loggedInAt } = login;
  const { authorizeRequests } = ruleContext;
  const inTab = (name: string | null) =>
    authorizeRequests.between(cookieStore, name, startedAt, loggedInAt);
  const own = inTab(tab);
  const ofOpener = opener === null || opener === tab ? [] : inTab(opener);
  const last = own.find((o) => o.id === id) ?? authorizeRequests.withId(id);
  const others = last?.cookieStore === cookieStore ? [...ofOpener, last] : ofOpener;
  const isAll = others.every((o) => own.includes(o));
  const found = isAll ? own : authorizeRequests.inOrder([...new Set([...own, ...others])]);
  return found.filter((o) => (ruleContext.clientIdOf(o) ?? login.clientId) === login.clientId);
}

function toLoginCall(call: Call, observations: readonly AttributedObservation[]): LoginCall {
  const showing = observations.filter(
    (o): o is AttributedObservation & Observation<ApiFact> =>
      o.type === 'api' &&
      o.source === call.source &&
      o.method === call.method &&
      o.path === call.path &&
      o.status === call.status &&
      o.code === call.code,
  );
  return {
    ...call,
    observationIds: showing.map((o) => o.id),
    requiredScopes: [...new Set(showing.flatMap((o) => o.requiredScopes))],
  };
}

/** Cuts one context for each app that has a login or was named in traffic. */
export function createAppContexts(ruleContext: RuleContext): AppContext[] {
  // Settings of an app are no traffic: an app that only they name has nothing to advise on.
  const traffic = ruleContext.input.observations.filter(
    (o) => o.type !== 'app' && o.type !== 'silence',
  );
  const byApp = Map.groupBy(traffic, (o) => ruleContext.clientIdOf(o));
  const logins = Map.groupBy(ruleContext.logins, (l) => l.clientId);
  const clientIds = new Set([...logins.keys(), ...[...byApp.keys()].filter((id) => id !== null)]);
  return [...clientIds].map((clientId) => {
    const own = byApp.get(clientId) ?? [];
    return {
      app: ruleContext.appOf(clientId),
      clientId,
      logins: logins.get(clientId) ?? [],
      authorizeRequests: own.filter((o) => o.type === 'authorize'),
      tokenRequests: own.filter((o) => o.type === 'token'),
      calls: own.filter((o) => o.type === 'api'),
      ruleContext,
    };
  });
}
