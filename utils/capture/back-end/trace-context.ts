import { parseServerTiming } from '../server-timing.ts';

/** version, trace id, parent id and flags of a W3C `traceparent`. */
const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/i;
const NO_TRACE = /^0+$/;

/** Reads the trace id (lower case) out of a W3C `traceparent`; null where there is none. */
export function traceOf(traceparent: string | null): string | null {
  const [, id] = TRACEPARENT.exec(traceparent?.trim() ?? '') ?? [];
  return id && !NO_TRACE.test(id) ? id.toLowerCase() : null;
}

/**
 * Lists the trace ids that a response reports in `Server-Timing` header values (`traceparent;desc="00-…"`), as
 * OpenTelemetry, Grafana and Splunk do.
 */
export function tracesReported(serverTiming: readonly string[]): string[] {
  return serverTiming
    .flatMap(parseServerTiming)
    .filter(({ name }) => name.toLowerCase() === 'traceparent')
    .flatMap(({ desc }) => traceOf(desc) ?? []);
}
