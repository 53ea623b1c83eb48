import { isKakaoAddress, isKakaoHost, KAPI } from '../../../kakao/endpoints.ts';
import { objectOf, textOf } from '../../../model/json.ts';
import { hostnameOf, registeredDomain } from '../../../model/url.ts';
import type { StartedEntry } from '../entry/read-entry.ts';

/**
 * Makes a function that says whether a file hides what was sent to the server of a site, or of nobody knows which (null), or to
 * Kakao's API: a filter left Kakao's requests alone, or those with Kakao's name, or a proxy saw no more than that a host was
 * spoken to.
 */
export function createHiding(inOrder: readonly StartedEntry[]): (site: string | null) => boolean {
  const shown = new Set<string>();
  const tunnels = new Set<string>();
  let showsApi = false;
  let hasApiTunnel = false;
  for (const { entry } of inOrder) {
    const { method, url } = objectOf(objectOf(entry)['request']);
    const address = textOf(url) ?? '';
    const host = siteHostOf(address);
    const tunnelTo = method === 'CONNECT' ? hostnameOf(address) : null;
    if (tunnelTo === KAPI) hasApiTunnel = true;
    else showsApi ||= address.startsWith(API);
    if (host === null) continue;
    if (tunnelTo !== null) tunnels.add(host);
    // A filter by Kakao's name leaves of a site what has that name in its path, as redirect URIs do, and no other page or script.
    else if (!mayPassFilter(address, host)) shown.add(host);
  }
  const hosts = [...tunnels].filter((host) => !shown.has(host));
  const hidden = new Set(hosts.map((host) => registeredDomain(`https://${host}`)));
  return (site) => {
    if (shown.size === 0 || (hasApiTunnel && !showsApi)) return true;
    return hidden.size > 0 && (site === null || hidden.has(registeredDomain(site)));
  };
}

/** The beginning of an address of Kakao's API. */
const API = `https://${KAPI}/`;

/** Whether an address is of the host that Kakao's SDK comes from. */
function isOfSdk(address: string): boolean {
  return /^https?:\/\/[\w.-]+\.(?:kakaocdn|daumcdn)\.net\//.test(address);
}

/** Whether an address shows a site that no filter by Kakao's name would have let through. */
export function isUnfiltered(address: string): boolean {
  const host = siteHostOf(address);
  return host !== null && !mayPassFilter(address, host);
}

/** The host of a site that an address is of; null where it is none, or Kakao's. */
function siteHostOf(address: string): string | null {
  if (isKakaoAddress(address) || isOfSdk(address)) return null;
  const host = hostnameOf(address);
  return host && !isKakaoHost(host) ? host : null;
}

/** Whether a filter by Kakao's name lets an address through though its host has not that name. */
const mayPassFilter = (address: string, host: string) =>
  /kakao/i.test(address) && !/kakao/i.test(host);
