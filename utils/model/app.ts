import type { LinkMode } from './observation.ts';

/** What is known of a Kakao application. */
export interface App {
  clientId: string;
  inferredLinkMode: LinkMode;
  inferredBecause:
    | 'has_signed_up'
    | 'signup-200'
    | 'no-has_signed_up'
    | 'signup-refused'
    | 'contradiction'
    | 'no-evidence';
  inferredAt: number | null;
  /** Set by the tester; wins unless `unknown`. */
  linkModeOverride: LinkMode;
  fixedUserId: 'on' | 'off' | 'unknown';
  /** Kakao's number of the app, as the first unlink callback of its accounts named it; absent without any. */
  appId?: string;
  /** Rehearsal window in ms, null for Kakao's own. */
  windowMs: number | null;
  /** Rules of guidance the tester does not want to hear of; absent where there are none. */
  silenced?: string[];
}

/** The `clientId` of a login whose own was not seen: such logins need not be of one app. */
export const UNKNOWN_APP = 'unknown';

/** An app of which nothing is known yet. */
export function newApp(clientId: string): App {
  return {
    clientId,
    inferredLinkMode: 'unknown',
    inferredBecause: 'no-evidence',
    inferredAt: null,
    linkModeOverride: 'unknown',
    fixedUserId: 'unknown',
    windowMs: null,
  };
}

/** Whether the tester has set nothing for an app. */
export function isUntouched(app: App): boolean {
  const isInferred = app.linkModeOverride === 'unknown' && app.fixedUserId === 'unknown';
  return isInferred && app.windowMs === null && !app.silenced?.length;
}

/** An app as far as it is known. */
export function appOf({ apps }: { apps: ReadonlyMap<string, App> }, clientId: string): App {
  return apps.get(clientId) ?? newApp(clientId);
}

/** The link mode that holds: the tester's, else the inferred one. */
export function linkMode(app: App): LinkMode {
  return app.linkModeOverride === 'unknown' ? app.inferredLinkMode : app.linkModeOverride;
}
