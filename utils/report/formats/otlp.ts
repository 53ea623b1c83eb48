import type { Translate } from '../../i18n/translate.ts';
import { keyHashesOf } from '../app-key-hash.ts';
import type { Report, ReportCall, ReportFinding, ReportLogin } from '../document.ts';
import { fnv1a } from '../fnv1a.ts';
import { neutralJson } from './neutral-text.ts';
import { sessionNameOf } from './session-name.ts';
import { reasonsOf } from './wording.ts';

// Numbers of the OTLP protocol's enums.
const INTERNAL = 1;
const CLIENT = 3;
const OK = 1;
const ERROR = 2;

const KAPI = 'kapi.kakao.com';

type Value = string | number | boolean | null;

interface Attribute {
  key: string;
  value: { stringValue: string } | { intValue: string } | { boolValue: boolean };
}

/** Attributes without those that have no value. Whole numbers are written as text, as 64-bit JSON has them. */
const attributes = (values: Record<string, Value>) =>
  Object.entries(values).flatMap(([key, value]): Attribute[] => {
    if (value === null || value === '') return [];
    if (typeof value === 'number') return [{ key, value: { intValue: String(value) } }];
    if (typeof value === 'boolean') return [{ key, value: { boolValue: value } }];
    return [{ key, value: { stringValue: value.toWellFormed() } }];
  });

/** A finding as an event of its login's span, at the instant of judgement. */
const findingEvent = (f: ReportFinding, { evaluatedAt }: Report) => ({
  timeUnixNano: nano(evaluatedAt),
  name: 'linkwatch.finding',
  attributes: attributes({
    'linkwatch.finding.rule': f.rule,
    'linkwatch.finding.severity': f.severity,
    'linkwatch.finding.title': f.title,
    'linkwatch.finding.detail': f.detail ?? null,
    'linkwatch.finding.causes': numbered(f.causes ?? []),
    'linkwatch.finding.fix': numbered(f.fix),
    'linkwatch.finding.console': f.console ?? null,
    'linkwatch.finding.docs': f.docs ?? null,
    'linkwatch.finding.evidence': f.evidence.join(' '),
  }),
});
const numbered = (lines: readonly string[]) => lines.map((one, i) => `${i + 1}. ${one}`).join('\n');

const nano = (iso: string) => `${BigInt(Date.parse(iso)) * 1_000_000n}`;

/**
 * OpenTelemetry traces as OTLP/JSON lines: a trace a login, a span a call. Each line is a whole export request, as the
 * file exporter's specification has it. Ids come from the login's id, so that a report sent twice is one trace.
 */
export function writeOtlp(report: Report, t: Translate): string {
  const resource = (login: ReportLogin) => ({
    attributes: attributes({
      'service.name': 'linkwatch',
      'service.version': report.generator.version,
      'session.id': report.session.id,
      'linkwatch.session.name': sessionNameOf(login, report),
      'linkwatch.session.tester': report.session.tester,
      'linkwatch.session.build': report.session.build,
      'linkwatch.session.environment': report.session.environment ?? '',
    }),
  });
  const scope = { name: 'linkwatch', version: report.generator.version };
  const keyHashes = keyHashesOf(report.apps);
  return report.logins
    .map((login) => {
      const keyHash = keyHashes.get(login.clientId) ?? null;
      const scopeSpans = [{ scope, spans: spansOf(login, keyHash, report, t) }];
      return `${neutralJson({ resourceSpans: [{ resource: resource(login), scopeSpans }] })}\n`;
    })
    .join('');
}

/** The spans of a login: its own and, under it, one for each of its calls. */
function spansOf(login: ReportLogin, keyHash: string | null, report: Report, t: Translate) {
  const seed = `${login.site ?? ''}\n${login.id}`;
  const traceId = fnv1a(seed, 128);
  const spanId = fnv1a(seed, 64);
  const ends = [login.loggedInAt, ...login.calls.map((c) => c.at)].filter(
    (at) => at >= login.startedAt,
  );
  const failed = login.verdict === 'missed' || login.verdict === 'late';
  const root = {
    traceId,
    spanId,
    name: 'kakao login',
    kind: INTERNAL,
    startTimeUnixNano: nano(login.startedAt),
    endTimeUnixNano: nano(ends.sort().at(-1) ?? login.startedAt),
    attributes: loginAttributes(login, keyHash, report),
    ...(login.findings.length
      ? { events: login.findings.map((f) => findingEvent(f, report)) }
      : {}),
    status: failed
      ? { code: ERROR, message: reasonsOf(login, t).join(' ') }
      : login.verdict === 'complete'
        ? { code: OK }
        : {},
  };
  const calls = login.calls.map((call, i) => ({
    traceId,
    spanId: fnv1a(`${seed}\n${i}`, 64),
    parentSpanId: spanId,
    ...callSpan(call),
  }));
  return [root, ...calls];
}

/** What a login's own span says of it and of its verdict. */
function loginAttributes(login: ReportLogin, keyHash: string | null, report: Report) {
  return attributes({
    'linkwatch.login.id': login.id,
    'linkwatch.login.client_id': login.clientId,
    'linkwatch.app.key_hash': keyHash,
    'linkwatch.login.site': login.site,
    'linkwatch.login.account': login.account,
    'linkwatch.login.logged_in_at': login.loggedInAt,
    'linkwatch.login.deadline': login.deadline,
    'linkwatch.login.kind': login.kind,
    'linkwatch.login.kind_because': login.kindBecause,
    'linkwatch.verdict': login.verdict,
    'linkwatch.verdict.because': login.verdictBecause,
    'linkwatch.verdict.certainty': login.verdictCertainty,
    'linkwatch.verdict.doubt': login.verdictDoubt,
    'linkwatch.verdict.evaluated_at': report.evaluatedAt,
    'linkwatch.visibility': login.visibility,
    'linkwatch.visibility.because': login.visibilityBecause,
    'linkwatch.rehearsal': login.rehearsal,
    'linkwatch.completed_at': login.completedAt,
    'linkwatch.findings': login.findings.map((f) => f.rule).join(' '),
  });
}

/** Describes a call as a span. Only the instant of its answer is known, so the span has no duration. */
function callSpan(call: ReportCall) {
  const method = call.method === 'OTHER' ? '_OTHER' : call.method;
  const failed = call.status === 0 || call.status >= 400;
  return {
    name: `${method === '_OTHER' ? 'HTTP' : method} ${call.path}`,
    kind: CLIENT,
    startTimeUnixNano: nano(call.at),
    endTimeUnixNano: nano(call.at),
    attributes: attributes({
      'http.request.method': method,
      'http.response.status_code': call.status || null,
      'url.full': `https://${KAPI}${call.path}`,
      'url.template': call.path,
      'server.address': KAPI,
      'server.port': 443,
      'error.type': failed ? (call.status ? String(call.status) : 'no_answer') : null,
      'linkwatch.call.source': call.source,
      'linkwatch.call.counts': call.counts,
      'linkwatch.call.why': call.why,
      'linkwatch.call.kakao_code': call.code,
    }),
    status: failed ? { code: ERROR } : {},
  };
}
