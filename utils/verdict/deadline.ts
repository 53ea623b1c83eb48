import { WINDOW_MS } from '../kakao/policy.ts';
import type { App } from '../model/app.ts';
import type { Login } from '../model/login.ts';

/** Length of the window in ms: Kakao's own, or the app's rehearsal window. */
export function windowMs(app: App): number {
  return app.windowMs ?? WINDOW_MS;
}

/** The instant a login's window ends, epoch ms. The instant itself is still inside. */
export function deadlineOf(login: Login, app: App): number {
  return login.loggedInAt + windowMs(app);
}
