import { CUT_BY_MS } from '../kakao/policy.ts';
import { appOf, type App } from '../model/app.ts';
import { firstIndexNot } from '../model/first-index.ts';
import type { EvidenceKind, Login } from '../model/login.ts';
import type { AttributedObservation } from '../model/observation.ts';
import { completes, isSurelyFirst } from '../verdict/link.ts';
import type { LoginState } from '../verdict/login-state.ts';
import { evidenceKindsOf } from '../verdict/record-call.ts';
import { completionSlotOf } from '../verdict/verdict.ts';
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
    const elsewhere = byPlace(calls.filter((_, other) => other !== i).flat());
    if (elsewhere.size === 0) continue;
    for (const login of loginState.logins.values()) {
      if (login.kind === 'repeat') continue;
      const app = appOf(loginState, login.clientId);
      const completed = firstBeforeCut(
        login,
        app,
        elsewhere,
        (kind) => completes(kind, app) !== 'no',
      );
      if (completed !== Infinity) {
        const slot = completionSlotOf(app);
        const at = Math.min(completed, login.possibleCalls[slot] ?? Infinity);
        login.possibleCalls = { ...login.possibleCalls, [slot]: at };
      }
      const cut = firstBeforeCut(login, app, elsewhere, (kind) => kind === 'unlink');
      if (cut !== Infinity)
        login.openDoubts = [...login.openDoubts, { at: cut, doubt: 'cut-unsure' }];
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

/** Calls by site and by app, in order of their instants. */
function byPlace(calls: readonly CallElsewhere[]): Map<string, CallElsewhere[]> {
  const found = new Map<string, CallElsewhere[]>();
  for (const call of [...calls].sort((a, b) => a.at - b.at))
    for (const place of call.of) {
      const own = found.get(place);
      if (own) own.push(call);
      else found.set(place, [call]);
    }
  return found;
}

/**
 * When the first call for a login's site or app was made, of those that say something, before Kakao's job had its time, epoch
 * ms; Infinity where none was. One after the window explains why the link is still there.
 */
function firstBeforeCut(
  login: Login,
  app: App,
  calls: ReadonlyMap<string, readonly CallElsewhere[]>,
  says: (kind: EvidenceKind) => boolean,
): number {
  const { loggedInAt } = login;
  const first = Math.min(
    ...placesOf(login).map((place) => {
      const all = calls.get(place) ?? [];
      const later = all.slice(firstIndexNot(all, ({ at }) => at < loggedInAt));
      const isMeant = (call: CallElsewhere) =>
        call.kinds.some(says) && mayBeOfLink(call, login, app);
      return later.find(isMeant)?.at ?? Infinity;
    }),
  );
  return first - loggedInAt <= CUT_BY_MS ? first : Infinity;
}
