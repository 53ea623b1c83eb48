import { WINDOW_MS } from '../kakao/policy.ts';
import { firstIndexNot } from '../model/first-index.ts';
import type { Login } from '../model/login.ts';
import type { AttributedObservation } from '../model/observation.ts';
import { originOf } from '../model/url.ts';
import { isCompletingListedCall } from '../verdict/evaluate-call.ts';
import { isSurelyFirst } from '../verdict/link.ts';
import type { LoginState } from '../verdict/login-state.ts';

/** What one browser of several recorded, and the logins in it. */
export interface BrowserReplay {
  observations: readonly AttributedObservation[];
  loginState: LoginState;
}

/**
 * Notes on the logins of each browser what another one recorded of calls that may have completed their links: a link is the
 * account's, and one person's recordings may be of several browsers, or of one in several files. A call that is surely of
 * a first login made there is of that one's link.
 */
export function noteCallsElsewhere(replays: readonly BrowserReplay[]): void {
  const calls = replays.map(callsOfUnknownLinks);
  for (const [i, { loginState }] of replays.entries()) {
    const elsewhere = instantsBySite(calls.filter((_, other) => other !== i).flat());
    if (elsewhere.size === 0) continue;
    for (const login of loginState.logins.values()) {
      if (login.kind === 'repeat') continue;
      const at = firstInWindow(login, elsewhere);
      if (at !== Infinity)
        login.openDoubts = [...login.openDoubts, { at, doubt: 'other-login-unseen' }];
    }
  }
}

/** The listed calls that Kakao answered and that may be of a link which was made elsewhere. */
function callsOfUnknownLinks({ observations, loginState }: BrowserReplay): AttributedObservation[] {
  return observations.filter((o) => {
    if (o.type !== 'api' || !isCompletingListedCall(o)) return false;
    const login = loginState.logins.get(o.loginId ?? '');
    return login === undefined || !isSurelyFirst(login);
  });
}

/** The instants of calls by their site, epoch ms, in order. */
function instantsBySite(calls: readonly AttributedObservation[]): Map<string, number[]> {
  const bySite = new Map<string, number[]>();
  for (const [site, own] of Map.groupBy(calls, (call) => call.site))
    if (site !== null)
      bySite.set(
        site,
        own.map((call) => call.at).sort((a, b) => a - b),
      );
  return bySite;
}

/** When the first call for a login's site was made in its window, epoch ms; Infinity where none was. */
function firstInWindow(
  { site, redirectUri, loggedInAt }: Login,
  instants: ReadonlyMap<string, readonly number[]>,
): number {
  const sites = new Set([site, originOf(redirectUri)]);
  const first = Math.min(
    ...[...sites].map((one) => {
      const all = instants.get(one ?? '') ?? [];
      return all[firstIndexNot(all, (at) => at < loggedInAt)] ?? Infinity;
    }),
  );
  return first - loggedInAt <= WINDOW_MS ? first : Infinity;
}
