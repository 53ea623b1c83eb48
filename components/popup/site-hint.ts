import type { Message } from '../../utils/i18n/message.ts';
import { messageKey } from '../../utils/i18n/message.ts';

/** What decides whether anything can be shown for the current tab. */
export interface SiteFacts {
  /** Origin of the current tab, or null on a browser page. */
  site: string | null;
  watched: boolean;
  paused: boolean;
  kakaoAccess: boolean;
  /** Shown in the side panel, which is not told the address of a tab whose site is not watched. */
  inPanel: boolean;
  /** Any login of the site is stored. */
  hasLogins: boolean;
}

/** Says why nothing is shown for the current tab and what to do about it; null where something is shown. */
export function siteHint(facts: SiteFacts): Message | null {
  const { site, watched, paused, kakaoAccess, inPanel, hasLogins } = facts;
  if (site === null) return [messageKey('hint', inPanel ? 'no-address' : 'browser-page')];
  if (hasLogins && watched) return null;
  if (!kakaoAccess) return [messageKey('hint', 'no-kakao')];
  if (!watched) return [messageKey('hint', 'not-watched')];
  return [messageKey('hint', paused ? 'paused' : 'no-login')];
}
