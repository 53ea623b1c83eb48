import type { StateChange, LoginState } from './login-state.ts';
import { type Login, belongsToSite } from '../model/login.ts';
import type { Observation } from '../model/observation.ts';

const MOST_KEPT = 100;
/** How long what a server reported waits for a login. */
const WAIT_MS = 600_000;

/** Keeps what a server reported before there was any login of its site. */
export function bufferReport(loginState: LoginState, o: Observation): void {
  if (o.source === 'server')
    loginState.tracking.bufferedReports = [...loginState.tracking.bufferedReports, o].slice(
      -MOST_KEPT,
    );
}

/** Takes in, after all, what was reported for a login's site in the ten minutes before `at` (epoch ms), its start. */
export function attachBuffered(
  loginState: LoginState,
  login: Login,
  at: number,
  change: StateChange,
  take: (waited: Observation) => StateChange,
): void {
  const { bufferedReports } = loginState.tracking;
  if (!bufferedReports.length) return;
  const mine = bufferedReports.filter((w) => w.site !== null && belongsToSite(login, w.site));
  // Another site's reports stay, whatever this login's clock says.
  loginState.tracking.bufferedReports = bufferedReports.filter((w) => !mine.includes(w));
  for (const w of mine.filter((m) => at - m.at <= WAIT_MS)) {
    const { loginId } = take(w);
    if (loginId) change.attached.set(w.id, loginId);
  }
}
