import { CUT_BY_MS } from '../kakao/policy.ts';
import { appOf, type App } from '../model/app.ts';
import type { EvidenceKind, Login } from '../model/login.ts';
import type { AttributedObservation } from '../model/observation.ts';
import { withPossibleCall } from '../verdict/apply-evidence.ts';
import { completes, isSurelyFirst } from '../verdict/link.ts';
import type { LoginState } from '../verdict/login-state.ts';
import { evidenceKindsOf } from '../verdict/record-call.ts';
import { completionSlotOf } from '../verdict/verdict.ts';
import { ByPlace } from './by-place.ts';
import { appPlace, mayBeOfLink, placesOf } from './links-elsewhere.ts';

/** What one browser of several recorded, and the logins in it. */
export interface BrowserReplay {
  observations: readonly AttributedObservation[];
  loginState: LoginState;
}

/** What a call may say of a link that was made elsewhere. */
interface CallElsewhere {
  at: number;
  /** Its site, and the app of the login that it was attributed to; empty where neither is known. */
  of: readonly string[];
  kinds: readonly EvidenceKind[];
  /** When Kakao said that its link was made, epoch ms; null where it did not. */
  connectedAt: number | null;
}

/**
 * Notes on the logins of each browser what another one recorded of calls that may have completed, or cut, their links: a link
 * is the account's and the app's, and one person's recordings may be of several browsers, or of one in several files. A call
 * that is surely of a first login made there is of that one's link.
 */
export function noteCallsElsewhere(replays: readonly BrowserReplay[]): void {
  const calls = replays.map(callsOfUnknownLinks);
  for (const [i, { loginState }] of replays.entries()) {
    const others = calls.filter((_, other) => other !== i).flat();
    if (others.length === 0) continue;
    const elsewhere = new ByPlace(
      others,
      ({ of }) => of,
      ({ at }) => at,
    );
    for (const login of loginState.logins.values()) {
      if (login.kind === 'repeat') continue;
      const app = appOf(loginState, login.clientId);
      const completed = firstBeforeCut(login, app, elsewhere, (k) => completes(k, app) !== 'no');
      if (completed)
        login.possibleCalls = withPossibleCall(login, completionSlotOf(app), completed.at);
      const cut = firstBeforeCut(login, app, elsewhere, (kind) => kind === 'unlink');
      if (cut) login.openDoubts = [...login.openDoubts, { at: cut.at, doubt: 'cut-unsure' }];
    }
  }
}

/** The calls that say something of a link, and that may be of one which was made elsewhere. */
function callsOfUnknownLinks({ observations, loginState }: BrowserReplay): CallElsewhere[] {
  return observations.flatMap((o) => {
    if (o.type !== 'api') return [];
    const kinds = evidenceKindsOf(o);
    const login = loginState.logins.get(o.loginId ?? '');
    if (kinds.length === 0 || (login && isSurelyFirst(login))) return [];
    // A call out of SDK v1's frame names no site.
    const places = [o.site, login?.site, login && appPlace(login)];
    const of = [...new Set(places)].flatMap((place) => place ?? []);
    return { at: o.at, of, kinds, connectedAt: o.connectedAt ?? login?.connectedAt ?? null };
  });
}

/**
 * The first call for a login's site or app of those that say something, made before Kakao's job had its time. One after the
 * window explains why the link is still there.
 */
function firstBeforeCut(
  login: Login,
  app: App,
  calls: ByPlace<CallElsewhere>,
  says: (kind: EvidenceKind) => boolean,
): CallElsewhere | undefined {
  const { loggedInAt } = login;
  return calls.findEarliest(
    placesOf(login),
    [loggedInAt, loggedInAt + CUT_BY_MS],
    (call) => call.kinds.some(says) && mayBeOfLink(call, login, app),
  );
}
