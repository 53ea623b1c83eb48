import type { Login } from '../../utils/model/login.ts';
import type { AttributedObservation } from '../../utils/model/observation.ts';
import { joinAnswers } from '../../utils/verdict/state/join-answers.ts';

/** A login of the inspected tab with what led to it and what came of it; null for requests of no login. */
export interface TabLogin {
  login: Login | null;
  /** In order of arrival. */
  entries: readonly AttributedObservation[];
}

/** What is no request of a page, and is not listed. */
const UNLISTED: ReadonlySet<string> = new Set(['watch', 'pause', 'start', 'app', 'silence']);

/**
 * Groups what was seen of a tab, its popups included, by login, the newest login first; requests of no login come last. An
 * observation without a login is a step of the login that its tab was on the way to.
 */
export function tabLogins(
  logins: ReadonlyMap<string, Login>,
  observations: readonly AttributedObservation[],
  tab: string,
): TabLogin[] {
  const isOfTab = (place: { tab: string | null; opener: string | null }) =>
    place.tab === tab || place.opener === tab;
  const inTab = [...logins.values()].filter(isOfTab);
  const ids = new Set(inTab.map((l) => l.id));
  const groups = new Map<Login | null, AttributedObservation[]>(inTab.map((l) => [l, []]));
  for (const o of joinAnswers(observations)) {
    if (UNLISTED.has(o.type)) continue;
    const id = o.loginId ?? o.id;
    if (!isOfTab(o) && !ids.has(id)) continue;
    const login = logins.get(id) ?? nextLogin(inTab, o);
    const group = groups.get(login);
    if (group) group.push(o);
    else groups.set(login, [o]);
  }
  return [...groups]
    .map(([login, entries]) => ({ login, entries }))
    .sort((a, b) => (b.login?.ordinal ?? -1) - (a.login?.ordinal ?? -1));
}

/** The login that a step led to: the first of the tab that ended after it, where it had begun by then. */
function nextLogin(inTab: readonly Login[], { at, type }: AttributedObservation): Login | null {
  if (type !== 'authorize' && type !== 'arrival' && type !== 'poll' && type !== 'frame')
    return null;
  const grace = type === 'arrival' ? ARRIVAL_MS : 0;
  return inTab.find((l) => at >= l.startedAt && at <= l.loggedInAt + grace) ?? null;
}

/** The redirect URI's page comes after the redirect that ended the login. */
const ARRIVAL_MS = 10_000;
