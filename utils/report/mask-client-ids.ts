import { maskClientId } from '../kakao/mask-client-id.ts';
import { UNKNOWN_APP } from '../model/app.ts';

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
  const used = new Set<string>([UNKNOWN_APP]);
  return (clientId) => {
    if (clientId === UNKNOWN_APP) return clientId;
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

/** App keys as Kakao gives them. A `client_id` that is not one may be a word of the report. */
const APP_KEY = /^[0-9a-f]{32}$/i;

/** Replaces app keys in every string of a value, its keys' names aside, by what the mask makes of them. */
export function maskInTexts<T>(value: T, keys: Iterable<string>, mask: (key: string) => string): T {
  const known = [...new Set(keys)].filter((key) => APP_KEY.test(key));
  if (known.length === 0) return value;
  const masked = new Map(known.map((key) => [key.toLowerCase(), mask(key)]));
  const pattern = new RegExp(known.join('|'), 'gi');
  const text = JSON.stringify(value);
  return JSON.parse(text.replace(pattern, (key) => masked.get(key.toLowerCase()) ?? '…')) as T;
}
