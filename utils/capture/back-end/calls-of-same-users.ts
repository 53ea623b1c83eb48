import type { Observation } from '../../model/observation.ts';
import { SECOND_MS } from '../../model/time.ts';
import type { BackEndCall } from './back-end-call.ts';
import { isExchange } from './exchanges.ts';
import { placed } from './placed.ts';
import { ofAnySite, type UnjoinedCall } from './unnamed-calls.ts';

/** A link is made so long before or after the end of its login, at most, as clocks go. */
const MADE_WITHIN_MS = 10 * SECOND_MS;

/**
 * What calls by other logins say where they are of the recorded ones' accounts: a link is the account's, whichever device it
 * uses. `recorded` is what is known of the recorded logins, by the browser and by calls that surely are theirs.
 */
export function callsOfSameUsers(
  ofOthers: readonly UnjoinedCall[],
  recorded: readonly Observation[],
): Observation[] {
  return ofSameUsers(ofOthers, recorded).flatMap((other) => [
    ...ofAnySite(other),
    ...loginElsewhere(other),
  ]);
}

/**
 * Those of the calls by other logins that are of the recorded ones' accounts. The account is told by a call with the same
 * token that names a user of a recorded login, or tells of a link that was made when one ended.
 */
function ofSameUsers(
  ofOthers: readonly UnjoinedCall[],
  recorded: readonly Observation[],
): UnjoinedCall[] {
  const users = new Set(recorded.flatMap((o) => ('account' in o && o.account) || []));
  const ends = recorded.flatMap((o) =>
    o.type === 'authorize' && o.outcome === 'code' ? [o.at] : [],
  );
  const isOfUser = ({ fact }: BackEndCall) => {
    if (fact.type === 'token-handed') return false;
    if (fact.account !== null && users.has(fact.account)) return true;
    const connectedAt = fact.type === 'api' ? fact.connectedAt : null;
    return (
      connectedAt !== null && ends.some((end) => Math.abs(end - connectedAt) <= MADE_WITHIN_MS)
    );
  };
  const tokens = new Set(ofOthers.flatMap(({ call }) => (isOfUser(call) ? call.tokens : [])));
  return ofOthers.filter(
    ({ call }) => isOfUser(call) || call.tokens.some((token) => tokens.has(token)),
  );
}

/** That a recorded account logged in on another device, where a call exchanged its code: that login may have made a new link. */
function loginElsewhere({ call, id, requests: [request] }: UnjoinedCall): Observation[] {
  if (!request || !isExchange(call.fact)) return [];
  const place = { ...request, tab: null, site: null };
  return [placed({ type: 'loss', leftOut: 'elsewhere' }, call, place, id)];
}
