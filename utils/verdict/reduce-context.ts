import type { StateChange, Flow, LoginState } from './login-state.ts';
import type { Login } from '../model/login.ts';

/** The apps and sites whose logins have new facts that nothing was derived from yet. */
export type DirtyLogins = Map<string, readonly [clientId: string, site: string | null]>;

/** One observation on its way into the loginState. */
export interface ReduceContext {
  loginState: LoginState;
  change: StateChange;
  /** Says that logins of an app and site have new facts. */
  markDirty(clientId: string, site: string | null): void;
  /** Places the observation on a login. */
  on(login: Login): void;
  /** Starts the login that a flow led to. */
  begin(flow: Flow): Login;
}

/** Says that an app has changed, and with it every login of it. */
export function markAppChanged(
  { loginState, change, markDirty }: ReduceContext,
  clientId: string,
): void {
  change.apps.add(clientId);
  for (const l of loginState.logins.values())
    if (l.clientId === clientId) {
      markDirty(clientId, l.site);
      change.logins.add(l.id);
    }
}
