import { isUnconfirmed, QUALIFYING, SIGNUP, UNLINK } from '../../kakao/policy.ts';
import type { ApiFact, Fact, Observation } from '../../model/observation.ts';
import type { MarkedRequest, RequestMarks } from '../har/request-marks.ts';
import type { BackEndCall, BackEndRecord } from './back-end-call.ts';
import { createApiFact } from '../call-facts.ts';
import { createExchangeFinder } from './exchange-in-time.ts';
import { exchangesByTrace, isExchange } from './exchanges.ts';
import { inBrowsersTime, MAX_SKEW_MS } from './server-clock.ts';

/** How many of a back end's calls to Kakao were joined to the recorded browser's logins. */
export interface JoinCounts {
  calls: number;
  /** By a trace, a code or a token, so they are surely of the recorded browser. */
  surely: number;
  /** Because a code was exchanged right after the login. */
  likely: number;
}

/** The browser's request that a call is of, and whether that is sure. */
interface Join {
  request: MarkedRequest;
  surely: boolean;
  /** When the code came that it exchanges, or that its token was issued for, epoch ms; null where nothing tells. */
  codeAt: number | null;
  /** When the browser asked for what the call was made for, epoch ms, where only that tells whose token it carries. */
  sentAt?: number;
}

/**
 * Finds among a back end's calls those of the recorded browser, surely by trace, code or token, and makes observations of them
 * (`source: server`). One that only fits in time, or whose token is not told, is of an account that is not known, and left out
 * where it says nothing of a link: it never shows that nothing was called.
 */
export function joinBackEndCalls(
  recorded: readonly Observation[],
  marks: RequestMarks,
  record: BackEndRecord,
): { observations: Observation[]; counts: JoinCounts } {
  const joined: Observation[] = [];
  const calls = inBrowsersTime(record.calls, marks);
  const isToKakao = ({ fact }: BackEndCall) => fact.type !== 'token-handed';
  const counts: JoinCounts = { calls: calls.filter(isToKakao).length, surely: 0, likely: 0 };
  const joiner = createJoiner(recorded, marks, calls);
  const noted = new Set<MarkedRequest>();
  const latestOfSite = new Map<string | null, MarkedRequest>();
  // What the sites reported themselves, the earliest last.
  const reported = recorded.filter((o) => o.source === 'server').sort((x, y) => y.at - x.at);
  for (const [index, call] of calls.entries()) {
    for (let o = reported.at(-1); o && o.at <= call.at + MAX_SKEW_MS; o = reported.at(-1)) {
      latestOfSite.set(o.site, reportedRequest(o));
      reported.pop();
    }
    const join = joiner.joinOf(call);
    const id = `${record.name}-${call.at}-${call.fact.type}-${index}`;
    if (!join) {
      if (record.kind === 'egress' && joiner.mayBeOfAny(call))
        for (const [n, request] of [...latestOfSite.values()].entries())
          joined.push(...unnamedObservations(call, request, `${id}-${n + 1}`));
      continue;
    }
    const { request, surely } = join;
    if (isToKakao(call)) counts[surely ? 'surely' : 'likely'] += 1;
    joined.push(
      ...(surely
        ? [placed(withInstants(call.fact, join), call, request, id)]
        : unnamedObservations(call, request, id)),
    );
    if (surely) latestOfSite.set(request.site, request);
    // Spans may be sampled: that none shows a call does not show that there was none.
    if (record.kind !== 'spans' || !surely || noted.has(request)) continue;
    noted.add(request);
    joined.push(placed({ type: 'token-handed' }, call, request, `${id}-sampled`));
  }
  return { observations: insertInTime(recorded, joined), counts };
}

/** The request with whose answer a site itself reported a call. */
function reportedRequest({ cookieStore, tab, site, at }: Observation): MarkedRequest {
  return { cookieStore, tab, site, from: at, codeAt: null };
}

/** Says whose the calls of a record are, given in order of time. */
interface Joiner {
  /** The browser's request that a call is of; null where it is another user's, or nobody knows whose. */
  joinOf(call: BackEndCall): Join | null;
  /** Whether nothing tells whose a call is that was not joined. */
  mayBeOfAny(call: BackEndCall): boolean;
}

