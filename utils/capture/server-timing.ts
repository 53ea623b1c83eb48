import { KAPI, KAUTH, plainPath } from '../kakao/endpoints.ts';
import { parseInstant } from '../model/instant.ts';
import type { ApiFact, BadReportFact, TokenFact } from '../model/observation.ts';
import { createApiFact, createTokenFact } from './call-facts.ts';
import { reducePath } from './reduce-path.ts';

/** A metric of a Server-Timing header. */
export interface Metric {
  name: string;
  /** Null where the metric has none. */
  desc: string | null;
}

const TOKEN = "[!#$%&'*+.^_`|~\\w-]";
const NAME = new RegExp(`[ \t]*(${TOKEN}*)`, 'y');
/** Up to the end of a metric's parameter. What follows a value is skipped, quotes included. */
const PARAM = new RegExp(
  `;[ \t]*(${TOKEN}*)[ \t]*(?:=[ \t]*(?:"((?:\\\\.|[^"\\\\])*)"?|(${TOKEN}*)))?[^,;]*`,
  'sy',
);
/** Up to the next metric, or to the parameters of this one. */
const SKIPPED = /[^,;]*/y;
/** The beginning of a report within what is quoted: a quote too many, or one too few, hid it. */
const HIDDEN_REPORT = /(^|[\s,])kakao[ \t]*;[ \t]*(desc|dur)[ \t]*=/i;
/** More reports in one response are left out, the oldest of them. */
const MAX_REPORTS = 1000;

/**
 * Reads the metrics of a Server-Timing header value (W3C Server Timing: a list of tokens with parameters, values being
 * tokens or quoted strings). The first of a parameter given twice counts. Malformed parts are skipped as browsers skip
 * them. Recorders join several headers of a name by line breaks. Never throws.
 */
export function parseServerTiming(header: string): Metric[] {
  return header.split(/[\r\n]+/).flatMap(parseLine);
}

function parseLine(line: string): Metric[] {
  const metrics: Metric[] = [];
  let end = 0;
  const next = (part: RegExp) => {
    part.lastIndex = end;
    const match = part.exec(line);
    if (match) end = part.lastIndex;
    return match;
  };
  for (; end < line.length; end += 1) {
    const name = next(NAME)?.[1];
    next(SKIPPED);
    const params: RegExpExecArray[] = [];
    for (let param = next(PARAM); param; param = next(PARAM)) params.push(param);
    const desc = params.find(([, key]) => key?.toLowerCase() === 'desc');
    const value = desc?.[2]?.replace(/\\(.)/gs, '$1') ?? desc?.[3] ?? null;
    if (name) metrics.push({ name, desc: value });
    if (params.some(([, , quoted]) => quoted && HIDDEN_REPORT.test(quoted)))
      metrics.push({ name: 'kakao', desc: null });
  }
  return metrics;
}

/** A back end's report of one Kakao call, or a report that could not be read. */
export type ServerReport = ApiFact | TokenFact | BadReportFact;

/**
 * Reads a back end's reports of its Kakao calls (`kakao;desc="METHOD PATH STATUS …"`) from the Server-Timing header values of
 * one response.
 */
export function readServerReports(headers: readonly string[]): ServerReport[] {
  if (headers.length === 0) return [];
  const reports = headers
    .flatMap(parseServerTiming)
    .filter((m) => m.name.toLowerCase() === 'kakao')
    .slice(-MAX_REPORTS)
    .map((m) => reportOf(m.desc ?? ''));
  return withOtherTokens(reports);
}

/**
 * Reports of one response, in their order, where those of calls that may carry another token than the one issued there are
 * told as such: made before it was issued, where none was though it was asked for, or where several were.
 */
function withOtherTokens(reports: readonly ServerReport[]): ServerReport[] {
  const asked = reports.filter((report) => report.type === 'token');
  if (!asked.length) return [...reports];
  const [issued, ...more] = asked.filter(({ status }) => status === 200);
  const issuedFrom = issued ? reports.indexOf(issued) : Infinity;
  return reports.map((report, i) =>
    report.type === 'api' && (i < issuedFrom || more.length) ? maybeKept(report) : report,
  );
}

/** A report that may be of another user or an older one. */
const maybeKept = (report: ApiFact): ApiFact => ({ ...report, maybeCached: true });

/**
 * What is left of the reports in a response that a cache on the way may have kept: they may be old ones, or of another
 * user. A token's issue says nothing without its instant.
 */
export function asMaybeKept(reports: readonly ServerReport[]): ServerReport[] {
  return reports.flatMap((report) => {
    if (report.type === 'token') return [];
    return report.type === 'api' ? maybeKept(report) : report;
  });
}

/** Reports with the instant, epoch ms, at which the browser asked for the answer that has them. */
export function asAskedAt(reports: readonly ServerReport[], sentAt: number): ServerReport[] {
  return reports.map((report) => (report.type === 'bad-report' ? report : { ...report, sentAt }));
}

/** Turns the `desc` of one `kakao` metric into a fact. */
function reportOf(desc: string): ServerReport {
  const bad = (reason: BadReportFact['reason']): BadReportFact => ({ type: 'bad-report', reason });
  const [methodText = '', target = '', statusText = '', ...pairs] = desc.trim().split(/\s+/);
  const method = methodText.toUpperCase();
  const { host, path, query } = readTarget(target);
  if (!/^(GET|POST|PUT|PATCH|DELETE|HEAD)$/.test(method)) return bad('method');
  if (!/^\/[\w/.~-]{1,200}$/.test(path)) return bad('path');
  const isToken = plainPath(path) === '/oauth/token';
  if (host !== null && host !== (isToken ? KAUTH : KAPI)) return bad('path');
  // 0 where no answer came.
  if (!/^([1-5]\d\d|0)$/.test(statusText)) return bad('status');
  const status = Number(statusText);
  const values = new Map(pairs.map((pair) => pair.split('=', 2) as [string, string | undefined]));
  const code = values.get('code');
  if (isToken) {
    return createTokenFact({
      method,
      status,
      error: code && /^KOE\d{3,4}$/.test(code) ? code : null,
    });
  }
  const signedUp = values.get('has_signed_up');
  return createApiFact({
    method,
    path: reducePath(path),
    status,
    code: code && /^-\d{1,5}$/.test(code) ? Number(code) : null,
    hasSignedUp: signedUp === 'true' ? true : signedUp === 'false' ? false : null,
    // `none` says that the body was whole and did not have the field.
    wholeBody: signedUp === 'none',
    // Whatever the word says, the call names a user.
    ...(values.has('target') || /(^|&)target_id=/.test(query) ? { target: 'other' } : {}),
    connectedAt: parseInstant(values.get('connected_at') ?? ''),
  });
}

/** Splits what a report names as its request's target, a path or a full address, into host, path, without a slash at its end, and query. */
function readTarget(target: string): { host: string | null; path: string; query: string } {
  const [, host, path = '', query = ''] =
    /^(?:(?:https?:\/\/)?([\w-]+(?:\.[\w-]+)+)(?::\d+)?)?(\/[^?#]*)(?:\?([^#]*))?/i.exec(target) ??
    [];
  return {
    host: host?.toLowerCase() ?? null,
    path: path.replace(/(?<=.)\/+$/, ''),
    query,
  };
}
