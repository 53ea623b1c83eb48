import { WINDOW_MS } from '../../kakao/policy.ts';
import type { App } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import { LONGEST_EXCHANGE_MS } from '../state/time-limits.ts';

/** Length of the window in ms: Kakao's own, or the app's rehearsal window. */
export function windowMs(app: App): number {
  return app.windowMs ?? WINDOW_MS;
}

/** The instant a login's window ends, epoch ms. The instant itself is still inside. */
export function deadlineOf(login: Login, app: App): number {
  return login.loggedInAt + windowMs(app);
}

/**
 * The last instant, epoch ms, at which the window may still be open: Kakao may count from the token, which comes after
 * the code that ends a login. A rehearsal's window is the tester's own, counted from the login.
 */
export function latestDeadlineOf(login: Login, app: App): number {
  const deadline = deadlineOf(login, app);
  if (app.windowMs !== null) return deadline;
  const { tokenAt, loggedInAt } = login;
  const exchange = tokenAt === null ? LONGEST_EXCHANGE_MS : Math.max(0, tokenAt - loggedInAt);
  return deadline + Math.min(exchange, LONGEST_EXCHANGE_MS);
}
