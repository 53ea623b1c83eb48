import { isPreflight, type HarEntry } from './entry/har-entry.ts';
import { mayBeToKakao } from './entry/raw-entry.ts';
import { readStarted, type StartedEntry } from './entry/read-entry.ts';

/** How far apart a recorder may tell when a call and the preflight before it began, or ended. */
const TIMING_ERROR_MS = 50;

/**
 * Makes a function that says whether a browser did not send a call that has no answer, because Kakao refused the preflight:
 * each one that was made for it, where no other call to the same address may have been the one it was for. What a browser
 * did send after its preflight, and the file has not, is found in `lost-calls.ts`.
 */
export function createUnsentTest(inOrder: readonly StartedEntry[]): (call: HarEntry) => boolean {
  let byAddress: Map<string, HarEntry[]> | null = null;
  return (call) => {
    // A proxy, which names no pages, records nothing that is not sent.
    if (call.status !== 0 || call.pageref === null) return false;
    byAddress ??= Map.groupBy(callsIn(inOrder), ({ url }) => url.href);
    const meanwhile = (byAddress.get(call.url.href) ?? []).filter(
      (e) => e.at <= call.done + TIMING_ERROR_MS && e.done >= call.at - TIMING_ERROR_MS,
    );
    const preflights = meanwhile.filter(isPreflight);
    const isOnly = meanwhile.length === preflights.length + 1;
    return isOnly && preflights.length > 0 && preflights.every((e) => e.status >= 400);
  };
}

/** The calls of Kakao's API, and the preflights for them. */
function callsIn(inOrder: readonly StartedEntry[]): HarEntry[] {
  return inOrder.flatMap((started) => {
    const entry = mayBeToKakao(started.entry) ? readStarted(started) : null;
    return entry?.endpoint === 'api' ? [entry] : [];
  });
}
