import { endpointOf } from '../../kakao/endpoints.ts';
import { BY_ADMIN_KEY, UNLINK } from '../../kakao/policy.ts';
import { listOf, objectOf, type Json } from '../../model/json.ts';
import { isUsableOrigin, parseUrl } from '../../model/url.ts';
import { createApiFact, createTokenFact } from '../call-facts.ts';
import { reducePath, reduceRedirectPath } from '../reduce-path.ts';
import { methodOf } from '../reduce-url.ts';
import { requestKey, type BackEndCall } from './back-end-call.ts';
import { traceIdOf } from './trace-id.ts';

const SERVER = 2;
const CLIENT = 3;
const KIND_NAMES: Record<string, number> = { SPAN_KIND_SERVER: SERVER, SPAN_KIND_CLIENT: CLIENT };

/** The attributes that are read, by their names now, before semantic conventions 1.23 and at Spring (Micrometer). No other is looked at. */
const ATTRIBUTES = {
  method: ['http.request.method', 'http.method', 'method'],
  url: ['url.full', 'http.url'],
  status: ['http.response.status_code', 'http.status_code', 'status'],
  host: ['server.address', 'http.host', 'net.peer.name', 'net.host.name'],
  path: ['url.path', 'http.target', 'http.route'],
  query: ['url.query', 'http.target'],
  authorization: ['http.request.header.authorization'],
} as const;

/** What is read of a span. */
interface Span {
  kind: number;
  trace: string | null;
  /** Its own id and that of the span in which it ran; empty where there is none. */
  id: string;
  parent: string;
  /** Epoch ms. */
  end: number;
  read: (what: keyof typeof ATTRIBUTES) => string | null;
}

/** Whether a parsed value is OTLP/JSON with spans: an ExportTraceServiceRequest. */
export function isOtlpTraces(value: unknown): boolean {
  return Array.isArray(objectOf(value)['resourceSpans']);
}

/**
 * Reads a back end's calls to Kakao out of OTLP/JSON requests: of its client spans method, documented path, status,
 * instant, trace id and whether the call names its user, and nothing else. A span that was exported twice is one call, and so
 * is one inside another of the same call. Spans that cannot be read are passed over; never throws.
 */
export function readSpans(requests: readonly unknown[]): BackEndCall[] {
  const spans = requests.flatMap(spansOf);
  const traces: Traces = { serving: new Map(), issued: new Map() };
  for (const span of spans) noteTrace(traces, span);
  const found = spans.flatMap((span) => {
    const call = callOf(span, traces);
    return call ? [{ span, call }] : [];
  });
  // A span that is exported again is the same to the letter.
  const once = [...new Map(found.map((one) => [keyOf(one), one])).values()];
  const byId = Map.groupBy(once, ({ span }) => `${span.trace} ${span.id}`);
  const isOfParent = ({ span, call }: SpanCall) =>
    span.parent !== '' &&
    byId
      .get(`${span.trace} ${span.parent}`)
      ?.some((outer) => outer.call !== call && isAlike(outer.call, call));
  return once
    .filter((one) => !isOfParent(one))
    .map(({ call }) => call)
    .sort((x, y) => x.at - y.at);
}

/** A client span and the call to Kakao that it is. */
interface SpanCall {
  span: Span;
  call: BackEndCall;
}

function keyOf({ span: { id }, call }: SpanCall): string {
  return `${id} ${JSON.stringify(call)}`;
}

/** Whether two calls, one of which was made inside the other's span, are one: as a library and a sidecar tell it. */
function isAlike(a: BackEndCall, b: BackEndCall): boolean {
  const key = requestKey(a.fact);
  return key !== null && key === requestKey(b.fact);
}

/** What the spans of a trace say of each other, by trace id. */
interface Traces {
  /** Path of the request that the back end was serving. */
  serving: Map<string, string>;
  /** When the first token was issued, epoch ms. */
  issued: Map<string, number>;
}

function noteTrace({ serving, issued }: Traces, { kind, trace, end, read }: Span): void {
  const url = trace === null ? null : urlOf(read);
  if (trace === null || url === null) return;
  if (kind === SERVER) serving.set(trace, reduceRedirectPath(url.pathname));
  else if (endpointOf(url) === 'token' && read('status') === '200')
    issued.set(trace, Math.min(issued.get(trace) ?? end, end));
}

