import { codeInAddress, secretOf } from '../../recorded-secret.ts';
import type { HarEntry } from '../entry/har-entry.ts';
import type { HarHistory } from '../har-history.ts';
import { isOfNativeApp } from './fact-place.ts';
import { issuedTokens } from './har-tokens.ts';

/** A code in the answer to the SDK's poll, or in what a page hands to its server. */
const WRITTEN_CODE = /code["']?\s*[=:]\s*["']?([\w-]{16,400})/gi;

/** Notes the codes that came to a browser of the file. */
export function noteCodes(entry: HarEntry, { seenCodes }: HarHistory): void {
  const { endpoint, url, location, sentText, body, isToKakao } = entry;
  for (const address of [url, location]) {
    const code = codeInAddress(address);
    if (code) seenCodes.add(code);
  }
  const text = isToKakao ? (endpoint === 'code-poll' ? body : null) : sentText;
  for (const [, code] of text?.matchAll(WRITTEN_CODE) ?? []) if (code) seenCodes.add(code);
}

/**
 * Whether a back end's request is for a user whose browser the file does not show: it exchanges a code that came to none
 * of the file's browsers, or carries a token that was issued so.
 */
export function isForOthers(entry: HarEntry, history: HarHistory): boolean {
  if (exchangesOthersCode(entry, history)) return true;
  const carried = [entry.bearer, entry.form.get('refresh_token')].map(secretOf);
  return carried.some((token) => token && history.othersTokens.has(token));
}

/** Whether a back end exchanges a code that came to none of the file's browsers, where codes that did are known. */
function exchangesOthersCode({ endpoint, form }: HarEntry, { seenCodes }: HarHistory): boolean {
  const code = endpoint === 'token' ? secretOf(form.get('code')) : null;
  return code !== null && seenCodes.size > 0 && !seenCodes.has(code) && !isOfNativeApp(form);
}

/** Notes the tokens that are issued by a request for such a user, and whether the recorder left one out. */
export function noteOthersTokens(entry: HarEntry, history: HarHistory): void {
  const issued = entry.endpoint === 'token' ? issuedTokens(entry.body) : [];
  for (const token of issued) history.othersTokens.add(token);
  history.hasUnknownOthersToken ||=
    exchangesOthersCode(entry, history) && entry.status === 200 && !issued.some(secretOf);
}

/** Whether a back end's call may carry a token of others that the recorder left out. */
export function mayBeForOthers(entry: HarEntry, history: HarHistory): boolean {
  const bearer = secretOf(entry.bearer);
  return history.hasUnknownOthersToken && !(bearer && history.tokens.has(bearer));
}
