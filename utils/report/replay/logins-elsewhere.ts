import { CUT_BY_MS } from '../../kakao/policy.ts';
import { appOf, type App } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import { isSurelyFirst } from '../../verdict/derive/link.ts';
import type { LoginState } from '../../verdict/state/login-state.ts';
import { CLOCK_ERROR_MS, CONNECTED_TOLERANCE_MS } from '../../verdict/state/time-limits.ts';
import { unseenCallsSince } from '../../verdict/state/token-issue.ts';
import { ByPlace } from './by-place.ts';
import { CLOCKS_APART_MS, mayBeOfLink, placesOf } from './links-elsewhere.ts';
import type { OtherRecording } from './twin-logins.ts';

/**
 * Notes on the logins of each browser what logins in the others say of their links: a link is the account's and the app's, and
 * user ids are no more than names within one recording, so that any of the domain or the app may be of the same account. Logins
 * that a browser recorded as well (`recordedTwice`, see `twin-logins.ts`) tell it nothing but when their links were made.
 */
export function noteLoginsElsewhere(
  loginStates: readonly LoginState[],
  recordedTwice: ReadonlyMap<string, OtherRecording>,
): void {
  const all = loginStates.flatMap(({ logins }, browser) =>
    [...logins.values()].map((login): LoginOfBrowser => ({ login, browser })),
  );
  const judged = all.filter(({ login }) => login.kind !== 'repeat');
  const appFor = ({ login, browser }: LoginOfBrowser) =>
    appOf(loginStates[browser] ?? { apps: new Map() }, login.clientId);
  const byPlace = (logins: readonly LoginOfBrowser[], instantOf: (login: Login) => number) =>
    new ByPlace(
      logins,
      ({ login }) => placesOf(login),
      ({ login }) => instantOf(login),
    );
  const isUnknownTo =
    ({ browser }: LoginOfBrowser) =>
    ({ id }: Login) =>
      recordedTwice.get(id)?.recording !== browser;
  const ended = byPlace(all, (l) => l.loggedInAt);
  for (const one of judged) noteMadeElsewhere(one, appFor(one), ended, isUnknownTo(one));
  const mayHaveMade = byPlace(judged, (l) => l.loggedInAt);
  for (const one of judged) {
    const found = loginStates[one.browser]?.logins.get(one.login.linkSurvived?.by ?? '');
    noteMadeAnewElsewhere(one, appFor(one), found, mayHaveMade, isUnknownTo(one));
  }
  // Those that surely made a link of their own say nothing of others.
  const others = all.filter(({ login }) => !isSurelyFirst(login));
  const unseen = byPlace(
    others.filter(({ login }) => unseenCallsSince(login) !== null),
    sinceUnseen,
  );
  const foundLink = byPlace(
    others.filter(({ login }) => login.connectedAt !== null && login.consent === 'none'),
    (l) => l.connectedAt ?? 0,
  );
  for (const one of judged)
    noteUnseenElsewhere(one, appFor(one), { unseen, foundLink, isUnknown: isUnknownTo(one) });
}

interface LoginOfBrowser {
  login: Login;
  /** Number of the browser that recorded it. */
  browser: number;
}

/** What the logins in other browsers say of links. */
interface Elsewhere {
  /** Those whose calls nobody could see, by when that began. */
  unseen: ByPlace<LoginOfBrowser>;
  /** Those that found a link, by when it was made. */
  foundLink: ByPlace<LoginOfBrowser>;
  /** Whether the browser at hand did not record a login itself. */
  isUnknown: (other: Login) => boolean;
}

/** Since when calls of a login may have gone unseen, epoch ms; Infinity where they could be seen. */
const sinceUnseen = (login: Login) => unseenCallsSince(login) ?? Infinity;

/** The earliest in another browser, in a span of time, that satisfies a condition and may be of the login's link. */
function findElsewhere(
  { login, browser }: LoginOfBrowser,
  app: App,
  among: ByPlace<LoginOfBrowser>,
  span: readonly [number, number],
  matches: (other: Login) => boolean = () => true,
): Login | undefined {
  return among.findEarliest(
    placesOf(login),
    span,
    (other) =>
      other.browser !== browser && matches(other.login) && mayBeOfLink(other.login, login, app),
  )?.login;
}

/**
 * A login in another browser may have made the link that this one is said to have made: where it ended while the consent screen
 * was shown here or, where only `connected_at` tells of a new link, about then.
 */
function noteMadeElsewhere(
  one: LoginOfBrowser,
  app: App,
  ended: ByPlace<LoginOfBrowser>,
  isUnknown: (other: Login) => boolean,
): void {
  const { login } = one;
  if (!isSurelyFirst(login)) return;
  const { startedAt, loggedInAt, kindBecause } = login;
  const from = kindBecause === 'connected-now' ? loggedInAt - CONNECTED_TOLERANCE_MS : startedAt;
  if (findElsewhere(one, app, ended, [from, loggedInAt], isUnknown)) login.certainty = 'likely';
}

/** The link that a later login `found` may be one that a login in another browser made meanwhile, after this one's was cut. */
function noteMadeAnewElsewhere(
  one: LoginOfBrowser,
  app: App,
  found: Login | undefined,
  mayHaveMade: ByPlace<LoginOfBrowser>,
  isUnknown: (other: Login) => boolean,
): void {
  const { login, browser } = one;
  const { linkSurvived, loggedInAt } = login;
  if (!linkSurvived || linkSurvived.likely || !found) return;
  const maker = mayHaveMade.findEarliest(
    placesOf(login),
    [loggedInAt, linkSurvived.at],
    (other) =>
      other.browser !== browser && isUnknown(other.login) && mayBeOfLink(found, other.login, app),
  );
  if (maker) login.linkSurvived = { ...linkSurvived, likely: true };
}

/**
 * A login in another browser whose calls nobody could see may have completed the link; so has something where one was told of a
 * link as old as this one's that Kakao's job would have cut.
 */
function noteUnseenElsewhere(
  one: LoginOfBrowser,
  app: App,
  { unseen, foundLink, isUnknown }: Elsewhere,
): void {
  const { login } = one;
  const { startedAt, loggedInAt } = login;
  const madeThen = [startedAt - CLOCK_ERROR_MS, loggedInAt + CLOCK_ERROR_MS] as const;
  const isPastJob = (other: Login) => other.loggedInAt - loggedInAt >= CUT_BY_MS;
  const from = loggedInAt - CLOCKS_APART_MS;
  const isLater = (other: Login) => other.loggedInAt >= from && isUnknown(other);
  const window = [from, loggedInAt + CUT_BY_MS] as const;
  const survived = findElsewhere(one, app, foundLink, madeThen, isPastJob);
  const later = survived ? undefined : findElsewhere(one, app, unseen, window, isLater);
  if (!survived && !later) return;
  const at = later ? sinceUnseen(later) : loggedInAt;
  login.openDoubts = [...login.openDoubts, { at, doubt: 'other-login-unseen' }];
}
