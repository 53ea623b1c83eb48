import type { AttributedObservation } from '../model/observation.ts';
import { linkMode, appOf, type App } from '../model/app.ts';
import type { Verdict } from '../model/verdict.ts';
import { flowKey } from '../verdict/flow.ts';
import type { LoginState } from '../verdict/login-state.ts';
import type { Call, Login } from '../model/login.ts';
import type {
  ApiFact,
  ArrivalFact,
  AuthorizeFact,
  LinkMode,
  Observation,
  TokenFact,
} from '../model/observation.ts';
import { verdictOf } from '../verdict/verdict.ts';

/** A named stretch of testing. Epoch ms. */
export interface SessionSpan {
  id: string;
  name: string;
  build: string;
  startedAt: number;
}

/** What guidance is given of. */
export interface GuidanceInput {
  loginState: LoginState;
  observations: readonly AttributedObservation[];
  /** Logins to speak of; all where it is left out. */
  logins?: ReadonlySet<string>;
  /** The session the findings are for, and any before it. */
  session?: SessionSpan;
  sessionsBefore?: readonly SessionSpan[];
}

/** A call of a login, with the observations that show it. */
export type LoginCall = Call & { ids: readonly string[]; scopes: readonly string[] };

export interface LoginContext {
  login: Login;
  app: App;
  mode: LinkMode;
  verdict: Verdict;
  /** Epoch ms. */
  now: number;
  calls: readonly LoginCall[];
  tokens: readonly Observation<TokenFact>[];
  /** The authorize steps that led to it. */
  steps: readonly Observation<AuthorizeFact>[];
  /** Earlier logins of the same site, and of them those of the same app and account. */
  before: readonly Login[];
  sameAccount: readonly Login[];
  /** Arrivals of a code or an error in the same cookie store. */
  arrivals: readonly Observation<ArrivalFact>[];
  whole: RuleContext;
}

export interface AppContext {
  app: App;
  clientId: string;
  logins: readonly Login[];
  /** Authorize steps, token requests and calls of this app, in order. */
  steps: readonly Observation<AuthorizeFact>[];
  tokens: readonly (Observation<TokenFact> & { loginId?: string })[];
  calls: readonly Observation<ApiFact>[];
  whole: RuleContext;
}

export type SessionContext = RuleContext;

/** Everything, prepared once for all rules. */
export interface RuleContext {
  context: GuidanceInput;
  now: number;
  logins: readonly Login[];
  appOf(clientId: string): App;
  verdictOf(login: Login): Verdict;
  /** The app an observation is of, as far as is known. */
  clientOf(o: AttributedObservation): string | null;
  /** Observations by the login they were placed on; authorize steps and arrivals by cookie store. */
  placed: ReadonlyMap<string, readonly AttributedObservation[]>;
  steps: ReadonlyMap<string, readonly Observation<AuthorizeFact>[]>;
  arrivals: ReadonlyMap<string, readonly Observation<ArrivalFact>[]>;
}

/** Prepares what the rules read, at an instant (epoch ms). */
export function createRuleContext(context: GuidanceInput, now: number): RuleContext {
  const { loginState } = context;
  const clients = clientsOf(context);
  const verdicts = new Map<string, Verdict>();
  return {
    context,
    now,
    logins: [...loginState.logins.values()].filter((l) => context.logins?.has(l.id) ?? true),
    appOf: (clientId) => appOf(loginState, clientId),
    verdictOf(login) {
      const known = verdicts.get(login.id);
      if (known) return known;
      const verdict = verdictOf(login, appOf(loginState, login.clientId), now);
      verdicts.set(login.id, verdict);
      return verdict;
    },
    clientOf: (o) => clients.get(o.id) ?? null,
    placed: Map.groupBy(
      context.observations.filter((o) => o.loginId),
      (o) => o.loginId ?? '',
    ),
    steps: Map.groupBy(
      context.observations.filter((o) => o.type === 'authorize'),
      (o) => o.cookieStore,
    ),
    arrivals: Map.groupBy(
      context.observations.filter((o) => o.type === 'arrival'),
      (o) => o.cookieStore,
    ),
  };
}

/** Per observation its app: named in it, or by the login it was placed on, or by the step before it in its tab. */
function clientsOf({ loginState, observations }: GuidanceInput): Map<string, string> {
  const found = new Map<string, string>();
  const atWork = new Map<string, string>();
  for (const o of observations) {
    const named = 'clientId' in o ? o.clientId : null;
    const placed = o.loginId ? loginState.logins.get(o.loginId)?.clientId : undefined;
    const key = flowKey(o);
    if (o.type === 'authorize' && named) atWork.set(key, named);
    const step = o.type === 'authorize' || o.type === 'arrival' ? atWork.get(key) : undefined;
    const client = named ?? placed ?? step;
    if (client) found.set(o.id, client);
  }
  return found;
}

/** One login as its rules read it. */
export function createLoginContext(whole: RuleContext, login: Login): LoginContext {
  const app = whole.appOf(login.clientId);
  const own = whole.placed.get(login.id) ?? [];
  const ofTab = (o: Observation) => o.tab === login.tab || (o.tab && o.tab === login.opener);
  const before = [...whole.context.loginState.logins.values()].filter(
    (l) => l.ordinal < login.ordinal && l.site === login.site,
  );
  return {
    login,
    app,
    mode: linkMode(app),
    verdict: whole.verdictOf(login),
    now: whole.now,
    calls: login.calls.map((call) => seenCall(call, own)),
    tokens: own.filter((o) => o.type === 'token'),
    steps: (whole.steps.get(login.cookieStore) ?? []).filter(
      (o) =>
        (o.id === login.id || (o.at >= login.startedAt && o.at <= login.loggedInAt && ofTab(o))) &&
        (whole.clientOf(o) ?? login.clientId) === login.clientId,
    ),
    before,
    sameAccount: before.filter(
      (l) => l.clientId === login.clientId && l.accountId === login.accountId,
    ),
    arrivals: whole.arrivals.get(login.cookieStore) ?? [],
    whole,
  };
}

function seenCall(call: Call, own: readonly AttributedObservation[]): LoginCall {
  const same = own.filter(
    (o): o is AttributedObservation & Observation<ApiFact> =>
      o.type === 'api' &&
      o.source === call.source &&
      o.method === call.method &&
      o.path === call.path &&
      o.status === call.status &&
      o.code === call.code,
  );
  const scopes = [...new Set(same.flatMap((o) => o.requiredScopes))];
  return { ...call, ids: same.map((o) => o.id), scopes };
}

/** Every app that was seen, with what was seen of it. */
export function createAppContexts(whole: RuleContext): AppContext[] {
  const { observations } = whole.context;
  const clients = new Set(whole.logins.map((l) => l.clientId));
  const asked = observations.filter((o) => o.type !== 'app' && o.type !== 'silence');
  for (const o of asked) if (whole.clientOf(o)) clients.add(whole.clientOf(o) ?? '');
  return [...clients].map((clientId) => {
    const own = asked.filter((o) => whole.clientOf(o) === clientId);
    return {
      app: whole.appOf(clientId),
      clientId,
      logins: whole.logins.filter((l) => l.clientId === clientId),
      steps: own.filter((o) => o.type === 'authorize'),
      tokens: own.filter((o) => o.type === 'token'),
      calls: own.filter((o) => o.type === 'api'),
      whole,
    };
  });
}
