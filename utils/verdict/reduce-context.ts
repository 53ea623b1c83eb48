import type { Change, Flow, Ledger } from './login-state.ts';
import type { Login } from '../model/login.ts';

/** The apps and sites whose logins have new facts that nothing was derived from yet. */
export type Unsettled = Map<string, readonly [clientId: string, site: string | null]>;

/** One observation on its way into the ledger. */
export interface Intake {
  ledger: Ledger;
  change: Change;
  /** Says that logins of an app and site have new facts. */
  unsettle(clientId: string, site: string | null): void;
  /** Places the observation on a login. */
  on(login: Login): void;
  /** Starts the login that a flow led to. */
  begin(flow: Flow): Login;
}

/** Says that an app has changed, and with it every login of it. */
export function changeApp({ ledger, change, unsettle }: Intake, clientId: string): void {
  change.apps.add(clientId);
  for (const l of ledger.logins.values())
    if (l.clientId === clientId) {
      unsettle(clientId, l.site);
      change.logins.add(l.id);
    }
}
