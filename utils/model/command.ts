import * as v from 'valibot';
import type { Problem } from './health.ts';

/** Longest text that a command may carry, in UTF-16 code units. */
const MAX_TEXT = 10_000;
/** Most entries of a list that a command may carry. */
const MAX_ENTRIES = 2000;

const Text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
const FiniteNumber = v.pipe(v.number(), v.finite());

/** Firefox delivers fields that are `undefined`, Chrome leaves them out: a field that is left out means "as it was". */
function withoutUndefined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

const AppSettings = v.pipe(
  v.object({
    type: v.literal('app'),
    clientId: Text,
    linkMode: v.optional(v.picklist(['auto', 'manual', 'unknown'])),
    fixedUserId: v.optional(v.picklist(['on', 'off', 'unknown'])),
    windowMs: v.optional(v.nullable(FiniteNumber)),
  }),
  v.transform(withoutUndefined),
);

const SessionEdit = v.pipe(
  v.object({
    type: v.literal('session'),
    begin: v.optional(v.boolean()),
    end: v.optional(v.boolean()),
    id: v.optional(Text),
    name: v.optional(Text),
    tester: v.optional(Text),
    build: v.optional(Text),
    environment: v.optional(Text),
    notes: v.optional(Text),
    held: v.optional(v.boolean()),
  }),
  v.transform(withoutUndefined),
);

const ReadCallback = v.object({
  at: v.optional(FiniteNumber),
  appId: v.nullable(Text),
  account: Text,
  referrerType: Text,
});

/** A setting is one plain value: a nested one makes the command a bad one, an unknown one is left out. */
const SettingsEdit = v.pipe(
  v.record(v.string(), v.optional(v.union([Text, FiniteNumber, v.boolean(), v.null()]))),
  v.object({
    retentionDays: v.optional(FiniteNumber),
    retentionCount: v.optional(FiniteNumber),
    notifications: v.optional(v.boolean()),
  }),
  v.transform(withoutUndefined),
);

/** What a page may ask of the worker, the only writer. Fields that are not named here are left out. */
const CommandSchema = v.variant('type', [
  v.object({ type: v.literal('label'), login: Text, label: Text }),
  v.object({
    type: v.literal('mark'),
    login: Text,
    mark: v.nullable(v.picklist(['complete', 'cut'])),
    note: Text,
  }),
  AppSettings,
  v.object({ type: v.literal('pause'), paused: v.boolean() }),
  v.object({
    type: v.literal('silence'),
    clientId: Text,
    rule: Text,
    silenced: v.boolean(),
  }),
  v.object({ type: v.literal('step'), text: Text }),
  v.object({
    type: v.literal('callbacks'),
    read: v.pipe(v.array(ReadCallback), v.maxLength(MAX_ENTRIES)),
  }),
  SessionEdit,
  v.object({ type: v.literal('settings'), settings: SettingsEdit }),
  v.object({ type: v.literal('clear') }),
  v.object({ type: v.literal('reset-salt') }),
  v.object({ type: v.literal('reconcile') }),
]);

export type Command = v.InferOutput<typeof CommandSchema>;

/** What the tester says of a session, or with `begin` of a new one that ends the open one; `end` only ends it. */
export type SessionEdit = v.InferOutput<typeof SessionEdit>;

/** An unlink callback as the page read it out of a log; `at` is epoch ms, absent where the log named no time. */
export type ReadCallback = v.InferOutput<typeof ReadCallback>;

export type CommandResult = { ok: true } | { ok: false; problem: Problem | 'bad-command' };

/** The command that a message is; null where it is none, or carries values that may not be stored. */
export function parseCommand(message: unknown): Command | null {
  const result = v.safeParse(CommandSchema, message);
  return result.success ? result.output : null;
}
