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
  const all = loginStates.flatMap(({ logins }, browser) =>
    [...logins.values()].map((login): RecordedLogin => ({ login, browser })),
  );
  const judged = all.filter(({ login }) => login.kind !== 'repeat');
  const appFor = ({ login, browser }: RecordedLogin) =>
    appOf(loginStates[browser] ?? { apps: new Map() }, login.clientId);
  const ended = new LoginsByPlace(all, (l) => l.loggedInAt);
  for (const one of judged) noteMadeElsewhere(one, appFor(one), ended);
  // Those that surely made a link of their own say nothing of others.
  const others = all.filter(({ login }) => !isSurelyFirst(login));
  const unseen = new LoginsByPlace(
    others.filter(({ login }) => unseenCallsSince(login) !== null),
    (l) => l.loggedInAt,
  );
  const told = new LoginsByPlace(
    others.filter(({ login }) => login.connectedAt !== null && login.consent === 'none'),
    (l) => l.connectedAt ?? 0,
  );
  for (const one of judged) noteUnseenElsewhere(one, appFor(one), unseen, told);
}

interface RecordedLogin {
  login: Login;
  /** Number of the browser that recorded it. */
  browser: number;
}

/** Logins by site and by app, in order of an instant. */
class LoginsByPlace {
  readonly #byPlace = new Map<string, RecordedLogin[]>();
  readonly #instantOf: (login: Login) => number;

  constructor(logins: readonly RecordedLogin[], instantOf: (login: Login) => number) {
    this.#instantOf = instantOf;
    for (const one of [...logins].sort((a, b) => instantOf(a.login) - instantOf(b.login)))
      for (const place of placesOf(one.login)) {
        const own = this.#byPlace.get(place);
        if (own) own.push(one);
        else this.#byPlace.set(place, [one]);
      }
  }

  /** The first for a login's site or app, from one instant to another (epoch ms), that satisfies a condition. */
  find(
    { login, browser }: RecordedLogin,
    [from, to]: readonly [number, number],
    matches: (other: Login) => boolean,
  ): Login | undefined {
    for (const place of placesOf(login)) {
      const all = this.#byPlace.get(place) ?? [];
      for (let i = firstIndexNot(all, (l) => this.#instantOf(l.login) < from); ; i += 1) {
        const other = all[i];
        if (!other || this.#instantOf(other.login) > to) break;
        if (other.browser !== browser && matches(other.login)) return other.login;
      }
    }
    return undefined;
  }
}

/**
 * A login in another browser may have made the link that this one is said to have made: where it ended while the consent screen
 * was shown here or, where only `connected_at` tells of a new link, about then.
 */
function noteMadeElsewhere(one: RecordedLogin, app: App, ended: LoginsByPlace): void {
  const { login } = one;
  if (!isSurelyFirst(login)) return;
  const { startedAt, loggedInAt, kindBecause } = login;
  const from = kindBecause === 'connected-now' ? loggedInAt - CONNECTED_TOLERANCE_MS : startedAt;
  if (ended.find(one, [from, loggedInAt], (other) => mayBeOfLink(other, login, app)))
    login.certainty = 'likely';
}

/**
 * A login in another browser whose calls nobody could see may have completed the link; so has something where one was told of a
 * link as old as this one's that Kakao's job would have cut.
 */
function noteUnseenElsewhere(
  one: RecordedLogin,
  app: App,
  unseen: LoginsByPlace,
  told: LoginsByPlace,
): void {
  const { login } = one;
  const { startedAt, loggedInAt } = login;
  const isPastJob = (other: Login) => other.loggedInAt - loggedInAt >= CUT_BY_MS;
  const madeThen = [
    startedAt - CONNECTED_TOLERANCE_MS,
    loggedInAt + CONNECTED_TOLERANCE_MS,
  ] as const;
  const survived = told.find(
    one,
    madeThen,
    (other) => isPastJob(other) && mayBeOfLink(other, login, app),
  );
  let at = survived ? loggedInAt : Infinity;
  unseen.find(one, [loggedInAt, loggedInAt + CUT_BY_MS], (other) => {
    if (mayBeOfLink(other, login, app)) at = Math.min(at, unseenCallsSince(other) ?? Infinity);
    // Calls of those that come after it are no earlier.
    return at <= other.loggedInAt;
  });
  if (at - loggedInAt <= CUT_BY_MS)
    login.openDoubts = [...login.openDoubts, { at, doubt: 'other-login-unseen' }];
}
