// Preload of a shop's process: OpenTelemetry's own SDK and instrumentations write their spans to SPANS_FILE, one OTLP/JSON
// request in each line as the Collector's file exporter does. With TELL_TRACE every answer tells its trace.
import { appendFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';

const { SPANS_FILE, TELL_TRACE } = process.env;

const exporter = {
  export(spans, done) {
    const line = new TextDecoder().decode(JsonTraceSerializer.serializeRequest(spans));
    appendFileSync(SPANS_FILE, `${line}\n`);
    done({ code: 0 });
  },
  shutdown: async () => {},
};

function tellTrace(span, response) {
  if (!TELL_TRACE || typeof response.setHeader !== 'function' || response.headersSent) return;
  const { traceId, spanId } = span.spanContext();
  response.setHeader('Server-Timing', `traceparent;desc="00-${traceId}-${spanId}-01"`);
}

new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
registerInstrumentations({
  instrumentations: [
    new HttpInstrumentation({ responseHook: tellTrace }),
    new UndiciInstrumentation(),
  ],
});
// Modules of Node's own are patched where they are first required.
const require = createRequire(import.meta.url);
require('node:http');
require('node:https');
