import { isListedCall, isUnconfirmed, SIGNUP, UNLINK } from '../../kakao/policy.ts';
import type { Observation } from '../../model/observation.ts';
import { createApiFact } from '../call-facts.ts';
import type { MarkedRequest } from '../har/token/request-marks.ts';
import type { BackEndCall } from './back-end-call.ts';
import { placed } from './placed.ts';

/** A call that nothing ties to a recorded login, and the latest request of each site before it. */
export interface UnjoinedCall {
  call: BackEndCall;
  id: string;
  requests: readonly MarkedRequest[];
}

/** What a call says that may be of the browser: only that it may complete its login, or cut the link. */
export function unnamedObservations(
  call: BackEndCall,
  request: MarkedRequest,
  id: string,
): Observation[] {
  const { fact } = call;
  if (fact.type !== 'api') return [];
  const { method, path, status, code, target = 'other' } = fact;
  // Whose app a sign-up call is of is not known, and its answer would tell the app's mode.
  if (path === SIGNUP.path)
    return [placed(createApiFact({ method, path, status: 0, target }), call, request, id)];
  const maySay = isListedCall(fact) || isUnconfirmed(path) || path === UNLINK;
  if (status !== 200 || !maySay) return [];
  return [placed(createApiFact({ method, path, status, code, target }), call, request, id)];
}

/** What a call that was not joined says if it is of the account of a recorded login, on whichever site. */
export function ofAnySite({ call, id, requests }: UnjoinedCall): Observation[] {
  return requests.flatMap((request, n) => unnamedObservations(call, request, `${id}-${n + 1}`));
}
