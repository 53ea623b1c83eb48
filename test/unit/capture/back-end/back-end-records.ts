/** What a back end's call is recorded with. `at` is epoch ms. */
export interface Recorded {
  at: number;
  method?: string;
  url: string;
  status?: number;
  trace?: string;
  /** Form of the request. */
  form?: Record<string, string>;
  bearer?: string;
  body?: unknown;
}

/** A HAR as a proxy between a back end and Kakao records it. */
export function egressHar(calls: readonly Recorded[]): unknown {
  const entries = calls.map(({ at, method = 'GET', url, status = 200, ...call }) => ({
    startedDateTime: new Date(at - 5).toISOString(),
    time: 5,
    clientIPAddress: '10.0.0.7',
    request: {
      method,
      url,
      headers: [
        { name: 'user-agent', value: 'node' },
        ...(call.trace ? [{ name: 'traceparent', value: traceparent(call.trace) }] : []),
        ...(call.bearer ? [{ name: 'authorization', value: `Bearer ${call.bearer}` }] : []),
      ],
      ...(call.form
        ? {
            postData: {
              mimeType: 'application/x-www-form-urlencoded',
              text: new URLSearchParams(call.form).toString(),
            },
          }
        : {}),
    },
    response: {
      status,
      headers: [],
      content: { mimeType: 'application/json', text: JSON.stringify(call.body ?? {}) },
    },
  }));
  return { log: { version: '1.2', creator: { name: 'mitmproxy', version: '12' }, entries } };
}

/** A W3C `traceparent` of a trace. */
export const traceparent = (trace: string) => `00-${trace}-00f067aa0ba902b7-01`;

interface SpanShape {
  /** Attributes as before semantic conventions 1.23. */
  old?: boolean;
  kind?: number | string;
  more?: { key: string; value: unknown }[];
}

/** A client span of a call, as OTLP/JSON has it. */
export function span(
  { at, method = 'GET', url, status = 200, trace = '1'.repeat(32) }: Recorded,
  { old = false, kind = 3, more = [] }: SpanShape = {},
): Record<string, unknown> {
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  return {
    traceId: trace,
    spanId: 'eee19b7ec3c1b174',
    name: method,
    kind,
    startTimeUnixNano: `${at - 5}000000`,
    endTimeUnixNano: `${at}000000`,
    attributes: [
      text(old ? 'http.method' : 'http.request.method', method),
      text(old ? 'http.url' : 'url.full', url),
      {
        key: old ? 'http.status_code' : 'http.response.status_code',
        value: { intValue: old ? String(status) : status },
      },
      ...more,
    ],
    status: {},
  };
}

/** An ExportTraceServiceRequest. */
export function otlp(spans: readonly unknown[]): unknown {
  return {
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
        scopeSpans: [{ scope: { name: 'undici' }, spans }],
      },
    ],
  };
}
