import { isAppKey } from '../kakao/app-key.ts';
import { maskClientId } from '../kakao/mask-client-id.ts';
import { UNKNOWN_APP } from '../model/app.ts';
import type { Observation } from '../model/observation.ts';

/**
 * Creates the mask of one report. It masks the same key always alike and no two keys alike: keys with the same masked
 * form are numbered. A masked key keeps its form.
 */
export function createClientIdMask(): (clientId: string) => string {
  const maskedByKey = new Map<string, string>();
  const used = new Set<string>([UNKNOWN_APP]);
  return (clientId) => {
    if (clientId === UNKNOWN_APP) return clientId;
    const known = maskedByKey.get(clientId);
    if (known) return known;
    const form = maskClientId(clientId);
    let masked = form;
    for (let n = 2; used.has(masked); n++) masked = `${form}~${n}`;
    used.add(masked);
    maskedByKey.set(clientId, masked);
    return masked;
  };
}

/** Every app key that observations name. */
export function clientIdsIn(observations: readonly Observation[]): Set<string> {
  const seen = new Set<string>();
  for (const o of observations) if ('clientId' in o && o.clientId) seen.add(o.clientId);
  return seen;
}

/**
 * Replaces app keys in a text by what the mask makes of them; null where none of them looks like one. A `client_id` that does not
 * may be a word of the report.
 */
export function createTextMask(
  keys: Iterable<string>,
  mask: (key: string) => string,
): ((text: string) => string) | null {
  const known = [...new Set(keys)].filter(isAppKey);
  if (known.length === 0) return null;
  const masked = new Map(known.map((key) => [key.toLowerCase(), mask(key)]));
  const pattern = new RegExp(known.join('|'), 'gi');
  return (text) => text.replace(pattern, (key) => masked.get(key.toLowerCase()) ?? '…');
}

/** Replaces app keys in every string of a value, its keys' names aside, by what the mask makes of them. */
export function maskInTexts<T>(value: T, keys: Iterable<string>, mask: (key: string) => string): T {
  const maskText = createTextMask(keys, mask);
  return maskText ? (JSON.parse(maskText(JSON.stringify(value))) as T) : value;
}
