import { linkMode, type App } from '../model/app.ts';
import type { Call, Login } from '../model/login.ts';
import type {
  ApiFact,
  AttributedObservation,
  AuthorizeFact,
  LinkMode,
  Observation,
  TokenFact,
} from '../model/observation.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Likeness } from './earlier-logins.ts';
import type { RuleContext } from './rule-context.ts';

/** A call of a login, with the ids of the observations that show it and the consent items it lacked. */
export type LoginCall = Call & {
  observationIds: readonly string[];
  requiredScopes: readonly string[];
  /** It names its user, as calls with the admin key do, and need not be about who is logged in. */
  namesUser: boolean;
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
  authorizeRequests(): readonly Observation<AuthorizeFact>[];
  /** Earlier logins that are like this one in any of some respects, in order of arrival. */
  earlierLogins(...alike: Likeness[]): readonly Login[];
  /** It was read out of a recording's file, where no tester can mark it. */
  isOfFile: boolean;
  ruleContext: RuleContext;
}

/** Cuts the context of one login. What few rules ask for is looked up when they do. */
export function createLoginContext(ruleContext: RuleContext, login: Login): LoginContext {
  const app = ruleContext.appOf(login.clientId);
  const observations = ruleContext.byLogin.get(login.id) ?? [];
  return {
    login,
    app,
    linkMode: linkMode(app),
    verdict: ruleContext.verdictOf(login),
    now: ruleContext.now,
    calls: login.calls.map((call) => toLoginCall(call, observations)),
    tokenRequests: observations.filter((o) => o.type === 'token'),
    authorizeRequests: () => authorizeRequestsOf(login, ruleContext),
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
    namesUser: showing.length > 0 && showing.every((o) => o.target !== undefined),
  };
}
