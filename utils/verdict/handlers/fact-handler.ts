import type { Login } from '../../model/login.ts';
import type { Fact, Observation } from '../../model/observation.ts';
import type { ReduceContext } from './reduce-context.ts';

/** What an observation with one type of fact does to the login state. Either part may be absent. */
export interface FactHandler<F extends Fact> {
  /** Advances the flow that the observation is a step of. Returns the login that it ends with, or null. */
  begin?: (context: ReduceContext, observation: Observation<F>) => Login | null;
  /** Records what the observation says of logins and apps. `begun` is the login that `begin` returned. */
  record?: (context: ReduceContext, observation: Observation<F>, begun: Login | null) => void;
}
