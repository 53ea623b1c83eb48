import { maskClientId } from '../kakao/mask-client-id.ts';

/** Tells whether an app key was masked by a report already. */
export function isMasked(clientId: string): boolean {
  return clientId.includes('…');
}

/**
 * Creates the mask of one report. It masks the same key always alike and no two keys alike: keys with the same masked
 * form are numbered. A masked key keeps its form.
 */
export function createClientIdMask(): (clientId: string) => string {
  const maskedByKey = new Map<string, string>();
  const used = new Set<string>(['unknown']);
  return (clientId) => {
    if (clientId === 'unknown') return clientId;
    const known = maskedByKey.get(clientId);
    if (known) return known;
    const form = isMasked(clientId) ? clientId : maskClientId(clientId);
    let masked = form;
    for (let n = 2; used.has(masked); n++) masked = `${form}~${n}`;
    used.add(masked);
    maskedByKey.set(clientId, masked);
    return masked;
  };
}
