import { maskClientId } from '../kakao/mask-client-id.ts';

/** Masks app keys for one report: the same key always alike, two keys never alike. */
export function createMask(): (clientId: string) => string {
  const masked = new Map<string, string>();
  const used = new Set<string>(['unknown']);
  return (clientId) => {
    if (clientId === 'unknown') return clientId;
    const known = masked.get(clientId);
    if (known) return known;
    const plain = maskClientId(clientId);
    let name = plain;
    for (let n = 2; used.has(name); n++) name = `${plain}~${n}`;
    used.add(name);
    masked.set(clientId, name);
    return name;
  };
}
