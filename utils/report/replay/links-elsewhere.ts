import { linkMode, UNKNOWN_APP, type App } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import type { AuthorizeFact, Observation } from '../../model/observation.ts';
import { MINUTE_MS, SECOND_MS } from '../../model/time.ts';
import { originOf, registeredDomain } from '../../model/url.ts';
import { CLOCK_ERROR_MS } from '../../verdict/state/time-limits.ts';

/** How far apart, at most, the clocks of two machines are taken to be. */
export const CLOCKS_APART_MS = 2 * MINUTE_MS;

/** How far apart, at most, two files tell one instant of Kakao's clock that each set right by its own answers. */
const SET_RIGHT_WITHIN_MS = 10 * SECOND_MS;

/** The name by which logins of an app are found; null where the app is not known. */
export const appPlace = ({ clientId }: Pick<AuthorizeFact, 'clientId'>) =>
  clientId === null || clientId === UNKNOWN_APP ? null : `app ${clientId}`;

/** The name by which is found what belongs to an origin: that of its domain, since an app may have a key for each host. */
export const domainPlace = (origin: string) => `domain ${registeredDomain(origin)}`;

/** What finds a login, or its request, among those of other browsers: the domains of its site and redirect URI, and its app. */
export function placesOf(
  login: Pick<Observation<AuthorizeFact>, 'site' | 'redirectUri' | 'clientId'>,
): string[] {
  const origins = [login.site, originOf(login.redirectUri)];
  const domains = origins.map((origin) => origin && domainPlace(origin));
  const places = [...domains, appPlace(login)];
  return [...new Set(places)].flatMap((place) => place ?? []);
}

/** A link is made so many seconds before or after the end of its login, at most, as Kakao's clock and the browser's tell. */
const MADE_WITHIN_S = 3;

/** The name by which a link is found that was made at an instant (epoch ms), whatever site or key it was told to. */
export const madePlace = (connectedAt: number) => `made ${Math.floor(connectedAt / SECOND_MS)}`;

/** The names by which what is told elsewhere of a login's link is found: each second in which it may have been made. */
export function madePlacesOf({ connectedAt, loggedInAt }: Login): string[] {
  const madeAt = connectedAt ?? loggedInAt;
  const seconds = Array.from({ length: 2 * MADE_WITHIN_S + 1 }, (_, i) => i - MADE_WITHIN_S);
  return seconds.map((s) => madePlace(madeAt + s * SECOND_MS));
}

/**
 * Whether what Kakao told elsewhere of a link's beginning allows that the link is a login's. User ids cannot tell: they are
 * no more than names within one recording.
 */
export function mayBeOfLink(
  { connectedAt: linkMadeAt }: Pick<Login, 'connectedAt'>,
  { connectedAt, startedAt, loggedInAt }: Login,
  app: App,
): boolean {
  // Under manual link, the sign-up moves `connected_at`: docs/kakao-rules.md#connected-at.
  if (linkMadeAt === null || linkMode(app) === 'manual') return true;
  if (connectedAt !== null) {
    // Kakao tells whole seconds: an instant with milliseconds was set right by a file whose clock was off.
    const isSetRight = [linkMadeAt, connectedAt].some((at) => at % SECOND_MS !== 0);
    return Math.abs(linkMadeAt - connectedAt) <= (isSetRight ? SET_RIGHT_WITHIN_MS : 0);
  }
  const isTooEarly = linkMadeAt < startedAt - CLOCK_ERROR_MS;
  return !isTooEarly && linkMadeAt <= loggedInAt + CLOCK_ERROR_MS;
}
