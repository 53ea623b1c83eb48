import type { Observation } from '../model/observation.ts';
import { takeBufferedReports } from './attribute/buffered-reports.ts';
import { noteChangedLogins } from './decide/login-standings.ts';
import { ChangedLogins } from './derive/changed-logins.ts';
import { deriveLogins } from './derive/derive-logins.ts';
import { beginLoginOf, recordFact } from './handlers/index.ts';
import { createReduceContext, newNotes, type Notes } from './handlers/reduce-context.ts';
import { createLoginState, type LoginState, type StateChange } from './state/login-state.ts';

/**
 * Adds one observation to the login state, in order of arrival. Changes the state in place and returns what it changed.
 * Reads no clock and nothing but its arguments, so that adding one by one and `replay` give the same logins.
 */
export function reduce(loginState: LoginState, observation: Observation): StateChange {
  const notes = newNotes();
  const change = applyObservation(loginState, observation, notes);
  const changed = new ChangedLogins();
  deriveLogins(loginState, notes.dirty, notes.retracted, changed);
  for (const id of changed.ids()) change.logins.add(id);
  noteChangedLogins(loginState, change.logins);
  return change;
}

/**
 * Adds a whole list, in the order given, to a new login state. Derives once, at the end. `onApplied` hears of each
 * observation in turn, with the login it belongs to.
 */
export function replay(
  observations: Iterable<Observation>,
  onApplied?: (change: Pick<StateChange, 'loginId' | 'attached'>) => void,
): LoginState {
  const loginState = createLoginState();
  replayOnto(loginState, observations, onApplied);
  return loginState;
}

/** Adds a list as `replay` does, to a login state that nobody has asked yet how its logins stand. */
export function replayOnto(
  loginState: LoginState,
  observations: Iterable<Observation>,
  onApplied?: (change: Pick<StateChange, 'loginId' | 'attached'>) => void,
): void {
  const notes = newNotes();
  for (const observation of observations) {
    const change = applyObservation(loginState, observation, notes);
    onApplied?.(change);
  }
  deriveLogins(loginState, notes.dirty, notes.retracted);
}

/**
 * Records what one observation says as own facts of logins and apps. Handlers read own facts only, so derived fields
 * may stay out of date until the end. Buffered reports come before the observation whose login attracts them.
 */
function applyObservation(
  loginState: LoginState,
  observation: Observation,
  notes: Notes,
): StateChange {
  const context = createReduceContext(loginState, observation, notes);
  const begun = beginLoginOf(context, observation);
  if (begun)
    for (const report of takeBufferedReports(loginState, begun, observation.at))
      recordFact(context, report, null);
  recordFact(context, observation, begun);
  return context.change;
}
