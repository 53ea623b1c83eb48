import { isListedCall, isUnconfirmed, SIGNUP, UNLINK } from '../../kakao/policy.ts';
import type { Observation } from '../../model/observation.ts';
import { SECOND_MS } from '../../model/time.ts';
import { createApiFact } from '../call-facts.ts';
import type { MarkedRequest, RequestMarks } from '../har/token/request-marks.ts';
import type { BackEndCall, BackEndRecord } from './back-end-call.ts';
import { CallJoiner, type Join } from './call-joiner.ts';
import { withoutDuplicateReports } from './duplicate-reports.ts';
import { isExchange } from './exchanges.ts';
import { joinedId } from './joined-call.ts';
import { placed } from './placed.ts';
import { ReportedCalls } from './reported-calls.ts';
import { inBrowsersTime, MAX_SKEW_MS } from './server-clock.ts';
import { signsOfUnreported, unreportedCalls } from './unreported-calls.ts';

/** A link is made so long before or after the end of its login, at most, as clocks go. */
const MADE_WITHIN_MS = 10 * SECOND_MS;

/** How many of a back end's calls to Kakao were joined to the recorded browser's logins. */
export interface JoinCounts {
  calls: number;
  /** By a trace, a code or a token, so they are surely of the recorded browser. */
  surely: number;
  /** Because a code was exchanged right after the login. */
  likely: number;
}

/**
 * Finds among a back end's calls those of the recorded browser and makes observations of them (`source: server`). Trace, code or
 * token make it sure. A call that only fits in time, or whose token is not told, is observed as of an unknown account where it
 * may say something of a link, and else left out: such calls never show that nothing was called.
 */
export function joinBackEndCalls(
  recorded: readonly Observation[],
  marks: RequestMarks,
  record: BackEndRecord,
): { observations: Observation[]; counts: JoinCounts } {
  const joined: Observation[] = [];
  const sure: Observation[] = [];
  const ofOthers: UnjoinedCall[] = [];
  const calls = inBrowsersTime(record.calls, marks);
  const isToKakao = ({ fact }: BackEndCall) => fact.type !== 'token-handed';
  const counts: JoinCounts = { calls: calls.filter(isToKakao).length, surely: 0, likely: 0 };
  const joiner = new CallJoiner(recorded, marks, calls);
  const noted = new Set<MarkedRequest>();
  const traced: { call: BackEndCall; id: string; request: MarkedRequest }[] = [];
  const untied: BackEndCall[] = [];
  const latestOfSite = new Map<string | null, MarkedRequest>();
  // What the sites reported themselves, the earliest last.
  const reported = recorded.filter((o) => o.source === 'server').sort((x, y) => y.at - x.at);
  for (const [index, call] of calls.entries()) {
    takeReported(reported, call.at + MAX_SKEW_MS, latestOfSite);
    const join = joiner.joinOf(call);
    const id = joinedId(record, call, index);
    if (!join) {
      if (record.kind !== 'egress') {
        untied.push(call);
        continue;
      }
      // Moved to a later request, it would be of a login that it may have come before.
      const requests = [...latestOfSite.values()].map((r) => ({
        ...r,
        from: Math.min(r.from, call.at),
      }));
      const unjoined = { call, id, requests };
      if (joiner.mayBeOfAny(call)) joined.push(...ofAnySite(unjoined));
      else ofOthers.push(unjoined);
      continue;
    }
    const { request, surely } = join;
    if (isToKakao(call)) counts[surely ? 'surely' : 'likely'] += 1;
    if (surely) sure.push(placed(withInstants(call.fact, join), call, request, id));
    if (surely || isExchange(call.fact)) latestOfSite.set(request.site, request);
    joined.push(...(surely ? sure.slice(-1) : unnamedObservations(call, request, id)));
    if (record.kind === 'spans' && surely) traced.push({ call, id, request });
  }
  const reports = new ReportedCalls(recorded);
  // Spans may be sampled: that none shows a call does not show that there was none, but where the site tells of its calls.
  for (const { call, id, request } of traced) {
    if (reports.take(call) || noted.has(request)) continue;
    noted.add(request);
    joined.push(placed({ type: 'token-handed' }, call, request, `${id}-sampled`));
  }
  const areRequestsShown = calls.some(({ serving }) => serving !== null);
  const unreported = unreportedCalls(untied, reports, areRequestsShown);
  joined.push(...signsOfUnreported(recorded, unreported, record.name));
  for (const other of ofSameUsers(ofOthers, [...recorded, ...sure])) {
    joined.push(...ofAnySite(other));
    joined.push(...loginElsewhere(other));
  }
  return { observations: insertInTime(withoutDuplicateReports(recorded, sure), joined), counts };
}

/** A call that nothing ties to a recorded login, and the latest request of each site before it. */
interface UnjoinedCall {
  call: BackEndCall;
  id: string;
  requests: readonly MarkedRequest[];
}

/** What a call that was not joined says if it is of the account of a recorded login, on whichever site. */
function ofAnySite({ call, id, requests }: UnjoinedCall): Observation[] {
  return requests.flatMap((request, n) => unnamedObservations(call, request, `${id}-${n + 1}`));
}

/** That a recorded account logged in on another device, where a call exchanged its code: that login may have made a new link. */
function loginElsewhere({ call, id, requests: [request] }: UnjoinedCall): Observation[] {
  if (!request || !isExchange(call.fact)) return [];
  const place = { ...request, tab: null, site: null };
  return [placed({ type: 'loss', leftOut: 'elsewhere' }, call, place, id)];
}

/**
 * Those of the calls by other logins that are of the recorded ones' accounts: a link is the account's, whichever device it
 * uses. The account is told by a call with the same token that names a user of a recorded login, or tells of a link that was
 * made when one ended.
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

/**
 * Takes what sites reported up to an instant (epoch ms) out of the reports, of which the earliest is the last one: the request with
 * whose answer it came is the latest of its site from then on.
 */
function takeReported(
  reported: Observation[],
  until: number,
  latestOfSite: Map<string | null, MarkedRequest>,
): void {
  for (let o = reported.at(-1); o && o.at <= until; o = reported.at(-1)) {
    const { cookieStore, tab, site, at } = o;
    latestOfSite.set(site, { cookieStore, tab, site, from: at, codeAt: null });
    reported.pop();
  }
}

function withInstants<F extends BackEndCall['fact']>(fact: F, { codeAt, sentAt }: Join): F {
  if (codeAt !== null) return { ...fact, codeAt };
  return sentAt === undefined ? fact : { ...fact, sentAt };
}

/** What a call says that may be of the browser: only that it may complete its login, or cut the link. */
function unnamedObservations(call: BackEndCall, request: MarkedRequest, id: string): Observation[] {
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

/** Puts observations behind the last recorded one that is not later; the recorded ones keep their order. */
export function insertInTime<T extends { at: number }>(
  recorded: readonly T[],
  joined: readonly T[],
): T[] {
  const behind = Map.groupBy(joined, (o) => recorded.findLastIndex((r) => r.at <= o.at));
  return [...(behind.get(-1) ?? []), ...recorded.flatMap((r, i) => [r, ...(behind.get(i) ?? [])])];
}
