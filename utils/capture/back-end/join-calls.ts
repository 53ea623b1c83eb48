import type { Observation } from '../../model/observation.ts';
import type { MarkedRequest, RequestMarks } from '../har/token/request-marks.ts';
import type { BackEndCall, BackEndRecord } from './back-end-call.ts';
import { CallJoiner, type Join } from './call-joiner.ts';
import { callsOfSameUsers } from './calls-of-same-users.ts';
import { withoutDuplicateReports } from './duplicate-reports.ts';
import { isExchange } from './exchanges.ts';
import { joinedId } from './joined-call.ts';
import { LatestRequests } from './latest-requests.ts';
import { placed } from './placed.ts';
import { ReportedCalls } from './reported-calls.ts';
import { inBrowsersTime, MAX_SKEW_MS } from './server-clock.ts';
import { ofAnySite, unnamedObservations, type UnjoinedCall } from './unnamed-calls.ts';
import { signsOfUnreported, unreportedCalls } from './unreported-calls.ts';

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
  { calls, ...record }: BackEndRecord,
): { observations: Observation[]; counts: JoinCounts } {
  const inTime = { ...record, calls: inBrowsersTime(calls, marks) };
  const joined = joinEach(recorded, marks, inTime);
  const sure = joined.sure.map(({ observation }) => observation);
  const others =
    record.kind === 'spans'
      ? signsOfUnseen(recorded, inTime, joined)
      : callsOfSameUsers(joined.ofOthers, [...recorded, ...sure]);
  return {
    observations: insertInTime(withoutDuplicateReports(recorded, sure), [
      ...joined.observations,
      ...others,
    ]),
    counts: joined.counts,
  };
}

/** A call that is surely of a browser's request, and what is observed of it. */
interface SureCall {
  call: BackEndCall;
  request: MarkedRequest;
  observation: Observation;
}

/** What was found of a record's calls, each looked at by itself. */
interface JoinedCalls {
  /** Of those that are, or may be, of the recorded browser. */
  observations: Observation[];
  sure: SureCall[];
  /** Of spans, those that nothing ties to a login. */
  untied: BackEndCall[];
  /** Of a proxy's record, those that are of other logins. */
  ofOthers: UnjoinedCall[];
  counts: JoinCounts;
}

/** Joins the calls of a record one by one. */
function joinEach(
  recorded: readonly Observation[],
  marks: RequestMarks,
  record: BackEndRecord,
): JoinedCalls {
  const { calls, kind } = record;
  const counts: JoinCounts = { calls: calls.filter(isToKakao).length, surely: 0, likely: 0 };
  const found: JoinedCalls = { observations: [], sure: [], untied: [], ofOthers: [], counts };
  const joiner = new CallJoiner(recorded, marks, calls);
  const latest = new LatestRequests(recorded);
  for (const [index, call] of calls.entries()) {
    latest.goOnTo(call.at + MAX_SKEW_MS);
    const join = joiner.joinOf(call);
    const id = joinedId(record, call, index);
    if (join) {
      noteJoined(found, call, id, join);
      if (join.surely || isExchange(call.fact)) latest.note(join.request);
    } else if (kind === 'spans') found.untied.push(call);
    else {
      const unjoined = { call, id, requests: latest.before(call) };
      if (joiner.mayBeOfAny(call)) found.observations.push(...ofAnySite(unjoined));
      else found.ofOthers.push(unjoined);
    }
  }
  return found;
}

/** Notes a call that is of a browser's request, surely or likely, and what is observed of it by this id. */
function noteJoined(
  { observations, sure, counts }: JoinedCalls,
  call: BackEndCall,
  id: string,
  join: Join,
): void {
  const { request, surely } = join;
  if (isToKakao(call)) counts[surely ? 'surely' : 'likely'] += 1;
  if (!surely) {
    observations.push(...unnamedObservations(call, request, id));
    return;
  }
  const observation = placed(withInstants(call.fact, join), call, request, id);
  observations.push(observation);
  sure.push({ call, request, observation });
}

/**
 * What else may have been called than a record of spans shows. They may be sampled: that none shows a call does not show that
 * there was none, but where the site tells of its calls.
 */
function signsOfUnseen(
  recorded: readonly Observation[],
  { calls, name }: BackEndRecord,
  { sure, untied }: JoinedCalls,
): Observation[] {
  const reports = new ReportedCalls(recorded);
  const signs: Observation[] = [];
  const noted = new Set<MarkedRequest>();
  for (const { call, request, observation } of sure) {
    if (reports.take(call) || noted.has(request)) continue;
    noted.add(request);
    signs.push(placed({ type: 'token-handed' }, call, request, `${observation.id}-sampled`));
  }
  const areRequestsShown = calls.some(({ serving }) => serving !== null);
  const unreported = unreportedCalls(untied, reports, areRequestsShown);
  return [...signs, ...signsOfUnreported(recorded, unreported, name)];
}

/** Whether a call went to Kakao: a token that was handed on did not. */
function isToKakao({ fact }: BackEndCall): boolean {
  return fact.type !== 'token-handed';
}

function withInstants<F extends BackEndCall['fact']>(fact: F, { codeAt, sentAt }: Join): F {
  if (codeAt !== null) return { ...fact, codeAt };
  return sentAt === undefined ? fact : { ...fact, sentAt };
}

/** Puts observations behind the last recorded one that is not later; the recorded ones keep their order. */
export function insertInTime<T extends { at: number }>(
  recorded: readonly T[],
  joined: readonly T[],
): T[] {
  const behind = Map.groupBy(joined, (o) => recorded.findLastIndex((r) => r.at <= o.at));
  return [...(behind.get(-1) ?? []), ...recorded.flatMap((r, i) => [r, ...(behind.get(i) ?? [])])];
}
