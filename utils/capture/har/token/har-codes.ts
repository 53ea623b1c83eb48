import type { Fact } from '../../../model/observation.ts';
import { codeInAddress, secretOf } from '../../recorded-secret.ts';
import { fieldsOf, type HarEntry } from '../entry/har-entry.ts';
import type { FactPlace, HarHistory } from '../har-history.ts';

/** Notes where Kakao sent the code of a login to. */
export function noteCodePlace(
  entry: HarEntry,
  fact: Fact,
  place: FactPlace,
  { codes }: HarHistory,
): void {
  if (fact.type !== 'authorize') return;
  const code = codeInAddress(entry.location);
  if (code) codes.set(code, place);
}

/**
 * Notes when the code of a login came, at the instant of its fact (epoch ms). Kakao gives no code twice: what it sends to
 * two logins is what the recorder put in the place of codes.
 */
export function noteCodeTime(
  entry: HarEntry,
  fact: Fact,
  at: number,
  { codeTimes }: HarHistory,
): void {
  const isStep = fact.type === 'authorize' || fact.type === 'arrival';
  if (!isStep || fact.outcome !== 'code') return;
  const code = codeInAddress(entry.location ?? entry.url);
  if (code === null) return;
  if (!codeTimes.has(code)) codeTimes.set(code, at);
  else if (fact.type === 'authorize') codeTimes.set(code, null);
}

/**
 * When the code came that a token request exchanges, or that the token was issued for which a request carries or refreshes,
 * epoch ms; null where that was not seen.
 */
export function codeTimeOf(entry: HarEntry, { codeTimes, tokens }: HarHistory): number | null {
  const form = fieldsOf(entry);
  const code = entry.endpoint === 'token' ? secretOf(form.get('code')) : null;
  if (code !== null) return codeTimes.get(code) ?? null;
  const token = secretOf(entry.endpoint === 'token' ? form.get('refresh_token') : entry.bearer);
  const known = tokens.get(token ?? '');
  return known?.isOfSeveral === false ? known.codeAt : null;
}

/** When the code came that a request brings to its site, epoch ms: with the request, where that was not seen before. */
export function timeOfBroughtCode(entry: HarEntry, { codeTimes }: HarHistory): number | null {
  const code = codeInAddress(entry.url);
  if (code === null) return null;
  return codeTimes.has(code) ? (codeTimes.get(code) ?? null) : entry.done;
}
