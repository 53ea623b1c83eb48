import { linkMode, UNKNOWN_APP, type App } from '../../utils/model/app.ts';
import { needsWord } from '../../utils/verdict/decide/needs-word.ts';
import type { SortedLogins } from './sort-into-sections.ts';

/** The apps of the listed logins: first of open ones, whose next call it decides, then of those that only wait for the answer. */
export const appsByNeed = ({ open, attention }: Pick<SortedLogins, 'open' | 'attention'>) =>
  [...open, ...attention.filter(needsWord), ...attention].map(({ login }) => login.clientId);

/** The app to ask about: the first listed one whose link mode neither a person nor a body has told; undefined for none. */
export function appToAsk(
  listed: readonly string[],
  apps: ReadonlyMap<string, App>,
): App | undefined {
  return [...listed.map((id) => apps.get(id)), ...apps.values()].find(
    (app) => app !== undefined && app.clientId !== UNKNOWN_APP && linkMode(app) === 'unknown',
  );
}
