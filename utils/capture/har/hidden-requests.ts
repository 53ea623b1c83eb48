import { isKakaoAddress, isKakaoHost } from '../../kakao/endpoints.ts';
import { objectOf, textOf } from '../../model/json.ts';
import { parseUrl, registeredDomain } from '../../model/url.ts';
import type { StartedEntry } from './har-entry.ts';

/**
 * Makes a function that says whether a file hides what was sent to the server of a site, or of a native app (null): it shows
 * Kakao's requests alone, as a filter leaves them, or a proxy saw no more than that a host was spoken to.
 */
export function createHiding(inOrder: readonly StartedEntry[]): (site: string | null) => boolean {
  const shown = new Set<string>();
  const tunnels = new Set<string>();
  for (const { entry } of inOrder) {
    const { method, url: text } = objectOf(objectOf(entry)['request']);
    const address = textOf(text) ?? '';
    const host = isKakaoAddress(address) ? null : parseUrl(address)?.hostname;
    if (host && !isKakaoHost(host)) (method === 'CONNECT' ? tunnels : shown).add(host);
  }
  const hidden = [...tunnels].filter((host) => !shown.has(host));
  return (site) => {
    if (shown.size === 0) return true;
    const domain = site === null ? null : registeredDomain(site);
    return hidden.some((host) => domain === null || registeredDomain(`https://${host}`) === domain);
  };
}
