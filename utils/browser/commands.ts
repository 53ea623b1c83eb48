import { browser } from 'wxt/browser';
import type { Observation } from '../link/observation.ts';
import { newSalt, readSettings, writeSettings } from '../store/meta.ts';
import { problemOf } from '../store/open.ts';
import type { Command, CommandResult, SessionEdit } from '../store/popup-data.ts';
import type { Recorder } from '../store/recorder.ts';
import { editSessions } from '../store/session.ts';
import { announceChange } from './changes.ts';

/** Sends a command to the worker, the only writer. */
export async function sendCommand(command: Command): Promise<CommandResult> {
  return (await browser.runtime.sendMessage(command)) as CommandResult;
}

type Check = (v: unknown) => boolean;

const text =
  (most: number): Check =>
  (v) =>
    typeof v === 'string' && v.length <= most;
const oneOf =
  (...allowed: unknown[]): Check =>
  (v) =>
    allowed.includes(v);
const whole =
  (least: number, most: number): Check =>
  (v) =>
    Number.isInteger(v) && (v as number) >= least && (v as number) <= most;
const maybe =
  (check: Check): Check =>
  (v) =>
    v === undefined || check(v);
const flag = oneOf(true, false);
const id = text(100);
const clientId = text(64);
const shape =
  (checks: Record<string, Check>): Check =>
  (v) =>
    typeof v === 'object' &&
    v !== null &&
    Object.entries(checks).every(([key, check]) => check((v as Record<string, unknown>)[key]));

/** Facts that a page may state, each command the fact itself: what is not named here is left out. */
const FACTS: Record<string, Record<string, Check>> = {
  label: { login: id, label: text(80) },
  mark: { login: id, mark: oneOf('complete', 'cut', null), note: text(500) },
  app: {
    clientId,
    linkMode: oneOf(undefined, 'auto', 'manual', 'unknown'),
    fixedUserId: oneOf(undefined, 'on', 'off', 'unknown'),
    windowMs: (v) => v === null || maybe(whole(60_000, 86_400_000))(v),
  },
  pause: { paused: flag },
  silence: { clientId, rule: id, silenced: flag },
  step: { text: text(500) },
};

const CALLBACK = {
  at: maybe(whole(0, 8.64e15)),
  appId: (v: unknown) => v === null || id(v),
  account: id,
  referrerType: id,
};
const MOST_CALLBACKS = 2000;

const SETTINGS: Record<string, Check> = {
  retentionDays: whole(3, 3650),
  retentionCount: whole(100, 1_000_000),
  notifications: flag,
};

const SESSION: Record<string, Check> = {
  begin: maybe(flag),
  id: maybe(id),
  name: maybe(text(200)),
  tester: maybe(text(200)),
  build: maybe(text(200)),
  notes: maybe(text(10_000)),
  held: maybe(flag),
};

const OTHERS: Record<string, Check> = {
  callbacks: shape({
    read: (v) => Array.isArray(v) && v.length <= MOST_CALLBACKS && v.every(shape(CALLBACK)),
  }),
  session: shape(SESSION),
  // The settings are merged as they come: every key has to be one.
  settings: shape({
    settings: (v) =>
      typeof v === 'object' &&
      v !== null &&
      !Array.isArray(v) &&
      Object.entries(v).every(
        ([key, value]) => Object.hasOwn(SETTINGS, key) && SETTINGS[key]?.(value),
      ),
  }),
  clear: () => true,
  'reset-salt': () => true,
  reconcile: () => true,
};

const own = <T>(table: Record<string, T>, key: unknown): T | undefined =>
  typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;

/** Whether a message is a command with values that may be stored. */
export function isCommand(message: unknown): message is Command {
  if (typeof message !== 'object' || message === null) return false;
  const { type } = message as { type?: unknown };
  const fact = own(FACTS, type);
  const check = fact ? shape(fact) : own(OTHERS, type);
  return check?.(message) ?? false;
}

/** The fields of a message that a table names. */
function pick(message: object, names: object): Record<string, unknown> {
  const named = message as Record<string, unknown>;
  const told = Object.keys(names).filter((key) => named[key] !== undefined);
  return Object.fromEntries(told.map((key) => [key, named[key]]));
}

/** The observations that a command states at an instant (epoch ms). */
function stated(command: Command, now: number): Observation[] {
  const nowhere = { cookieStore: 'default', tab: null, opener: null, site: null };
  const observation = (source: 'tester' | 'callback', at: number, fact: object) =>
    ({ ...fact, id: crypto.randomUUID(), at, source, ...nowhere }) as Observation;
  const { type } = command;
  if (type === 'callbacks')
    return command.read.map(({ at, ...read }) =>
      observation('callback', at ?? now, {
        type: 'unlink-callback',
        ...pick(read, { appId: 0, account: 0, referrerType: 0 }),
        timeKnown: at !== undefined,
      }),
    );
  const fact = own(FACTS, type);
  return fact ? [observation('tester', now, { type, ...pick(command, fact) })] : [];
}

/** Carries out a command at an instant (epoch ms). Never rejects: what went wrong is in the result. */
export async function runCommand(
  recorder: Recorder,
  command: Command,
  now: number,
): Promise<CommandResult> {
  try {
    const observations = stated(command, now);
    if (observations.length) {
      await recorder.record(observations);
      const { problem } = recorder.health();
      return problem ? { ok: false, problem } : { ok: true };
    }
    if (command.type === 'session') {
      const edit = pick(command, SESSION) as unknown as SessionEdit;
      await recorder.editSessions((sessions) => editSessions(sessions, edit, now));
    }
    if (command.type === 'settings')
      await recorder.withStore(async (db) =>
        writeSettings(db, { ...(await readSettings(db)), ...command.settings }),
      );
    if (command.type === 'reset-salt') await recorder.withStore((db) => newSalt(db));
    if (command.type === 'clear') await recorder.clear();
    announceChange();
    return { ok: true };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}
