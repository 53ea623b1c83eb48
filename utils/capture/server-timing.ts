import type { ApiFact, BadReportFact, TokenFact } from '../link/observation.ts';
import { reducePath } from './reduce-url.ts';

/** A metric of a Server-Timing header. */
export interface Metric {
  name: string;
  /** Null where the metric has none. */
  desc: string | null;
}

const TOKEN = /[!#$%&'*+\-.^_`|~0-9A-Za-z]/;
const MOST_REPORTS = 50;

/**
 * Reads the metrics of one or more Server-Timing header values (W3C Server Timing: a list of tokens with parameters,
 * values being tokens or quoted strings). Whatever does not fit is skipped up to the next comma; never throws.
 */
export function parseServerTiming(header: string): Metric[] {
  const metrics: Metric[] = [];
  let i = 0;
  const space = () => {
    while (header[i] === ' ' || header[i] === '\t') i += 1;
  };
  const token = () => {
    const from = i;
    while (i < header.length && TOKEN.test(header[i] ?? '')) i += 1;
    return header.slice(from, i);
  };
  const quoted = () => {
    let text = '';
    for (i += 1; i < header.length && header[i] !== '"'; i += 1) {
      if (header[i] === '\\') i += 1;
      text += header[i] ?? '';
    }
    i += 1;
    return text;
  };
  const skipTo = (stops: string) => {
    while (i < header.length && !stops.includes(header[i] ?? '')) {
      if (header[i] === '"') quoted();
      else i += 1;
    }
  };
  while (i < header.length) {
    space();
    const name = token();
    let desc: string | null = null;
    const params = new Set<string>();
    for (skipTo(';,'); header[i] === ';'; skipTo(';,')) {
      i += 1;
      space();
      const param = token().toLowerCase();
      space();
      // Only the first of a name counts, even where it is incomplete.
      const again = params.has(param);
      params.add(param);
      if (header[i] !== '=') continue;
      i += 1;
      space();
      const value = header[i] === '"' ? quoted() : token();
      if (param === 'desc' && !again) desc = value;
    }
    if (name) metrics.push({ name, desc });
    i += 1;
  }
  return metrics;
}

export type ServerReport = ApiFact | TokenFact | BadReportFact;

/** Extracts what a back end reports of its Kakao calls (`kakao;desc="METHOD PATH STATUS …"`) from header values. */
export function serverReports(headers: readonly string[]): ServerReport[] {
  return headers
    .flatMap(parseServerTiming)
    .filter((m) => m.name.toLowerCase() === 'kakao')
    .slice(0, MOST_REPORTS)
    .map((m) => reportOf(m.desc ?? ''));
}

function reportOf(desc: string): ServerReport {
  const bad = (reason: BadReportFact['reason']): BadReportFact => ({ type: 'bad-report', reason });
  const [method = '', path = '', statusText = '', ...words] = desc.trim().split(/\s+/);
  if (!/^(GET|POST|PUT|PATCH|DELETE|HEAD)$/.test(method)) return bad('method');
  if (!/^\/[\w/.~-]{1,200}$/.test(path)) return bad('path');
  if (!/^[1-5]\d\d$/.test(statusText)) return bad('status');
  const status = Number(statusText);
  const values = new Map(words.map((w) => w.split('=', 2) as [string, string | undefined]));
  const code = values.get('code');
  if (path === '/oauth/token') {
    return {
      type: 'token',
      method,
      status,
      grant: null,
      clientId: null,
      redirectUri: null,
      error: code && /^KOE\d{3,4}$/.test(code) ? code : null,
      account: null,
    };
  }
  const signedUp = values.get('has_signed_up');
  const connectedAt = Date.parse(values.get('connected_at') ?? '');
  return {
    type: 'api',
    method,
    path: reducePath(path),
    status,
    code: code && /^-\d{1,5}$/.test(code) ? Number(code) : null,
    hasSignedUp: signedUp === 'true' ? true : signedUp === 'false' ? false : null,
    connectedAt: Number.isNaN(connectedAt) ? null : connectedAt,
    account: null,
    wholeBody: false,
    cached: false,
    inFrame: false,
    requiredScopes: [],
  };
}
