import { isOf } from '../model/url.ts';
import type { Change, Ledger } from './login-state.ts';
import type { Login } from '../model/login.ts';
import type { Observation } from '../model/observation.ts';

const MOST_KEPT = 100;
/** How long what a server reported waits for a login. */
const WAIT_MS = 600_000;

/** Keeps what a server reported before there was any login of its site. */
export function keepWaiting(ledger: Ledger, o: Observation): void {
  if (o.source === 'server') ledger.track.waiting = [...ledger.track.waiting, o].slice(-MOST_KEPT);
}

/** Takes in, after all, what was reported for a login's site in the ten minutes before `at` (epoch ms), its start. */
export function adopt(
  ledger: Ledger,
  login: Login,
  at: number,
  change: Change,
  take: (waited: Observation) => Change,
): void {
  const { waiting } = ledger.track;
  if (!waiting.length) return;
  const mine = waiting.filter((w) => w.site !== null && isOf(login, w.site));
  // Another site's reports stay, whatever this login's clock says.
  ledger.track.waiting = waiting.filter((w) => !mine.includes(w));
  for (const w of mine.filter((m) => at - m.at <= WAIT_MS)) {
    const { placedOn } = take(w);
    if (placedOn) change.adopted.set(w.id, placedOn);
  }
}
