import { maskClientId, withoutNumber } from '../../kakao/mask-client-id.ts';
import type { AuthorizeFact, Observation } from '../../model/observation.ts';
import { MINUTE_MS, SECOND_MS } from '../../model/time.ts';
import { originOf, parseUrl } from '../../model/url.ts';
import type { MarkedRequest, RequestMarks } from '../har/token/request-marks.ts';
import type { BackEndCall } from './back-end-call.ts';

/** A code is exchanged right after it arrived. Kakao's codes last longer, but then anything may have come between. */
const MAX_DELAY_MS = MINUTE_MS;
/** A server's clock may be behind the browser's by this much. */
const MAX_BEHIND_MS = 2 * SECOND_MS;

type Login = Observation<AuthorizeFact>;

/**
 * Makes a function that finds the recorded login whose code a call exchanged, by time alone: the one login that it fits,
 * where no other call fits that login. `calls` are those that nothing else ties to a login.
 */
export function createExchangeFinder(
  recorded: readonly Observation[],
  marks: RequestMarks,
  calls: readonly BackEndCall[],
): (call: BackEndCall) => MarkedRequest | null {
  const logins = recorded.filter((o): o is Login => o.type === 'authorize' && o.outcome === 'code');
  const fits = createFit(marks);
  return (call) => {
    const [login, ...others] = logins.filter((l) => fits(l, call));
    if (!login || others.length || calls.filter((c) => fits(login, c)).length !== 1) return null;
    const { cookieStore, tab, site, redirectUri, at } = login;
    return { cookieStore, tab, site: site ?? originOf(redirectUri), from: at, codeAt: at };
  };
}

function createFit({ traces, codes }: RequestMarks): (login: Login, call: BackEndCall) => boolean {
  const isInTime = (login: Login, at: number) =>
    at >= login.at - MAX_BEHIND_MS && at <= login.at + MAX_DELAY_MS;
  const isTold = (map: ReadonlyMap<string, MarkedRequest | null>, login: Login) =>
    [...map.values()].some(
      (r) => r?.tab === login.tab && r.cookieStore === login.cookieStore && isInTime(login, r.from),
    );
  return (login, { at, fact, trace, code, serving }) => {
    if (fact.type !== 'token' || fact.status !== 200 || fact.grant === 'refresh_token')
      return false;
    if (!isInTime(login, at)) return false;
    // A login whose own trace or code is known is not that of a call with another one.
    if ((trace && isTold(traces, login)) || (code && isTold(codes, login))) return false;
    const path = parseUrl(login.redirectUri)?.pathname ?? null;
    return (
      isSameApp(fact.clientId, login.clientId) &&
      isSameOrUnknown(fact.redirectUri, login.redirectUri) &&
      isSameOrUnknown(serving, path)
    );
  };
}

/** Whether two app keys may be the same one, of which the recorded one may be masked. */
function isSameApp(whole: string | null, recorded: string | null): boolean {
  if (whole === null || recorded === null || whole === recorded) return true;
  return withoutNumber(recorded) === maskClientId(whole);
}

function isSameOrUnknown(a: string | null, b: string | null): boolean {
  return a === null || b === null || a === b;
}
