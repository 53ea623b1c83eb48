/** Returns a site (an origin) in short: the host, with the scheme only where it is not https. */
export function siteName(site: string): string {
  return site.replace(/^https:\/\//, '');
}
