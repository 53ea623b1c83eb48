import { maskClientId } from '../kakao/mask-client-id.ts';

/** Whether an app key is one that a report has masked already. */
export function isMasked(clientId: string): boolean {
  return clientId.includes('…');
}

/** Masks app keys for one report: the same key always alike, two keys never alike. A masked one stays as it is. */
export function createClientIdMask(): (clientId: string) => string {
  const masked = new Map<string, string>();
  const used = new Set<string>(['unknown']);
  return (clientId) => {
    if (clientId === 'unknown') return clientId;
    const known = masked.get(clientId);
    if (known) return known;
    const plain = isMasked(clientId) ? clientId : maskClientId(clientId);
    let name = plain;
    for (let n = 2; used.has(name); n++) name = `${plain}~${n}`;
    used.add(name);
    masked.set(clientId, name);
    return name;
  };
}