function spansOf(request: unknown): Span[] {
  return listOf(objectOf(request)['resourceSpans']).flatMap((resource) => {
    const { scopeSpans, instrumentationLibrarySpans } = objectOf(resource);
    return [...listOf(scopeSpans), ...listOf(instrumentationLibrarySpans)].flatMap((scope) =>
      listOf(objectOf(scope)['spans']).flatMap((value) => spanOf(objectOf(value)) ?? []),
    );
  });
}

function spanOf(span: Json): Span | null {
  const end = Math.floor(Number(span['endTimeUnixNano']) / 1e6);
  const kind = typeof span['kind'] === 'string' ? KIND_NAMES[span['kind']] : span['kind'];
  if (!Number.isSafeInteger(end) || end <= 0 || (kind !== SERVER && kind !== CLIENT)) return null;
  const attributes = listOf(span['attributes']).map(objectOf);
  const read = (what: keyof typeof ATTRIBUTES) =>
    ATTRIBUTES[what]
      .map((key) => attributeText(attributes.find((a) => a['key'] === key)?.['value']))
      .find((text) => text !== null) ?? null;
  const [id = '', parent = ''] = [span['spanId'], span['parentSpanId']].map((value) =>
    typeof value === 'string' ? value : '',
  );
  return { kind, end, trace: traceIdOf(span['traceId']), id, parent, read };
}

/** An attribute's value as text, or the first of a list as headers have it; null for one of another kind. */
function attributeText(value: unknown): string | null {
  const [first] = listOf(objectOf(objectOf(value)['arrayValue'])['values']);
  const { stringValue, intValue } = objectOf(first ?? value);
  if (typeof stringValue === 'string') return stringValue;
  return typeof intValue === 'string' || typeof intValue === 'number' ? String(intValue) : null;
}

/** The address of a span: whole, or put together from host and path. */
function urlOf(read: Span['read']): URL | null {
  const whole = parseUrl(read('url'));
  const url = whole ?? parseUrl(`https://${read('host') ?? ''}${read('path') ?? ''}`);
  return url && /^https?:$/.test(url.protocol) && isUsableOrigin(url.origin) ? url : null;
}

/**
 * Whether a span's call names its user, as calls with the admin key do, or `maybe` where neither the header nor what was
 * sent tells. Of a header only the scheme is read.
 */
function namesUser(url: URL, method: string, read: Span['read']): 'yes' | 'no' | 'maybe' {
  const scheme = read('authorization') ?? '';
  const query = `${url.search}&${read('query') ?? ''}`;
  const hasTarget = url.searchParams.has('target_id') || /[?&]target_id=/.test(query);
  if (hasTarget || /^kakaoak\b/i.test(scheme)) return 'yes';
  if (!BY_ADMIN_KEY.includes(url.pathname) || /^bearer\b/i.test(scheme)) return 'no';
  const isQueryKnown = (read('url') ?? read('query')) !== null && !/[?&]\*/.test(query);
  return method === 'GET' && isQueryKnown ? 'no' : 'maybe';
}

/** The call to Kakao that a client span is; null where it is none. */
function callOf({ kind, end, trace, read }: Span, { serving, issued }: Traces): BackEndCall | null {
  const url = kind === CLIENT ? urlOf(read) : null;
  const endpoint = url && endpointOf(url);
  if (!url || (endpoint !== 'token' && endpoint !== 'api')) return null;
  const method = methodOf(read('method') ?? '');
  const code = Number(read('status'));
  const status = Number.isInteger(code) && code >= 100 && code <= 599 ? code : 0;
  const names = namesUser(url, method, read);
  // Who got a token asks with it for the profile; cutting a link may be another matter.
  const hasToken = (issued.get(trace ?? '') ?? Infinity) <= end && url.pathname !== UNLINK;
  const mayNameUser = names === 'yes' || (names === 'maybe' && !hasToken);
  const fact =
    endpoint === 'token'
      ? createTokenFact({ method, status })
      : createApiFact({
          method,
          path: reducePath(url.pathname),
          status,
          ...(mayNameUser ? { target: 'other' } : {}),
        });
  const served = trace === null ? null : (serving.get(trace) ?? null);
  return { at: end, fact, trace, code: null, tokens: [], serving: served };
}
