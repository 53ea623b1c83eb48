import { isKakaoAddress, isKakaoHost } from '../../kakao/endpoints.ts';
import { objectOf, textOf } from '../../model/json.ts';
import { parseUrl, registeredDomain } from '../../model/url.ts';
import type { StartedEntry } from './har-entry.ts';

/**
 * Makes a function that says whether a file hides what was sent to the server of a site, or of a native app (null): it shows
 * Kakao's requests alone, or those with Kakao's name, as filters leave them, or a proxy saw no more than that a host was
 * spoken to.
 */
export function createHiding(inOrder: readonly StartedEntry[]): (site: string | null) => boolean {
  const hosts = new Set<string>();
  const unfiltered = new Set<string>();
  const tunnels = new Set<string>();
  let showsSdk = false;
  for (const { entry } of inOrder) {
    const { method, url } = objectOf(objectOf(entry)['request']);
    const address = textOf(url) ?? '';
    showsSdk ||= isOfSdk(address);
    const host = isKakaos(address) ? null : parseUrl(address)?.hostname;
    if (!host || isKakaoHost(host)) continue;
    if (method === 'CONNECT') tunnels.add(host);
    else (mayPassFilter(address, host) ? hosts : unfiltered).add(host);
  }
  // Who recorded the SDK's script and no other one filtered by Kakao's name, which a redirect URI may have in its path.
  const shown = showsSdk ? unfiltered : new Set([...unfiltered, ...hosts]);
  const hidden = [...tunnels].filter((host) => !shown.has(host));
  return (site) => {
    if (shown.size === 0) return true;
    const domain = site === null ? null : registeredDomain(site);
    return hidden.some((host) => domain === null || registeredDomain(`https://${host}`) === domain);
  };
}

/** Whether an address is of the host that Kakao's SDK comes from. */
export function isOfSdk(address: string): boolean {
  return /^https?:\/\/[\w.-]+\.(?:kakaocdn|daumcdn)\.net\//.test(address);
}

/** Whether an address shows a site that no filter by Kakao's name would have let through. */
export function isUnfiltered(address: string): boolean {
  const host = isKakaos(address) ? null : parseUrl(address)?.hostname;
  return !!host && !isKakaoHost(host) && !mayPassFilter(address, host);
}

const isKakaos = (address: string) => isKakaoAddress(address) || isOfSdk(address);

const mayPassFilter = (address: string, host: string) =>
  /kakao/i.test(address) && !/kakao/i.test(host);
