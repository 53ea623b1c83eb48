import type { Text } from '../shared/message-key.ts';
import { wordKey } from '../shared/message-key.ts';

export interface SiteFacts {
  /** Origin of the current tab, or null on a browser page. */
  site: string | null;
  watched: boolean;
  paused: boolean;
  kakaoAccess: boolean;
  /** Any login of the site is stored. */
  hasLogins: boolean;
}

/** Why nothing is shown for the current tab and what to do about it; null where something is shown. */
export function siteHint(facts: SiteFacts): Text | null {
  const { site, watched, paused, kakaoAccess, hasLogins } = facts;
  if (site === null) return [wordKey('hint', 'browser-page')];
  if (hasLogins && watched) return null;
  if (!kakaoAccess) return [wordKey('hint', 'no-kakao')];
  if (!watched) return [wordKey('hint', 'not-watched')];
  return [wordKey('hint', paused ? 'paused' : 'no-login')];
}
