import { appOf, type App } from '../model/app.ts';
import { lazily } from '../model/lazily.ts';
import type { Login } from '../model/login.ts';
import type {
  ArrivalFact,
  AttributedObservation,
  AuthorizeFact,
  FactType,
  Observation,
  ObservationOf,
} from '../model/observation.ts';
import type { Verdict } from '../model/verdict.ts';
import { verdictOf } from '../verdict/decide/verdict.ts';
import { joinAnswers } from '../verdict/state/join-answers.ts';
import type { LoginState } from '../verdict/state/login-state.ts';
import { findClientIdsOfFlows, ownClientId } from './client-ids.ts';
import { createEarlierLogins, type EarlierLogins } from './earlier-logins.ts';
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
  earlierLogins: EarlierLogins;
}

/** A session rule reads all of it. */
export type SessionContext = RuleContext;

/** Indexes the input for all rules. `now` is the instant of the verdicts, in epoch ms. */
export function createRuleContext(given: GuidanceInput, now: number): RuleContext {
  const { loginState } = given;
  const observations = joinAnswers(given.observations);
  const input = { ...given, observations };
  const clientIdsOfFlows = lazily(() => findClientIdsOfFlows(observations, loginState));
  const verdicts = new Map<Login, Verdict>();
  const byType = Map.groupBy(observations, (o) => o.type);
  const ofType = <T extends FactType>(type: T) =>
    (byType.get(type) ?? []) as readonly Observation[] as readonly ObservationOf<T>[];
  return {
    input,
    now,
    logins: [...loginState.logins.values()].filter((l) => input.logins?.has(l.id) ?? true),
    appOf: (clientId) => appOf(loginState, clientId),
    verdictOf(login) {
      const cached = verdicts.get(login);
      if (cached) return cached;
      const verdict = verdictOf(login, appOf(loginState, login.clientId), now);
      verdicts.set(login, verdict);
      return verdict;
    },
    clientIdOf: (o) => ownClientId(o, loginState) ?? clientIdsOfFlows().get(o.id) ?? null,
    byLogin: Map.groupBy(
      observations.filter((o) => o.loginId),
      (o) => o.loginId ?? '',
    ),
    byType: ofType,
    authorizeRequests: createTimeIndex(ofType('authorize')),
    arrivals: createTimeIndex(ofType('arrival')),
    earlierLogins: createEarlierLogins(loginState),
  };
}
