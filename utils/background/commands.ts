import { browser } from 'wxt/browser';
import type { Fact, Observation } from '../model/observation.ts';
import { replaceSalt, readSettings, writeSettings } from '../store/meta.ts';
import { problemOf } from '../store/open.ts';
import type { Command, CommandResult, SessionEdit } from '../model/command.ts';
import type { Recorder } from './recorder.ts';
import { editSessions } from '../model/session.ts';
import { announceChange } from '../browser/change-channel.ts';
import { createObservation } from './create-observation.ts';

/** Sends a command to the worker, the only writer. Rejects where it cannot be reached. */
export async function sendCommand(command: Command): Promise<CommandResult> {
  const send = () => browser.runtime.sendMessage(command) as Promise<CommandResult>;
  try {
    return await send();
  } catch (error) {
    // A worker that is just ending takes no message, and this one did not arrive: the next starts it again.
    if (!/Receiving end/.test(String(error))) throw error;
    await new Promise((done) => setTimeout(done, 200));
    return send();
  }
}

/** Facts that a page may state, each command the fact itself: what is not named here is left out. */
const FACTS: Record<string, string[]> = {
  label: ['login', 'label'],
  mark: ['login', 'mark', 'note'],
  app: ['clientId', 'linkMode', 'fixedUserId', 'windowMs'],
  pause: ['paused'],
  silence: ['clientId', 'rule', 'silenced'],
  step: ['text'],
};
const CALLBACK = ['appId', 'account', 'referrerType'];
const SETTINGS = ['retentionDays', 'retentionCount', 'notifications'];
const SESSION = ['begin', 'end', 'id', 'name', 'tester', 'build', 'environment', 'notes', 'held'];
const OTHERS = ['callbacks', 'session', 'settings', 'clear', 'reset-salt', 'reconcile'];

const LONGEST = 10_000;
const MOST_VALUES = 2000;

/** Whether a value may be stored: plain, of bounded size, not deep. */
function isPlain(v: unknown, depth = 0): boolean {
  if (typeof v === 'object' && v !== null) {
    const values = Object.values(v);
    return depth < 3 && values.length <= MOST_VALUES && values.every((x) => isPlain(x, depth + 1));
  }
  return typeof v === 'string'
    ? v.length <= LONGEST
    : (v ?? null) === null || typeof v === 'boolean' || Number.isFinite(v);
}

/** Whether a message is a command with values that may be stored. Only the extension's own pages can send one. */
export function isCommand(message: unknown): message is Command {
  const type = (message as { type?: unknown } | null)?.type;
  if (typeof type !== 'string' || !isPlain(message)) return false;
  return Object.hasOwn(FACTS, type) || OTHERS.includes(type);
}

/** The named fields that a message has. */
function pick(message: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(message).filter(([key, v]) => names.includes(key) && v !== undefined),
  );
}

/** The observations that a command states at an instant (epoch ms). */
function stated(command: Command, now: number): Observation[] {
  const { type } = command;
  if (type === 'callbacks')
    return command.read.map(({ at, ...read }) => {
      const told = { ...pick(read, CALLBACK), timeKnown: at !== undefined };
      return createObservation({ type: 'unlink-callback', ...told } as Fact, 'callback', at ?? now);
    });
  const fact = FACTS[type];
  return fact ? [createObservation({ type, ...pick(command, fact) } as Fact, 'tester', now)] : [];
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
        writeSettings(db, { ...(await readSettings(db)), ...pick(command.settings, SETTINGS) }),
      );
    if (command.type === 'reset-salt') await recorder.withStore((db) => replaceSalt(db));
    if (command.type === 'clear') await recorder.clear();
    announceChange();
    return { ok: true };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}
