import { browser } from 'wxt/browser';
import { KAKAO } from '../kakao/endpoints.ts';
import { originOf } from '../model/url.ts';

/** The match pattern of a site. Firefox accepts a pattern with a port but never matches it, so there it names the host. */
function pattern(site: string): string {
  if (!import.meta.env.FIREFOX) return `${site}/*`;
  const { protocol, hostname } = new URL(site);
  return `${protocol}//${hostname}/*`;
}

/** The sites that a person has granted by name, besides Kakao's hosts. A pattern for many sites names none. */
export async function grantedSites(): Promise<string[]> {
  const { origins = [] } = await browser.permissions.getAll();
  return origins.flatMap((granted) => {
    const site = KAKAO.includes(granted) ? null : originOf(granted);
    return site && !site.includes('*') ? [site] : [];
  });
}

/** Whether a site's calls can be seen: it is granted, and so are Kakao's hosts. False for what the browser cannot grant. Never rejects. */
export async function hasSiteAccess(site: string): Promise<boolean> {
  try {
    return await browser.permissions.contains({ origins: [pattern(site), ...KAKAO] });
  } catch {
    return false;
  }
}

/** Asks for what it takes to watch a site; must be called straight from a click. */
export function requestSiteAccess(site: string): Promise<boolean> {
  return browser.permissions.request({ origins: [pattern(site), ...KAKAO] });
}

/** Gives access to a site back. Resolves to whether it is gone: it stays where more sites are granted at once. */
export async function removeSiteAccess(site: string): Promise<boolean> {
  const origins = [pattern(site)];
  await browser.permissions.remove({ origins });
  return !(await browser.permissions.contains({ origins }));
}

/** Whether Kakao's own hosts are granted: Firefox lets people take them away. */
export function hasKakaoAccess(): Promise<boolean> {
  return browser.permissions.contains({ origins: KAKAO });
}

/** Asks for Kakao's own hosts; must be called straight from a click. */
export function requestKakaoAccess(): Promise<boolean> {
  return browser.permissions.request({ origins: KAKAO });
}

/** Calls back after access to any host was granted or taken away. */
export function onAccessChange(callback: () => void): void {
  browser.permissions.onAdded.addListener(callback);
  browser.permissions.onRemoved.addListener(callback);
}
