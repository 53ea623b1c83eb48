import type { PopupPorts } from './popup-ports.ts';

/** The current tab's site, and what the browser lets us see of it and of Kakao's own hosts. */
export interface TabAccess {
  /** Origin of the current tab, or null on a browser page. */
  site: string | null;
  /** Whether access to the site is granted. */
  watched: boolean;
  kakaoAccess: boolean;
}

/** Asks the browser for its grants; never rejects. */
export async function readTabAccess(ports: PopupPorts, site: string | null): Promise<TabAccess> {
  const [watched, kakaoAccess] = await Promise.all([
    site === null ? false : ports.isWatched(site).catch(() => false),
    // Without an answer access is assumed: the banner would ask people for a grant they have given.
    ports.hasKakaoAccess().catch(() => true),
  ]);
  return { site, watched, kakaoAccess };
}
