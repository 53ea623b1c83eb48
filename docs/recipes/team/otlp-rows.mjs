/**
 * Makes rows for the tables `calls` and `findings` of what Linkwatch exports as OTLP/JSON lines:
 *
 *   node otlp-rows.mjs calls < logins.otlp.jsonl | clickhouse-client --query 'INSERT INTO calls FORMAT JSONEachRow'
 *   node otlp-rows.mjs findings < logins.otlp.jsonl | clickhouse-client --query 'INSERT INTO findings FORMAT JSONEachRow'
 *
 * Node 20 or later, no dependencies. Lines that are not Linkwatch's are passed over.
 */
import { createInterface } from 'node:readline';

const wanted = process.argv[2];
if (wanted !== 'calls' && wanted !== 'findings') throw new Error('say calls or findings');

const valueOf = ({ stringValue, intValue, boolValue }) =>
  stringValue ?? boolValue ?? (intValue === undefined ? null : Number(intValue));
const wordsOf = (attributes = []) => new Map(attributes.map((a) => [a.key, valueOf(a.value)]));
const isoOf = (nano) => new Date(Number(BigInt(nano) / 1_000_000n)).toISOString();

for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  for (const { resource, scopeSpans } of JSON.parse(line).resourceSpans ?? [])
    for (const { spans } of scopeSpans ?? []) print(wordsOf(resource?.attributes), spans ?? []);
}

/** Prints the rows of one login: its span stands first, those of its calls below it. */
function print(session, spans) {
  const root = spans.find((span) => span.name === 'kakao login');
  if (!root) return;
  const login = wordsOf(root.attributes);
  const shared = {
    login_id: login.get('linkwatch.login.id'),
    client_id: login.get('linkwatch.login.client_id'),
    app_key_hash: login.get('linkwatch.app.key_hash') ?? null,
    site: login.get('linkwatch.login.site') ?? '',
    build: session.get('linkwatch.session.build') ?? '',
    tester: session.get('linkwatch.session.tester') ?? '',
    evaluated_at: login.get('linkwatch.verdict.evaluated_at'),
  };
  const rows = wanted === 'calls' ? callRows(root, spans) : findingRows(root, login);
  for (const row of rows) process.stdout.write(`${JSON.stringify({ ...shared, ...row })}\n`);
}

function callRows(root, spans) {
  return spans
    .filter((span) => span.parentSpanId === root.spanId)
    .map((span) => {
      const call = wordsOf(span.attributes);
      return {
        method: call.get('http.request.method') ?? '',
        path: call.get('url.template') ?? '',
        status: call.get('http.response.status_code') ?? 0,
        counts: call.get('linkwatch.call.counts') ? 1 : 0,
        source: call.get('linkwatch.call.source') ?? '',
        at: isoOf(span.endTimeUnixNano),
      };
    });
}

function findingRows(root, login) {
  return (root.events ?? [])
    .filter((event) => event.name === 'linkwatch.finding')
    .map((event) => {
      const finding = wordsOf(event.attributes);
      return {
        rule: finding.get('linkwatch.finding.rule'),
        severity: finding.get('linkwatch.finding.severity'),
        title: finding.get('linkwatch.finding.title'),
        logged_in_at: login.get('linkwatch.login.logged_in_at'),
      };
    });
}
