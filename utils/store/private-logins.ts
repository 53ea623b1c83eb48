import { appOf, type App } from '../model/app.ts';
import type { Login } from '../model/login.ts';
import type { PrivateLogins } from '../model/private-logins.ts';
import { deadlineOf } from '../verdict/decide/deadline.ts';
import { loginStatus } from '../verdict/decide/verdict.ts';
import type { PopupReading } from './popup-data.ts';

/**
 * Adds the logins of private windows to what the popup reads at an instant (epoch ms) for a site. What is known of an app
 * outside of them comes first.
 */
export function withPrivateLogins(
  reading: PopupReading,
  { logins, apps: ownApps }: PrivateLogins,
  now: number,
  site: string | null,
): PopupReading {
  const { data } = reading;
  const apps = new Map([...ownApps.map((app) => [app.clientId, app] as const), ...data.apps]);
  const deadline = (login: Login) => deadlineOf(login, appOf({ apps }, login.clientId));
  const of = (list: List) => logins.filter((login) => popupListOf(login, apps, now) === list);
  const [open, attention, done] = [of('open'), of('attention'), of('done')];
  return {
    data: {
      ...data,
      apps,
      open: [...data.open, ...open].sort((a, b) => deadline(a) - deadline(b)),
      attention: [...data.attention, ...attention].sort((a, b) => deadline(b) - deadline(a)),
      site: { ...data.site, hasLogins: data.site.hasLogins || logins.some((l) => l.site === site) },
    },
    rest: reading.rest.then(({ unanswered, counts }) => ({
      unanswered,
      counts: {
        open: counts.open + open.length,
        attention: counts.attention + attention.length,
        done: counts.done + done.length,
      },
    })),
  };
}

/** Adds the complete, unlinked and repeat logins of private windows to those stored, newest first. */
export function withPrivateDone(
  stored: readonly Login[],
  { logins, apps }: PrivateLogins,
  now: number,
): Login[] {
  const known = new Map(apps.map((app) => [app.clientId, app]));
  const done = logins.filter((login) => popupListOf(login, known, now) === 'done');
  return [...stored, ...done].sort((a, b) => b.loggedInAt - a.loggedInAt);
}

type List = 'open' | 'attention' | 'done';

/** The popup's list that a login belongs to at an instant. */
function popupListOf(login: Login, apps: ReadonlyMap<string, App>, now: number): List {
  const app = appOf({ apps }, login.clientId);
  const status = loginStatus(login, app);
  if (status === 'late') return 'attention';
  if (status !== 'open') return 'done';
  return deadlineOf(login, app) < now ? 'attention' : 'open';
}
