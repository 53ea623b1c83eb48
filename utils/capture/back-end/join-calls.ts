import { QUALIFYING } from '../../kakao/policy.ts';
import type { ApiFact, Fact, Observation } from '../../model/observation.ts';
import { MINUTE_MS } from '../../model/time.ts';
import type { MarkedRequest, RequestMarks } from '../har/request-marks.ts';
import type { BackEndCall, BackEndRecord } from './back-end-call.ts';
import { createApiFact } from '../call-facts.ts';
import { createExchangeFinder } from './exchange-in-time.ts';

/** How many of a back end's calls to Kakao were joined to the recorded browser's logins. */
export interface JoinCounts {
  calls: number;
  /** By a trace or a code, so they are surely of the recorded browser. */
  surely: number;
  /** Because a code was exchanged right after the login. */
  likely: number;
}

/** The browser's request that a call is of, and whether that is sure. */
interface Join {
  request: MarkedRequest;
  surely: boolean;
}

/** Clocks of a server and a browser differ by at most this, as far as is made up for. */
const MAX_SKEW_MS = 2 * MINUTE_MS;

/**
 * Finds among a back end's calls those of the recorded browser and makes observations of them (`source: server`); calls
 * of other users are left out. A call is surely the browser's where the trace, the authorization code or the token ties
 * it to one of its requests. One that only fits in time is reported as of an account that is not known, and only where
 * it would complete a login: it never shows that nothing was called.
 */
export function joinBackEndCalls(
  recorded: readonly Observation[],
  marks: RequestMarks,
  record: BackEndRecord,
): { observations: Observation[]; counts: JoinCounts } {
  const joined: Observation[] = [];
  const counts: JoinCounts = { calls: record.calls.length, surely: 0, likely: 0 };
  const joinOf = createJoiner(recorded, marks, record.calls);
  const noted = new Set<MarkedRequest>();
  for (const [index, call] of record.calls.entries()) {
    const join = joinOf(call);
    if (!join) continue;
    counts[join.surely ? 'surely' : 'likely'] += 1;
    const id = `${record.name}-${call.at}-${call.fact.type}-${index}`;
    joined.push(...observationsOf(call, join, id));
    // Spans may be sampled: that none shows a call does not show that there was none.
    if (record.kind !== 'spans' || !join.surely || noted.has(join.request)) continue;
    noted.add(join.request);
    joined.push(placed({ type: 'token-handed' }, call, join, `${id}-sampled`));
  }
  return { observations: insertInTime(recorded, joined), counts };
}

/** Makes a function that says, in order of time, of which request of the browser a call is. */
function createJoiner(
  recorded: readonly Observation[],
  marks: RequestMarks,
  calls: readonly BackEndCall[],
): (call: BackEndCall) => Join | null {
  const shared = sharedTraces(calls);
  const surely = (request: MarkedRequest | null | undefined) =>
    request ? { request, surely: true } : null;
  const likely = (request: MarkedRequest | null) => request && { request, surely: false };
  /** Null for a token that is another user's. */
  const byToken = new Map<string, Join | null>();
  const byTrace = new Map<string, Join>();
  const isOthers = ({ code }: BackEndCall) =>
    code !== null && marks.codes.size > 0 && !marks.codes.has(code);
  const isTied = (call: BackEndCall) =>
    marks.codes.has(call.code ?? '') || marks.traces.has(call.trace ?? '');
  const exchangedFor = createExchangeFinder(
    recorded,
    marks,
    calls.filter((call) => !isTied(call)),
  );
  const joinOf = (call: BackEndCall): Join | null => {
    const ofToken = byToken.get(call.token ?? '');
    if (ofToken !== undefined) return ofToken;
    if (isOthers(call)) return null;
    const trace = call.trace !== null && !shared.has(call.trace) ? call.trace : '';
    return (
      surely(marks.codes.get(call.code ?? '')) ??
      surely(marks.traces.get(trace)) ??
      byTrace.get(trace) ??
      likely(exchangedFor(call))
    );
  };
  return (call) => {
    const join = joinOf(call);
    const isExchange = call.fact.type === 'token';
    if (call.token && !byToken.has(call.token) && (join || isExchange))
      byToken.set(call.token, join);
    if (join && call.trace && !byTrace.has(call.trace)) byTrace.set(call.trace, join);
    return join;
  };
}

/** Traces in which several codes were exchanged, such as one of a whole test run: they are not of one login. */
function sharedTraces(calls: readonly BackEndCall[]): Set<string> {
  const exchanging = new Set<string>();
  const shared = new Set<string>();
  for (const { trace, fact } of calls) {
    if (trace === null || fact.type !== 'token' || fact.status !== 200) continue;
    if (fact.grant === 'refresh_token') continue;
    if (exchanging.has(trace)) shared.add(trace);
    exchanging.add(trace);
  }
  return shared;
}

/** What a joined call says: where it is surely the browser's all of it, else only that it may complete the login. */
function observationsOf(call: BackEndCall, join: Join, id: string): Observation[] {
  const { fact } = call;
  if (join.surely) return [placed(fact, call, join, id)];
  if (fact.type !== 'api' || !mayComplete(fact)) return [];
  const { method, path, status, code } = fact;
  const unnamed = createApiFact({ method, path, status, code, target: 'other' });
  return [placed(unnamed, call, join, id)];
}

/** Whether a call completes a login of an app that links automatically. A sign-up call would also tell the app's mode. */
function mayComplete({ method, path, status }: ApiFact): boolean {
  return status === 200 && /^(GET|POST)$/.test(method) && QUALIFYING.includes(path);
}

/** Puts a fact where the browser's request was made: no sooner than that, as far as clocks may differ. */
function placed(fact: Fact, { at }: BackEndCall, { request }: Join, id: string): Observation {
  const { cookieStore, tab, site, from } = request;
  const isBehind = at < from && from - at <= MAX_SKEW_MS;
  return {
    ...fact,
    id,
    at: isBehind ? from : at,
    source: 'server',
    cookieStore,
    tab,
    opener: null,
    site,
  } as Observation;
}

/** Puts observations behind the last recorded one that is not later; the recorded ones keep their order. */
function insertInTime(recorded: readonly Observation[], joined: Observation[]): Observation[] {
  const behind = Map.groupBy(joined, (o) => recorded.findLastIndex((r) => r.at <= o.at));
  return [...(behind.get(-1) ?? []), ...recorded.flatMap((r, i) => [r, ...(behind.get(i) ?? [])])];
}
