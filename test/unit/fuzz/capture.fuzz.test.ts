import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test, vi } from 'vitest';
import { createObservation } from '../../../utils/background/record/create-observation.ts';
import { hashedCallback, parseCallbackLog } from '../../../utils/capture/callback-log.ts';
import { readServerReports } from '../../../utils/capture/server-timing.ts';
import { parseCommand } from '../../../utils/model/command.ts';
import type { Fact, Source } from '../../../utils/model/observation.ts';
import { ObservationSchema } from '../../../utils/report/schema/observation-schema.ts';
import { CANARY, holdsFor, FUZZ_TIMEOUT, oddValue, placesIn, putAt } from './fuzz.ts';

vi.setConfig({ testTimeout: FUZZ_TIMEOUT });

const NOW = Date.UTC(2026, 10, 22, 3);

/** What is recorded can be exported: the report's schema takes it. */
function expectExportable(fact: Fact, source: Source, at = NOW): void {
  const observation = createObservation(fact, source, at);
  const exported = JSON.parse(JSON.stringify({ ...observation, at: new Date(at).toISOString() }));
  const { issues } = v.safeParse(ObservationSchema, exported);
  expect(issues, JSON.stringify(exported)).toBeUndefined();
}

test('Server-Timing header: never an error, and every report can be exported', () =>
  holdsFor(
    'Server-Timing',
    1000,
    fc
      .array(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 10 }),
          fc.constantFrom(
            'kakao',
            ';desc="',
            'POST /oauth/token 200',
            'GET /v2/user/me 200',
            'GET /v1/user/signup 1000',
            ' code=-402',
            ' code=-99999999',
            ' has_signed_up=false',
            ' connected_at=2026-02-30T00:00:00Z',
            ' connected_at=1',
            ' client_id=__proto__',
            '"',
            '\\\\',
            ',',
            ';',
            '=',
            ` /${'a'.repeat(500)} `,
            CANARY,
          ),
        ),
        { maxLength: 20 },
      )
      .map((parts) => parts.join('')),
    (header) => {
      const reports = readServerReports([header, header]);
      expect(reports.length).toBeLessThanOrEqual(100);
      for (const report of reports) expectExportable(report, 'server');
    },
  ));

const EVENT_CLAIMS =
  '{"iss":"https://kauth.kakao.com","toe":1795300000,"sub":"4000000001","events":' +
  '{"https://schemas.openid.net/secevent/oauth/event-type/user-unlinked":{"reason":"UNLINK_FROM_APPS"}}}';
const EVENT_TOKEN = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(EVENT_CLAIMS).toString('base64url')}.c2ln`;

const line = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.json({ maxDepth: 2 }),
      fc.constantFrom(
        'app_id=1234',
        '&user_id=4000000001',
        '&referrer_type=INCOMPLETE_SIGN_UP',
        '&referrer_type=constructor',
        `&user_id=${CANARY}`,
        '{"user_id":4000000001,"referrer_type":"ACCOUNT_DELETE","app_id":{"toString":1}}',
        '{"body":{"user_id":{"toString":1},"referrer_type":7}}',
        '{"user_id":1e300,"referrer_type":"UNLINK_FROM_APPS"}',
        ` ${EVENT_TOKEN} `,
        EVENT_TOKEN.slice(0, 90),
        EVENT_CLAIMS,
        EVENT_CLAIMS.replace('1795300000', '99999999999'),
        '{"iss":"https://kauth.kakao.com","events":{"toString":1}}',
        '2026-11-22T03:00:00Z ',
        '2026-02-30T03:00:00Z ',
        '9999-12-31T23:59:59-12:00 ',
        '0000-01-01T00:00:00+12:00 ',
        '[31/Feb/2026:03:00:00 +0000] ',
        '[31/anF/2026:03:00:00 +0000] ',
        '\n',
        '\r\n',
        '\u2028',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** How many lines a log has that are not empty. A JSON array has one an item, a JSON object without a list of webhooks is one. */
function countLines(text: string): number {
  const content = text.replace(/^\uFEFF/, '');
  try {
    const value: unknown = JSON.parse(content);
    if (Array.isArray(value)) return value.length;
    if (typeof value === 'object' && value !== null) return 1;
  } catch {
    // No JSON document, but lines.
  }
  return content.split(/\r\n|\n|\r/).filter((l) => l.trim()).length;
}

test('callback log: every line is an entry, bad or another one, and entries can be exported', () =>
  holdsFor('callback log', 1000, line, async (text) => {
    const { entries, bad, other } = parseCallbackLog(text);
    expect(entries.length + bad.length + other).toBe(countLines(text));
    for (const entry of entries) {
      const read = await hashedCallback(entry, async () => 'hash');
      const { at, ...callback } = read;
      const fact = { type: 'unlink-callback' as const, ...callback, timeKnown: at !== undefined };
      expectExportable(fact, 'callback', at ?? NOW);
      expect(parseCommand({ type: 'callbacks', read: [read] })).not.toBeNull();
    }
  }));

const COMMANDS = [
  { type: 'label', login: 'id', label: 'kim' },
  { type: 'mark', login: 'id', mark: 'complete', note: '' },
  { type: 'app', clientId: 'key', linkMode: 'manual', fixedUserId: 'on', windowMs: 60_000 },
  { type: 'pause', paused: false },
  { type: 'silence', clientId: 'key', rule: 'no-state', silenced: true },
  { type: 'step', text: 'cancel' },
  {
    type: 'callbacks',
    read: [{ at: NOW, appId: '1', account: 'hash', referrerType: 'ACCOUNT_DELETE' }],
  },
  { type: 'session', id: 's', name: 'n', tester: 't', build: 'b', environment: 'e', notes: '' },
  { type: 'settings', settings: { retentionDays: 3, retentionCount: 100, notifications: true } },
  { type: 'clear' },
];

const message = fc.oneof(
  oddValue,
  fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }),
  fc
    .tuple(
      fc.constantFrom(...COMMANDS),
      fc.array(fc.tuple(fc.nat(), fc.oneof(oddValue, fc.double())), { maxLength: 3 }),
    )
    .map(([command, changes]) => {
      const copy = structuredClone(command);
      const places = placesIn(command);
      for (const [at, odd] of changes) putAt(copy, places[at % places.length] ?? [], odd);
      return copy;
    }),
);

test('message to the worker: no command, or one whose facts can be exported', () =>
  holdsFor('messages', 1000, message, (given) => {
    const command = parseCommand(given);
    if (!command) return;
    expect(parseCommand(structuredClone(command))).toEqual(command);
    switch (command.type) {
      case 'label':
      case 'mark':
      case 'app':
      case 'pause':
      case 'silence':
      case 'step':
        return expectExportable(command, 'tester');
      case 'callbacks':
        for (const { at, ...callback } of command.read)
          expectExportable(
            { type: 'unlink-callback', ...callback, timeKnown: at !== undefined },
            'callback',
            at,
          );
    }
  }));