function createJoiner(
  recorded: readonly Observation[],
  marks: RequestMarks,
  calls: readonly BackEndCall[],
): Joiner {
  const exchanges = exchangesByTrace(calls);
  const refused = new Set(calls.filter(isRefusal).map((call) => call.trace));
  const surely = (request: MarkedRequest | null | undefined, codeAt: number | null) =>
    request ? { request, surely: true, codeAt } : null;
  const likely = (request: MarkedRequest | null) =>
    request && { request, surely: false, codeAt: null };
  /** Null for a token that is another user's. */
  const byToken = new Map<string, Join | null>();
  // A page may have exchanged the code itself, and handed the token over.
  for (const [token, request] of marks.tokens)
    if (request) byToken.set(token, surely(request, request.codeAt));
  const byTrace = new Map<string, Join>();
  /** Whether a token of the browser's may be among those of which nobody knows whose they are. */
  let mayHaveUnknownToken = false;
  /** Exchanges that the sites themselves reported, less those whose tokens are known. */
  let reportedOnly = recorded.filter((o) => o.source === 'server' && isExchange(o)).length;
  const isOthers = ({ code }: BackEndCall) =>
    code !== null && marks.codes.size > 0 && !marks.codes.has(code);
  const isTied = (call: BackEndCall) =>
    marks.codes.has(call.code ?? '') || marks.traces.has(call.trace ?? '');
  const exchangedFor = createExchangeFinder(
    recorded,
    marks,
    calls.filter((call) => !isTied(call)),
  );
  const findJoin = (call: BackEndCall): Join | null => {
    const known = call.tokens.find((token) => byToken.has(token));
    if (known !== undefined) return byToken.get(known) ?? null;
    if (isOthers(call)) return null;
    const exchange = exchanges.get(call.trace ?? '');
    const trace = call.trace !== null && exchange !== null ? call.trace : '';
    const ofCode = marks.codes.get(call.code ?? '');
    const ofTrace = marks.traces.get(trace);
    const byCode = surely(ofCode, ofCode?.codeAt ?? null);
    const inTrace = surely(ofTrace, ofTrace?.codeAt ?? null) ?? byTrace.get(trace);
    if (byCode || !inTrace) return byCode ?? likely(exchangedFor(call));
    const isOther = exchange ? carriesOther(call, exchange) : refused.has(trace);
    const isSure = inTrace.surely && !isOther;
    return { ...inTrace, surely: isSure, sentAt: inTrace.request.from };
  };
  return {
    joinOf(call) {
      const { fact, tokens, trace } = call;
      const isKnown = tokens.some((token) => byToken.has(token));
      const join = findJoin(call);
      const isToken = fact.type === 'token' && fact.status === 200;
      if (isExchange(fact) && join?.surely && tokens.length > 0) reportedOnly -= 1;
      const isRefresh = fact.type === 'token' && fact.grant === 'refresh_token';
      if (isToken && (join ? tokens.length === 0 : isRefresh && !isKnown))
        mayHaveUnknownToken = true;
      // An exchange is another user's by its code or, without one, where no site has reported an exchange that it may be.
      const isOfOther =
        fact.type === 'token' && !isRefresh && (isOthers(call) || reportedOnly <= 0);
      if (join || isKnown || isOfOther)
        for (const token of tokens) if (!byToken.has(token)) byToken.set(token, join);
      if (join && trace && !byTrace.has(trace)) byTrace.set(trace, { ...join, codeAt: null });
      return join;
    },
    mayBeOfAny: ({ tokens }) =>
      !tokens.some((token) => byToken.has(token)) &&
      (tokens.length === 0 || mayHaveUnknownToken || reportedOnly > 0),
  };
}

/** Whether a call carries another token than its trace's exchange issued: it was made before, or its token is known. */
function carriesOther({ fact, at, tokens }: BackEndCall, exchange: BackEndCall): boolean {
  const isOther = tokens.length > 0 && exchange.tokens.length > 0;
  return fact.type === 'api' && (at < exchange.at || isOther);
}

/** Whether a call asked for a token and got none. */
function isRefusal({ fact }: BackEndCall): boolean {
  return fact.type === 'token' && fact.status !== 200;
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
  // Whose app a sign-up call is of is not known, and it would tell the app's mode.
  if (path === SIGNUP.path) return [placed({ type: 'token-handed' }, call, request, id)];
  const maySay = mayComplete(fact) || isUnconfirmed(path) || path === UNLINK;
  if (status !== 200 || !maySay) return [];
  return [placed(createApiFact({ method, path, status, code, target }), call, request, id)];
}

/** Whether a call completes a login of an app that links automatically. */
function mayComplete({ method, path }: ApiFact): boolean {
  return /^(GET|POST)$/.test(method) && QUALIFYING.includes(path);
}

/** Puts a fact where the browser's request was made: no sooner than that, as far as clocks may differ. */
function placed(
  fact: Fact,
  { at }: BackEndCall,
  { cookieStore, tab, site, from }: MarkedRequest,
  id: string,
): Observation {
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
