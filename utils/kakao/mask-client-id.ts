/** Tells whether an app key was masked by a report already. */
export function isMasked(clientId: string): boolean {
  return clientId.includes('…');
}

/**
 * Returns an app key as others may see it: its first four and last two characters, of a short one the first two. A masked
 * key keeps its form.
 */
export function maskClientId(clientId: string): string {
  if (isMasked(clientId)) return clientId;
  return clientId.length < 9
    ? `${clientId.slice(0, 2)}…`
    : `${clientId.slice(0, 4)}…${clientId.slice(-2)}`;
}

/** Returns a masked app key without the number that a report adds where another key looks alike. */
export function withoutNumber(masked: string): string {
  return masked.replace(/~\d+$/, '');
}
