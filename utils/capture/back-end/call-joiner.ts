import type { Observation } from '../../model/observation.ts';
import type { MarkedRequest, RequestMarks } from '../har/token/request-marks.ts';
import type { BackEndCall } from './back-end-call.ts';
import { createExchangeFinder } from './exchange-in-time.ts';
import { exchangesByTrace, isExchange } from './exchanges.ts';

/** The browser's request that a call is of, and whether that is sure. */
export interface Join {
  request: MarkedRequest;
  surely: boolean;
  /** When the code came that it exchanges, or that its token was issued for, epoch ms; null where nothing tells. */
  codeAt: number | null;
  /** When the browser sent the request that the call serves, epoch ms; given where nothing else tells whose token it carries. */
  sentAt?: number;
}

/** Says whose the calls of a record are. They are given one by one, in order of time. */
export class CallJoiner {
  readonly #marks: RequestMarks;
  readonly #exchanges: ReadonlyMap<string, BackEndCall | null>;
  /** The traces in which a token was asked for in vain; null is that of calls without one. */
  readonly #refused: ReadonlySet<string | null>;
  readonly #exchangedFor: (call: BackEndCall) => MarkedRequest | null;
  /** Null for a token that is another user's. */
  readonly #byToken = new Map<string, Join | null>();
  readonly #byTrace = new Map<string, Join>();
  /** Whether a token of the browser's may be among those of which nobody knows whose they are. */
  #mayHaveUnknownToken = false;
  /** Exchanges that the sites themselves reported, less those whose tokens are known. */
  #reportedOnly: number;

  /** `recorded` are the browser's observations, `calls` all of the record. */
  constructor(
    recorded: readonly Observation[],
    marks: RequestMarks,
    calls: readonly BackEndCall[],
  ) {
    this.#marks = marks;
    this.#exchanges = exchangesByTrace(calls);
    this.#refused = new Set(calls.filter(isRefusal).map((call) => call.trace));
    const isTied = ({ code, trace }: BackEndCall) =>
      marks.codes.has(code ?? '') || marks.traces.has(trace ?? '');
    const untied = calls.filter((call) => !isTied(call));
    this.#exchangedFor = createExchangeFinder(recorded, marks, untied);
    this.#reportedOnly = recorded.filter((o) => o.source === 'server' && isExchange(o)).length;
    // A page may have exchanged the code itself, and handed the token over.
    for (const [token, request] of marks.tokens)
      if (request) this.#byToken.set(token, sureJoin(request, request.codeAt));
  }

  /** The browser's request that the next call is of; null where it is another user's, or nobody knows whose. */
  joinOf(call: BackEndCall): Join | null {
    const join = this.#findJoin(call);
    this.#noteTokens(call, join);
    const { trace } = call;
    if (join && trace && !this.#byTrace.has(trace))
      this.#byTrace.set(trace, { ...join, codeAt: null });
    return join;
  }

  /** Whether nothing tells whose a call is that was not joined. */
  mayBeOfAny(call: BackEndCall): boolean {
    if (this.#hasKnownToken(call)) return false;
    return call.tokens.length === 0 || this.#mayHaveUnknownToken || this.#reportedOnly > 0;
  }

  #findJoin(call: BackEndCall): Join | null {
    const known = call.tokens.find((token) => this.#byToken.has(token));
    if (known !== undefined) return this.#byToken.get(known) ?? null;
    if (this.#isOfOthersCode(call)) return null;
    const ofCode = this.#marks.codes.get(call.code ?? '');
    if (ofCode) return sureJoin(ofCode, ofCode.codeAt);
    return (
      this.#joinInTrace(call) ??
      this.#joinByHandedToken(call) ??
      likelyJoin(this.#exchangedFor(call))
    );
  }

  /**
   * The join of a call with a token that a page handed over, whose issue the recorder left out: the page's own request tells
   * whose it is.
   */
  #joinByHandedToken({ fact, tokens }: BackEndCall): Join | null {
    if (fact.type === 'token') return null;
    const request = tokens.map((token) => this.#marks.handed.get(token)).find((r) => r);
    return request ? { ...sureJoin(request, request.codeAt), sentAt: request.from } : null;
  }

  /** The join of a call in the trace of a browser's request; null where its trace is none, or of several logins. */
  #joinInTrace(call: BackEndCall): Join | null {
    const exchange = this.#exchanges.get(call.trace ?? '');
    const trace = call.trace !== null && exchange !== null ? call.trace : '';
    const ofTrace = this.#marks.traces.get(trace);
    const join = ofTrace ? sureJoin(ofTrace, ofTrace.codeAt) : this.#byTrace.get(trace);
    if (!join) return null;
    const isOther = exchange ? carriesOther(call, exchange) : this.#refused.has(trace);
    return { ...join, surely: join.surely && !isOther, sentAt: join.request.from };
  }

  /** Notes whose the tokens of a call are from now on, as far as that is known. */
  #noteTokens(call: BackEndCall, join: Join | null): void {
    const { fact, tokens } = call;
    const isKnown = this.#hasKnownToken(call);
    if (isExchange(fact) && join?.surely && tokens.length > 0) this.#reportedOnly -= 1;
    const isIssue = fact.type === 'token' && fact.status === 200;
    const isRefresh = fact.type === 'token' && fact.grant === 'refresh_token';
    if (isIssue && (join ? tokens.length === 0 : isRefresh && !isKnown))
      this.#mayHaveUnknownToken = true;
    // An exchange is another user's where its code is, or where it tells no code and no site reported one that it may be.
    const isOfOther =
      fact.type === 'token' &&
      !isRefresh &&
      (this.#isOfOthersCode(call) || this.#reportedOnly <= 0);
    if (join || isKnown || isOfOther)
      for (const token of tokens) if (!this.#byToken.has(token)) this.#byToken.set(token, join);
  }

  #hasKnownToken({ tokens }: BackEndCall): boolean {
    return tokens.some((token) => this.#byToken.has(token));
  }

  /** Whether a call exchanges a code that did not come to the browser, where codes that did are known. */
  #isOfOthersCode({ code }: BackEndCall): boolean {
    const { codes } = this.#marks;
    return code !== null && codes.size > 0 && !codes.has(code);
  }
}

function sureJoin(request: MarkedRequest, codeAt: number | null): Join {
  return { request, surely: true, codeAt };
}

function likelyJoin(request: MarkedRequest | null): Join | null {
  return request && { request, surely: false, codeAt: null };
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
