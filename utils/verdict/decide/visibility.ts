import type { App } from '../../model/app.ts';
import { type Login, isOfSdkV1 } from '../../model/login.ts';
import type { Visibility, VisibilityBecause } from '../../model/verdict.ts';
import { completionOf } from '../derive/completion.ts';
import { deadlineOf } from './deadline.ts';

/** Whether the login's calls could be seen up to its deadline (epoch ms). */
export function wasVisible(login: Login, deadline: number): boolean {
  if (login.visibilityGap && login.visibilityGap.at <= deadline) return false;
  return login.seenInBrowser || login.reportedByServer;
}

/** Whether we could have seen the calls between the login and its deadline, and why or why not. */
export function visibilityOf(
  login: Login,
  app: App,
): { visibility: Visibility; because: VisibilityBecause } {
  const { visibilityGap } = login;
  const gap = visibilityGap && visibilityGap.at <= deadlineOf(login, app) ? visibilityGap : null;
  if (gap && !completionOf(login, app)) return { visibility: 'none', because: gap.reason };
  if (login.seenInBrowser) return { visibility: 'browser', because: 'token-seen' };
  if (login.reportedByServer) return { visibility: 'server-reported', because: 'reported' };
  // SDK v1's popup hands the token to its page, and no server takes part.
  const tokenWent = isOfSdkV1(login) ? 'token-by-message' : 'server-side';
  return { visibility: 'none', because: gap?.reason ?? tokenWent };
}
