/** An app key as it may be looked at over a shoulder: its first four and last two characters. */
export function maskKey(clientId: string): string {
  return clientId.length < 9
    ? `${clientId.slice(0, 2)}…`
    : `${clientId.slice(0, 4)}…${clientId.slice(-2)}`;
}

/** A site in short: the host, with the scheme only where it is not https. */
export function siteName(site: string): string {
  return site.replace(/^https:\/\//, '');
}
