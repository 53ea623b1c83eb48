import type { App } from './app.ts';
import type { Login } from './login.ts';

/** Logins of private windows, which no database holds, and the apps they are of. */
export interface PrivateLogins {
  logins: readonly Login[];
  apps: readonly App[];
}
