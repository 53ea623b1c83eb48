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
/** Of the calls before a preflight, and of those after it, no more than the nearest few can be the one it was made for. */
const MAX_NEAR = 20;

/**
 * Finds the preflights of Kakao's API that were accepted, though no call near them is theirs: the file was saved while the call
 * was on its way, or lost it. A call is of one preflight at most: of the nearest one that can be its.
 */
export function preflightsOfLostCalls(inOrder: readonly StartedEntry[]): Set<unknown> {
  const lost = new Set<unknown>();
  const pairs = inOrder.flatMap((of, i) => {
    if (!isAcceptedPreflight(of)) return [];
    lost.add(of.entry);
    return callsNear(inOrder, i).map((call) => ({ of, call, apart: Math.abs(call.at - of.at) }));
  });
  const taken = new Set<unknown>();
  for (const { of, call } of pairs.toSorted((a, b) => a.apart - b.apart))
    if (lost.has(of.entry) && !taken.has(call.entry)) {
      lost.delete(of.entry);
      taken.add(call.entry);
    }
  return lost;
}

/** The call that a preflight was made for, without an answer. */
export function lostCall(preflight: HarEntry): HarEntry {
  const method = headerOf(preflight, METHOD_HEADER) ?? 'GET';
  const nothing = { status: 0, error: null, location: null, body: null, gzip: null };
  return { ...preflight, ...nothing, method: methodOf(method) };
}

/** Whether an entry is a preflight of Kakao's API that was answered with leave to make the call. */
function isAcceptedPreflight({ entry }: StartedEntry): boolean {
  if (!isPreflight(entry) || !addressOf(entry).startsWith('https://kapi.kakao.com/')) return false;
  if (headerIn(listOf(requestOf(entry)['headers']), METHOD_HEADER) === null) return false;
  const status = numberOf(objectOf(objectOf(entry)['response'])['status']);
  return status >= 200 && status < 300;
}

/** The calls that began near a preflight and may be the one that it was made for. */
function callsNear(inOrder: readonly StartedEntry[], index: number): StartedEntry[] {
  const preflight = inOrder[index];
  if (!preflight) return [];
  const isNear = (one?: StartedEntry): one is StartedEntry =>
    one !== undefined && Math.abs(one.at - preflight.at) <= CALL_WITHIN_MS;
  return [1, -1].flatMap((step) => {
    const found: StartedEntry[] = [];
    for (let i = index + step; found.length < MAX_NEAR; i += step) {
      const other = inOrder[i];
      if (!isNear(other)) break;
      if (mayBeFor(other.entry, preflight.entry)) found.push(other);
    }
    return found;
  });
}

/** Whether a preflight may have been made for a call: to the same address, of the same page's site as far as both say. */
function mayBeFor(call: unknown, preflight: unknown): boolean {
  if (isPreflight(call) || addressOf(call) !== addressOf(preflight)) return false;
  const [site, asked] = [originIn(call), originIn(preflight)];
  return site === asked || site === null || asked === null;
}

const requestOf = (entry: unknown) => objectOf(objectOf(entry)['request']);
const originIn = (entry: unknown) => headerIn(listOf(requestOf(entry)['headers']), 'origin');
const addressOf = (entry: unknown) => textOf(requestOf(entry)['url']) ?? '';
const isPreflight = (entry: unknown) => requestOf(entry)['method'] === 'OPTIONS';
