import * as v from 'valibot';
import type { Problem } from './health.ts';
import { EARLIEST_INSTANT, LATEST_INSTANT } from './instant.ts';
import { isPlainName } from './plain-name.ts';
import { MAX_SCOPES, SCOPE_NAME } from './scope-name.ts';
import { MAX_SESSION_TEXT } from './session-text.ts';
import { DAY_MS } from './time.ts';

/** Most entries of a list that a command may carry. */
const MAX_ENTRIES = 2000;

// What a command says is exported in a report, so no field may hold more than the report's schema allows.
/** Text of at most so many UTF-16 code units. */
const textOf = (maxLength: number) => v.pipe(v.string(), v.maxLength(maxLength));
/** Text that is not empty and no name that every object has. */
const nameOf = (maxLength: number) =>
  v.pipe(textOf(maxLength), v.minLength(1), v.check(isPlainName));
const LongText = textOf(10_000);
const SessionText = textOf(MAX_SESSION_TEXT);
const Name = nameOf(200);
const ClientId = v.pipe(v.string(), v.regex(/^[\w.\-…~]{1,80}$/), v.check(isPlainName));
const Amount = v.pipe(v.number(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const Instant = v.pipe(v.number(), v.minValue(EARLIEST_INSTANT), v.maxValue(LATEST_INSTANT));
const Window = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(DAY_MS));

const AppSettings = v.object({
  type: v.literal('app'),
  clientId: ClientId,
  linkMode: v.optional(v.picklist(['auto', 'manual', 'unknown'])),
  fixedUserId: v.optional(v.picklist(['on', 'off', 'unknown'])),
  windowMs: v.optional(v.nullable(Window)),
});

const SessionEdit = v.object({
  type: v.literal('session'),
  begin: v.optional(v.boolean()),
  end: v.optional(v.boolean()),
  id: v.optional(Name),
  name: v.optional(SessionText),
  tester: v.optional(SessionText),
  build: v.optional(SessionText),
  environment: v.optional(SessionText),
  notes: v.optional(LongText),
  held: v.optional(v.boolean()),
});

const ReadCallback = v.object({
  at: v.optional(Instant),
  appId: v.nullable(textOf(100)),
  account: Name,
  referrerType: textOf(80),
});

/** A salted hash of a user id: the id itself is digits, and does not pass. */
const UserHash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** What a tab's developer tools showed of an answer, as the fact that is recorded. */
const Answer = v.object({
  type: v.literal('answer'),
  of: v.picklist(['api', 'token']),
  method: v.pipe(v.string(), v.regex(/^[A-Z]{1,10}$/)),
  path: textOf(400),
  status: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999)),
  error: v.nullable(v.pipe(v.string(), v.regex(/^KOE\d{3,4}$/))),
  grant: v.optional(v.picklist(['authorization_code', 'refresh_token'])),
  sentAt: Instant,
  code: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(-99_999), v.maxValue(99_999))),
  hasSignedUp: v.nullable(v.boolean()),
  connectedAt: v.nullable(Instant),
  account: v.nullable(UserHash),
  wholeBody: v.boolean(),
  cached: v.boolean(),
  maybeCached: v.optional(v.literal(true)),
  requiredScopes: v.pipe(v.array(v.pipe(v.string(), v.regex(SCOPE_NAME))), v.maxLength(MAX_SCOPES)),
  target: v.optional(v.union([v.literal('other'), UserHash])),
});

const SettingsEdit = v.object({
  retentionDays: v.optional(Amount),
  retentionCount: v.optional(Amount),
  notifications: v.optional(v.boolean()),
  watchedOnly: v.optional(v.boolean()),
});

/** What a page may ask of the worker, the only writer, by type. Fields that are not named here are left out. */
const COMMANDS = {
  label: v.object({ type: v.literal('label'), login: Name, label: textOf(200) }),
  mark: v.object({
    type: v.literal('mark'),
    login: Name,
    mark: v.nullable(v.picklist(['complete', 'cut'])),
    note: textOf(2000),
  }),
  app: AppSettings,
  /** Link modes that somebody set by hand elsewhere, taken over at once. */
  'link-modes': v.object({
    type: v.literal('link-modes'),
    modes: v.pipe(
      v.array(v.object({ clientId: ClientId, linkMode: v.picklist(['auto', 'manual']) })),
      v.maxLength(MAX_ENTRIES),
    ),
  }),
  pause: v.object({ type: v.literal('pause'), paused: v.boolean() }),
  silence: v.object({
    type: v.literal('silence'),
    clientId: ClientId,
    rule: nameOf(100),
    silenced: v.boolean(),
  }),
  step: v.object({ type: v.literal('step'), text: textOf(2000) }),
  callbacks: v.object({
    type: v.literal('callbacks'),
    read: v.pipe(v.array(ReadCallback), v.maxLength(MAX_ENTRIES)),
  }),
  session: SessionEdit,
  settings: v.object({ type: v.literal('settings'), settings: SettingsEdit }),
  clear: v.object({ type: v.literal('clear') }),
  answer: v.object({
    type: v.literal('answer'),
    /** The browser's id of the inspected tab. */
    tab: v.pipe(v.number(), v.integer(), v.minValue(0)),
    /** The site that had asked. */
    site: v.pipe(textOf(300), v.regex(/^https?:\/\/[^\s/"'<>]+$/)),
    /** When the answer came, epoch ms. */
    at: Instant,
    fact: Answer,
  }),
  'reset-salt': v.object({ type: v.literal('reset-salt') }),
  reconcile: v.object({ type: v.literal('reconcile') }),
};

const AnyCommand = v.object({
  type: v.picklist(Object.keys(COMMANDS) as (keyof typeof COMMANDS)[]),
});

/** What a page of the extension asks of the worker. */
export type Command = v.InferOutput<(typeof COMMANDS)[keyof typeof COMMANDS]>;

/** What the tester says of a session, or with `begin` of a new one that ends the open one; `end` only ends it. */
export type SessionEdit = v.InferOutput<typeof SessionEdit>;

/** An unlink callback as the page read it out of a log; `at` is epoch ms, absent where the log named no time. */
export type ReadCallback = v.InferOutput<typeof ReadCallback>;

/** Whether a command was carried out, or why not. */
export type CommandResult =
  | { ok: true }
  | { ok: false; problem: Problem | 'bad-command' | 'private-full' };

/** The command that a message is; null where it is none, or carries values that may not be stored. */
export function parseCommand(message: unknown): Command | null {
  const named = v.safeParse(AnyCommand, message);
  if (!named.success) return null;
  const result = v.safeParse(COMMANDS[named.output.type], message);
  // Firefox delivers fields that are `undefined`, Chrome leaves them out: a field that is left out means "as it was".
  return result.success ? (JSON.parse(JSON.stringify(result.output)) as Command) : null;
}
