/** An app key as it may be shown to others: its first four and last two characters. */
export function maskClientId(clientId: string): string {
  return clientId.length < 9
    ? `${clientId.slice(0, 2)}…`
    : `${clientId.slice(0, 4)}…${clientId.slice(-2)}`;
}
