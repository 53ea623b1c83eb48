import { browser } from 'wxt/browser';

const KAKAO = ['https://kauth.kakao.com/*', 'https://kapi.kakao.com/*'];

/** What to ask for to see a site. Firefox takes a pattern with a port but never matches it, so there it is the host. */
function pattern(site: string): string {
  const { protocol, hostname } = new URL(site);
  return import.meta.env.FIREFOX ? `${protocol}//${hostname}/*` : `${site}/*`;
}

/** The origins a person has granted besides Kakao's, as match patterns. */
export async function grantedPatterns(): Promise<string[]> {
  const { origins = [] } = await browser.permissions.getAll();
  return origins.filter((o) => !KAKAO.includes(o));
}

/** Scheme, host (`*.` for itself and all below, `*` for any) and port of a grant for whole hosts; else null. */
const WHOLE_HOST = /^(\*|https?):\/\/(\*|(?:\*\.)?(?:\[[\da-f:.]+\]|[^/*:]+))(?::(\d+|\*))?\/\*?$/i;
const DEFAULT_PORTS: Record<string, string> = { 'http:': '80', 'https:': '443' };

/** Whether a match pattern of a grant covers a site. */
export function covers(grant: string, site: string): boolean {
  if (!URL.canParse(site)) return false;
  const { protocol, hostname, port } = new URL(site);
  if (protocol !== 'https:' && protocol !== 'http:') return false;
  if (grant === '<all_urls>') return true;
  const parts = WHOLE_HOST.exec(grant);
  if (!parts) return false;
  const [, scheme = '', host = '', ofPort = '*'] = parts;
  if (scheme !== '*' && `${scheme.toLowerCase()}:` !== protocol) return false;
  if (ofPort !== '*' && ofPort !== (port || DEFAULT_PORTS[protocol])) return false;
  const name = host.toLowerCase();
  if (name === '*') return true;
  const bare = name.replace(/^\*\./, '');
  return hostname === bare || (name !== bare && hostname.endsWith(`.${bare}`));
}

/** The site a grant names; null where it covers more than one. */
export function siteOfPattern(grant: string): string | null {
  const [, scheme, host, port] = WHOLE_HOST.exec(grant) ?? [];
  if (!scheme || !host || scheme === '*' || host.includes('*') || port === '*') return null;
  const url = `${scheme}://${host}${port ? `:${port}` : ''}`;
  return URL.canParse(url) ? new URL(url).origin : null;
}

/** Whether access to a site is granted. */
export function isGranted(site: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [pattern(site)] });
}

/** Asks for access to a site; must be called straight from a click. */
export function askAccess(site: string): Promise<boolean> {
  return browser.permissions.request({ origins: [pattern(site)] });
}

/** Gives access to a site back. */
export function giveBack(site: string): Promise<boolean> {
  return browser.permissions.remove({ origins: [pattern(site)] });
}

/** Whether Kakao's own hosts are granted: Firefox lets people take them away. */
export function hasKakaoAccess(): Promise<boolean> {
  return browser.permissions.contains({ origins: KAKAO });
}

/** Asks for Kakao's own hosts; must be called straight from a click. */
export function askKakaoAccess(): Promise<boolean> {
  return browser.permissions.request({ origins: KAKAO });
}

/** Calls back after access to any host came or went. */
export function onAccessChange(callback: () => void): void {
  browser.permissions.onAdded.addListener(callback);
  browser.permissions.onRemoved.addListener(callback);
}
