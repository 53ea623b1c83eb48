import { appOf, newApp, UNKNOWN_APP } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import type { Observation } from '../../model/observation.ts';
import type { DirtyLogins } from '../derive/derive-logins.ts';
import { newLogin } from '../flow/new-login.ts';
import { addLogin, loginsOfApp } from '../state/login-index.ts';
import type { Flow, LoginState, StateChange } from '../state/login-state.ts';

/** What observations changed, one or several in a row. */
export interface Notes extends Pick<StateChange, 'logins' | 'apps'> {
  dirty: DirtyLogins;
  /** Ids of the requests whose evidence was taken back: what was derived from it goes. */
  retracted: Set<string>;
}

/** Notes of nothing. */
export function newNotes(): Notes {
  return { logins: new Set(), apps: new Set(), dirty: new Set(), retracted: new Set() };
}

/** What a handler works on: the state, which it changes in place, and the notes of what it changed. */
export interface ReduceContext extends Pick<Notes, 'dirty' | 'retracted'> {
  loginState: LoginState;
  /** The observation that is being reduced. Buffered reports that its login attracts are handled along with it. */
  observation: Observation;
  /** What the observation changed so far, and those before it whose notes it shares. */
  change: StateChange;
}

/** A context for one observation, whose changes are added to the notes. */
export function createReduceContext(
  loginState: LoginState,
  observation: Observation,
  { logins, apps, dirty, retracted }: Notes,
): ReduceContext {
  const change = { logins, apps, loginId: null, attached: new Map() };
  return { loginState, observation, dirty, retracted, change };
}

/**
 * Notes that logins have new own facts, so that they are stored, and what they and later logins say about each other is
 * derived anew.
 */
export function markChanged({ change, dirty }: ReduceContext, logins: readonly Login[]): void {
  for (const login of logins) {
    change.logins.add(login.id);
    dirty.add(login);
  }
}

/** Notes that an app has changed, and with it every login of it. */
export function markAppChanged(context: ReduceContext, clientId: string): void {
  context.change.apps.add(clientId);
  markChanged(context, loginsOfApp(context.loginState, clientId));
}

/** Notes the login that an observation belongs to: the one being reduced, or an earlier one. */
export function attachTo(context: ReduceContext, observation: Observation, login: Login): void {
  const { change } = context;
  if (observation.id === context.observation.id) change.loginId = login.id;
  else change.attached.set(observation.id, login.id);
  markChanged(context, [login]);
}

/** Begins the login that an observation ends a flow with, and returns it. */
export function beginLogin(context: ReduceContext, flow: Flow, observation: Observation): Login {
  const { apps, tracking } = context.loginState;
  const login = newLogin(flow, observation, tracking);
  tracking.nextOrdinal += 1;
  flow.done = true;
  addLogin(context.loginState, login);
  if (!apps.has(login.clientId)) apps.set(login.clientId, newApp(login.clientId));
  context.change.apps.add(login.clientId);
  if (login.clientId === UNKNOWN_APP) forgetUnknownMode(context);
  attachTo(context, observation, login);
  return login;
}

/** Forgets the link mode that a login of an unknown app told: the next such login need not be of the same one. */
export function forgetUnknownMode(context: ReduceContext): void {
  const { apps } = context.loginState;
  const app = appOf(context.loginState, UNKNOWN_APP);
  if (app.inferredBecause === 'no-evidence') return;
  const { inferredLinkMode, inferredBecause, inferredAt } = newApp(UNKNOWN_APP);
  apps.set(UNKNOWN_APP, { ...app, inferredLinkMode, inferredBecause, inferredAt });
  markAppChanged(context, UNKNOWN_APP);
}
