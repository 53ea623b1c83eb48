import { CUT_BY_MS } from '../kakao/policy.ts';
import { appOf, type App } from '../model/app.ts';
import { firstIndexNot } from '../model/first-index.ts';
import type { Login } from '../model/login.ts';
import { CONNECTED_TOLERANCE_MS } from '../verdict/classify-login.ts';
import { unseenCallsSince } from '../verdict/deadline.ts';
import { isSurelyFirst } from '../verdict/link.ts';
import type { LoginState } from '../verdict/login-state.ts';
import { mayBeOfLink, placesOf } from './links-elsewhere.ts';

/**
 * Notes on the logins of each browser what logins in the others say of their links: a link is the account's and the app's, and
 * user ids are no more than names within one recording, so that any of the site or the app may be of the same account.
 */
export function noteLoginsElsewhere(loginStates: readonly LoginState[]): void {
  const all = loginStates.map(({ logins }) => [...logins.values()]);
  const forEachLogin = (note: (login: Login, app: App, others: LoginsByPlace) => void) => {
    for (const [i, logins] of all.entries()) {
      const others = new LoginsByPlace(all.filter((_, other) => other !== i).flat());
      for (const login of logins) {
        const app = loginStates[i] && appOf(loginStates[i], login.clientId);
        if (app && login.kind !== 'repeat') note(login, app, others);
      }
    }
  };
  forEachLogin(noteMadeElsewhere);
  forEachLogin(noteUnseenElsewhere);
}

/** Logins by site and by app, in order of their instants. */
class LoginsByPlace {
  readonly #byPlace = new Map<string, Login[]>();

  constructor(logins: readonly Login[]) {
    for (const login of [...logins].sort((a, b) => a.loggedInAt - b.loggedInAt))
      for (const place of placesOf(login)) {
        const own = this.#byPlace.get(place);
        if (own) own.push(login);
        else this.#byPlace.set(place, [login]);
      }
  }

  /** Those of a login's site or app that ended between two instants (epoch ms). */
  between(login: Login, from: number, to: number): Login[] {
    return placesOf(login).flatMap((place) => {
      const all = this.#byPlace.get(place) ?? [];
      const first = firstIndexNot(all, (l) => l.loggedInAt < from);
      return all.slice(
        first,
        firstIndexNot(all, (l) => l.loggedInAt <= to),
      );
    });
  }
}

/**
 * A login in another browser may have made the link that this one is said to have made: where it ended while the consent screen
 * was shown here or, where only `connected_at` tells of a new link, about then.
 */
function noteMadeElsewhere(login: Login, app: App, others: LoginsByPlace): void {
  if (!isSurelyFirst(login)) return;
  const { startedAt, loggedInAt, kindBecause } = login;
  const from = kindBecause === 'connected-now' ? loggedInAt - CONNECTED_TOLERANCE_MS : startedAt;
  const meanwhile = others.between(login, from, loggedInAt);
  if (meanwhile.some((other) => mayBeOfLink(other, login, app))) login.certainty = 'likely';
}

/** The calls of a login in another browser that nobody could see may have completed the link. */
function noteUnseenElsewhere(login: Login, app: App, others: LoginsByPlace): void {
  const { loggedInAt } = login;
  const since = others
    .between(login, loggedInAt, Infinity)
    .filter((other) => !isSurelyFirst(other) && mayBeOfLink(other, login, app))
    .map((other) => (showsSurvival(other, login) ? loggedInAt : unseenCallsSince(other)));
  const at = since.reduce<number>((least, one) => Math.min(least, one ?? Infinity), Infinity);
  if (at - loggedInAt <= CUT_BY_MS)
    login.openDoubts = [...login.openDoubts, { at, doubt: 'other-login-unseen' }];
}

/** Whether a later login was told of a link as old as this login's, which Kakao's job would have cut: something completed it. */
function showsSurvival({ connectedAt, consent, loggedInAt }: Login, earlier: Login): boolean {
  const isPastJob = loggedInAt - earlier.loggedInAt >= CUT_BY_MS;
  return connectedAt !== null && consent === 'none' && isPastJob;
}
