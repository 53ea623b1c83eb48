import { linkMode, UNKNOWN_APP, type App } from '../../utils/model/app.ts';

/** The app to ask about: the first listed one whose link mode neither a person nor a body has told; undefined for none. */
export function appToAsk(
  listed: readonly string[],
  apps: ReadonlyMap<string, App>,
): App | undefined {
  return [...listed.map((id) => apps.get(id)), ...apps.values()].find(
    (app) => app !== undefined && app.clientId !== UNKNOWN_APP && linkMode(app) === 'unknown',
  );
}
