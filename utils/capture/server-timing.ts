import { KAPI, KAUTH } from '../kakao/endpoints.ts';
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
const NAME = new RegExp(`^[ \t]*(${TOKEN}+)`);
const PARAM = new RegExp(
  `^[ \t]*(${TOKEN}*)[ \t]*(?:=[ \t]*(?:"((?:\\\\.|[^"\\\\])*)|(${TOKEN}*)))?`,
  's',
);
/** More reports in one response are left out, the oldest of them. */
const MAX_REPORTS = 1000;

/** Splits a text at separators that are not inside a quoted string. */
const splitUnquoted = (text: string, separator: string) =>
  text.match(new RegExp(`(?:"(?:\\\\.|[^"\\\\])*"?|[^${separator}"])+`, 'gs')) ?? [];

/**
 * Reads the metrics of a Server-Timing header value (W3C Server Timing: a list of tokens with parameters, values being
 * tokens or quoted strings). The first of a parameter given twice counts. Malformed parts are skipped; never throws.
 */
export function parseServerTiming(header: string): Metric[] {
  return splitUnquoted(header, ',').flatMap((metric) => {
    const [, name] = NAME.exec(metric) ?? [];
    const params = splitUnquoted(metric, ';').slice(1);
    const desc = params
      .map((param) => PARAM.exec(param) ?? [])
      .find(([, key]) => key?.toLowerCase() === 'desc');
    const value = desc?.[2]?.replace(/\\(.)/gs, '$1') ?? desc?.[3] ?? null;
    return name ? [{ name, desc: value }] : [];
  });
}

/** A back end's report of one Kakao call, or a report that could not be read. */
export type ServerReport = ApiFact | TokenFact | BadReportFact;

/** Reads a back end's reports of its Kakao calls (`kakao;desc="METHOD PATH STATUS …"`) from Server-Timing header values. */
export function readServerReports(headers: readonly string[]): ServerReport[] {
  if (headers.length === 0) return [];
  return headers
    .flatMap(parseServerTiming)
    .filter((m) => m.name.toLowerCase() === 'kakao')
    .slice(-MAX_REPORTS)
    .map((m) => reportOf(m.desc ?? ''));
}

/**
 * What is left of the reports in a response that a cache on the way may have kept: they may be old ones, or of another
 * user. A token's issue says nothing without its instant.
 */
export function asMaybeKept(reports: readonly ServerReport[]): ServerReport[] {
  return reports.flatMap((report) => {
    if (report.type === 'token') return [];
    return report.type === 'api' ? { ...report, maybeCached: true as const } : report;
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
  const isToken = path === '/oauth/token';
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
