import { listOf, objectOf, textOf } from '../../model/json.ts';
import { SECOND_MS } from '../../model/time.ts';
import { methodOf } from '../reduce-url.ts';
import { headerOf, type HarEntry } from './entry/har-entry.ts';
import { headerIn } from './entry/har-headers.ts';
import { numberOf } from './entry/raw-entry.ts';
import type { StartedEntry } from './entry/read-entry.ts';

/** A browser names in it the call that a preflight is made for. */
const METHOD_HEADER = 'access-control-request-method';
/** A browser sends a call as soon as its preflight was answered; recorders tell when in different ways. */
const CALL_WITHIN_MS = 10 * SECOND_MS;

/**
 * Finds the preflights of Kakao's API that were accepted, though no call to the same address is near: the file was saved while
 * the call was on its way, or lost it.
 */
export function preflightsOfLostCalls(inOrder: readonly StartedEntry[]): Set<unknown> {
  const found = inOrder.filter((one, i) => isAccepted(one) && !hasCallNear(inOrder, i));
  return new Set(found.map(({ entry }) => entry));
}

/** The call that a preflight was made for, without an answer. */
export function lostCall(preflight: HarEntry): HarEntry {
  const method = headerOf(preflight, METHOD_HEADER) ?? 'GET';
  const nothing = { status: 0, error: null, location: null, body: null, gzip: null };
  return { ...preflight, ...nothing, method: methodOf(method) };
}

function isAccepted({ entry }: StartedEntry): boolean {
  if (!isPreflight(entry) || !addressOf(entry).startsWith('https://kapi.kakao.com/')) return false;
  if (headerIn(listOf(requestOf(entry)['headers']), METHOD_HEADER) === null) return false;
  const status = numberOf(objectOf(objectOf(entry)['response'])['status']);
  return status >= 200 && status < 300;
}

/** Whether a call to a preflight's address began near it. */
function hasCallNear(inOrder: readonly StartedEntry[], index: number): boolean {
  const preflight = inOrder[index];
  if (!preflight) return false;
  const address = addressOf(preflight.entry);
  const isNear = (one?: StartedEntry): one is StartedEntry =>
    one !== undefined && Math.abs(one.at - preflight.at) <= CALL_WITHIN_MS;
  for (const step of [1, -1])
    for (let i = index + step; isNear(inOrder[i]); i += step) {
      const { entry } = inOrder[i] ?? {};
      if (addressOf(entry) === address && !isPreflight(entry)) return true;
    }
  return false;
}

const requestOf = (entry: unknown) => objectOf(objectOf(entry)['request']);
const addressOf = (entry: unknown) => textOf(requestOf(entry)['url']) ?? '';
const isPreflight = (entry: unknown) => requestOf(entry)['method'] === 'OPTIONS';
